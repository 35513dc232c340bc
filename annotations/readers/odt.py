"""ODT (OpenDocument text): content.xml renamed to HTML in place, so that one walker reads both."""

from lxml import etree

from annotations.readers import facts, sniff
from annotations.readers.archive import Archive
from annotations.readers.base import Reader
from annotations.readers.draft import assemble, with_title
from annotations.readers.facts import Facts
from annotations.readers.markup import TITLE_CLASS, Walker
from annotations.readers.problems import notice, unreadable
from annotations.readers.trees import parse_xml
from annotations.records import SourceText

LABEL = "ODT"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
MAX_SPACES = 100  # <text:s text:c="..."/> says how many; a thousand million of them would be an attack


def qualified(name: str) -> str:
    """ "text:p" as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMES[prefix]}}}{local}"


RENAMED = {
    qualified(name): tag
    for name, tag in {
        "text:p": "p", "text:list": "ul", "text:list-item": "li", "text:list-header": "li", "text:line-break": "br",
        "text:a": "a", "table:table": "table", "table:table-row": "tr", "table:table-cell": "td",
        "table:covered-table-cell": "td",
    }.items()
}  # fmt: skip
# Not the text of the document: deleted text, comments, generated indexes, readings above ruby, titles of pictures.
DROPPED = tuple(
    map(
        qualified,
        "text:tracked-changes office:annotation office:forms text:ruby-text text:table-of-content "
        "text:alphabetical-index svg:title svg:desc".split(),
    )
)
STYLED = {"Title": "h1", "Quotations": "blockquote", "Quotation": "blockquote"}


def read(data: bytes, filename: str) -> SourceText:
    """Headings, paragraphs, lists, tables and notes as blocks; facts from meta.xml."""
    archive = Archive(data, filename, LABEL)
    manifest = archive.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise unreadable("encrypted", filename)
    root = parse_xml(archive.require("content.xml"), filename, LABEL)
    body = root.find(".//office:text", namespaces=NAMES)
    if body is None:
        raise archive.broken()
    has_deletions = body.find(".//text:deletion", namespaces=NAMES) is not None
    _to_html(body, _parents(root))
    stated = _facts(archive)
    pieces, title = with_title(Walker().walk(body), stated.title)
    text, blocks = assemble(pieces, filename)
    notices = (notice("deleted-text", filename),) if has_deletions else ()
    return Facts(title=title).or_else(stated).source(text, blocks, READER.name, notices=notices)


def _parents(root: etree._Element) -> dict[str, str]:
    """The named style that each automatic style ("P3") is made from."""
    styles = root.iterfind(".//style:style", namespaces=NAMES)
    name, parent = qualified("style:name"), qualified("style:parent-style-name")
    return {style.get(name) or "": style.get(parent) or "" for style in styles}


def _to_html(body: etree._Element, parents: dict[str, str]) -> None:
    etree.strip_elements(body, *DROPPED, with_tail=False)
    _move_notes(body)
    for element in body.iter(etree.Element):
        tag = element.tag
        style = element.get(qualified("text:style-name")) or ""
        element.tag = RENAMED.get(tag, "span" if element is not body else "div")
        if tag == qualified("text:h"):
            element.tag = f"h{_number(element, 'text:outline-level', 6)}"
        elif tag == qualified("text:p"):
            element.tag = STYLED.get(parents.get(style) or style, "p")
            element.attrib.update({"class": TITLE_CLASS} if element.tag == "h1" else {})
        elif tag == qualified("text:s"):
            element.text = " " * _number(element, "text:c", MAX_SPACES)
        elif tag == qualified("text:tab"):
            element.text = "\t"
        elif tag == qualified("text:a"):
            element.set("href", element.get(qualified("xlink:href")) or "#")


def _number(element: etree._Element, name: str, most: int) -> int:
    value = element.get(qualified(name)) or ""
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 10 else 1


def _move_notes(body: etree._Element) -> None:
    """Each note to the end of the document, its mark in brackets in both places: "[1]"."""
    for note in list(body.iter(qualified("text:note"))):
        content = note.find("text:note-body", namespaces=NAMES)
        mark = f"[{(note.findtext('text:note-citation', namespaces=NAMES) or '').strip()}]"
        note_type = note.get(qualified("text:note-class")) or "footnote"
        for child in list(note):
            note.remove(child)
        note.text = mark
        if content is None:
            continue
        content.set("role", f"doc-{note_type}")
        first = content[0] if len(content) else content
        first.text = f"{mark} {first.text or ''}"
        body.append(content)


def _facts(archive: Archive) -> Facts:
    part = archive.read("meta.xml")
    if part is None:
        return Facts()
    root = parse_xml(part, archive.filename, LABEL)

    def stated(name: str) -> str | None:
        return root.findtext(f".//{name}", namespaces=NAMES)

    return Facts(
        title=facts.title(stated("dc:title")),
        authors=facts.people([stated("meta:initial-creator") or stated("dc:creator")]),
        language=facts.language(stated("dc:language")),
    )


def accepts(data: bytes, filename: str) -> bool:
    """A zip whose `mimetype` says OpenDocument text."""
    return sniff.kind(data) == "odt"


READER = Reader("odt", LABEL, (".odt", ".ott"), ("application/vnd.oasis.opendocument.text",), accepts, read)

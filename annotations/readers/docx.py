"""DOCX by mammoth, which gets a copy of the container: checked XML parts only, no pictures, no outside relations."""

import zipfile
from io import BytesIO

from lxml import etree

from annotations.readers import facts, sniff
from annotations.readers.archive import Archive
from annotations.readers.base import Reader
from annotations.readers.draft import assemble, with_title
from annotations.readers.facts import Facts
from annotations.readers.markup import TITLE_CLASS, Walker
from annotations.readers.problems import notice
from annotations.readers.trees import parse_html, parse_xml, refuse_dtd
from annotations.records import SourceText

STYLES = f"""
p[style-name='Title'] => h1.{TITLE_CLASS}:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
CORE = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
LABEL = "DOCX"


def read(data: bytes, filename: str) -> SourceText:
    """Headings, paragraphs, lists, tables and notes as blocks; facts from the core properties."""
    import mammoth  # costs memory that only the reading process should pay

    archive = Archive(data, filename, LABEL)
    safe, has_deletions = _safe_copy(archive)
    markup = mammoth.convert_to_html(
        safe, style_map=STYLES, include_embedded_style_map=False, external_file_access=False, convert_image=_no_picture
    ).value
    root = parse_html(markup, filename)
    _number_notes(root)
    stated = _facts(archive)
    pieces, title = with_title(Walker().walk(root), stated.title)
    text, blocks = assemble(pieces, filename)
    notices = (notice("deleted-text", filename),) if has_deletions else ()
    return Facts(title=title).or_else(stated).source(text, blocks, READER.name, notices=notices)


def _safe_copy(archive: Archive) -> tuple[BytesIO, bool]:
    """A new container of the XML parts, and whether the text has tracked deletions."""
    copy = BytesIO()
    has_deletions = False
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as safe:
        for name in archive.names():
            if not name.endswith((".xml", ".rels")):
                continue
            part = archive.require(name)
            refuse_dtd(part, archive.filename)
            if name.endswith(".rels"):
                part = _without_outside(part, archive)
            has_deletions |= name == "word/document.xml" and b"<w:del " in part
            safe.writestr(name, part)
    copy.seek(0)
    return copy, has_deletions


def _without_outside(part: bytes, archive: Archive) -> bytes:
    """Relations to files, shares and servers outside the container lead nowhere; only links keep their address."""
    root = parse_xml(part, archive.filename, LABEL)
    for relation in root:
        outside = (relation.get("TargetMode") or "").lower() == "external"
        if outside and not (relation.get("Type") or "").endswith("/hyperlink"):
            relation.set("Target", "nowhere")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _no_picture(image: object) -> list[object]:
    return []


def _number_notes(root: etree._Element) -> None:
    """Give each note the number that its mark in the text has ("[1]"), and drop the arrow back."""
    for link in root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]//a"):
        if "note-ref-" in (link.get("href") or ""):
            link.set("role", "doc-backlink")
    marks = root.xpath("//sup/a[starts-with(@href, '#footnote-') or starts-with(@href, '#endnote-')]")
    for mark in marks:
        note = root.xpath("//li[@id=$id]", id=mark.get("href")[1:])
        if note and mark.text:
            first = note[0].find("p") if note[0].find("p") is not None else note[0]
            first.text = f"{mark.text} {first.text or ''}"
            mark.set("href", "")  # a note is numbered once, even when the text refers to it twice


def _facts(archive: Archive) -> Facts:
    part = archive.read("docProps/core.xml")
    if part is None:
        return Facts()
    root = parse_xml(part, archive.filename, LABEL)
    return Facts(
        title=facts.title(root.findtext("dc:title", namespaces=CORE)),
        authors=facts.people([root.findtext("dc:creator", namespaces=CORE)]),
        language=facts.language(root.findtext("dc:language", namespaces=CORE)),
    )


def accepts(data: bytes, filename: str) -> bool:
    """A zip with a word/ folder."""
    return sniff.kind(data) == "docx"


READER = Reader(
    "docx",
    LABEL,
    (".docx", ".docm", ".dotx"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    accepts,
    read,
)

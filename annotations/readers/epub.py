"""EPUB: the chapters in the order of the spine, each read like a page; facts from the package document."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from annotations.readers import facts, sniff
from annotations.readers.archive import Archive
from annotations.readers.base import Reader
from annotations.readers.decoding import open_text
from annotations.readers.draft import Piece, assemble
from annotations.readers.facts import Facts
from annotations.readers.markup import Walker
from annotations.readers.problems import unreadable
from annotations.readers.trees import parse_html, parse_xml
from annotations.records import SourceText

LABEL = "EPUB"
NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "enc": "http://www.w3.org/2001/04/xmlenc#",
}
CHAPTER_TYPES = ("application/xhtml+xml", "text/html")


def read(data: bytes, filename: str) -> SourceText:
    """All chapters as one text with blocks; the table of contents is left out."""
    archive = Archive(data, filename, LABEL)
    container = parse_xml(archive.require("META-INF/container.xml"), filename, LABEL)
    package_name = container.xpath("string(//c:rootfile[1]/@full-path)", namespaces=NAMES)
    package = parse_xml(archive.require(package_name), filename, LABEL)
    chapters = list(_chapters(package, posixpath.dirname(package_name)))
    if _encrypted(archive).intersection(chapters):
        raise unreadable("protected-book", filename)
    pieces = [piece for name in chapters for piece in _pieces(archive, name)]
    text, blocks = assemble(pieces, filename)
    return _facts(package).source(text, blocks, READER.name)


def _chapters(package: etree._Element, folder: str) -> Iterator[str]:
    """Names of the chapter files, in reading order."""
    items = {item.get("id"): item for item in package.iterfind(".//opf:manifest/opf:item", namespaces=NAMES)}
    for reference in package.iterfind(".//opf:spine/opf:itemref", namespaces=NAMES):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if item.get("media-type") in CHAPTER_TYPES and item.get("href"):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href"))))


def _encrypted(archive: Archive) -> set[str]:
    """Names of encrypted members (fonts often are, and that is no harm)."""
    part = archive.read("META-INF/encryption.xml")
    if part is None:
        return set()
    root = parse_xml(part, archive.filename, LABEL)
    return {unquote(e.get("URI") or "") for e in root.iterfind(".//enc:CipherReference", namespaces=NAMES)}


def _pieces(archive: Archive, name: str) -> list[Piece]:
    content = archive.require(name)
    if not content.strip():
        return []
    page = open_text(content, archive.filename).text
    return Walker().walk(parse_html(page, archive.filename).find("body"))


def _facts(package: etree._Element) -> Facts:
    def stated(name: str) -> list[str | None]:
        return [element.text for element in package.iterfind(f".//dc:{name}", namespaces=NAMES)]

    def first(name: str) -> str | None:
        return next(iter(stated(name)), None)

    return Facts(
        title=facts.title(first("title")),
        authors=facts.people(stated("creator")),
        publisher=facts.words(first("publisher")),
        published_date=facts.day(first("date")),
        language=facts.language(first("language")),
        url=facts.url(first("source")),
    )


def accepts(data: bytes, filename: str) -> bool:
    """A zip whose `mimetype` says EPUB."""
    return sniff.kind(data) == "epub"


READER = Reader("epub", LABEL, (".epub",), ("application/epub+zip",), accepts, read)

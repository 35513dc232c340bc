"""Files that cannot be read, made by code, each with the problem that must be reported."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from fixtures.samples.containers import book_epub, docx, packed, paragraph
from fixtures.samples.make import report_pdf


@dataclass(frozen=True)
class Bad:
    """A file name, its bytes, the problem's code and what the sentence must say besides the name."""

    name: str
    make: Callable[[], bytes]
    code: str
    says: str

    def __str__(self) -> str:
        return f"{self.name}-{self.code}"


def pdf(draw: Callable[[Canvas], object], **options: object) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=True, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan(canvas: Canvas) -> None:
    canvas.rect(50, 50, 300, 500, fill=1)


def many_pages(canvas: Canvas) -> None:
    for _ in range(2001):
        canvas.showPage()


def office(*extra: tuple[str, bytes]) -> bytes:
    """A DOCX with further members."""
    buffer = BytesIO(docx(paragraph("一")))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as target:
        for name, content in extra:
            target.writestr(name, content)
    return buffer.getvalue()


def lying_zip() -> bytes:
    """A DOCX with a member of 30 MB that says everywhere that it has 1,000 bytes."""
    return office(("word/extra.xml", b" " * 30_000_000)).replace(struct.pack("<I", 30_000_000), struct.pack("<I", 1000))


def many_members() -> bytes:
    return office(*((f"word/media/{number}.bin", b"") for number in range(20_000)))


def odt(content: str) -> bytes:
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}, stored="mimetype")


BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
DEEP = (
    "<text:p xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
    + "<a>" * 400
    + "x"
    + "</a>" * 400
    + "</text:p>"
)
DEEP_WORD = "<w:r>" * 3000 + "</w:r>" * 3000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)) * 8

BAD = (
    Bad("empty.txt", lambda: b"", "empty", "0 bytes"),
    Bad("empty.pdf", lambda: b"", "empty", "0 bytes"),
    Bad("blank.txt", lambda: b" \n\t\r\n\xe3\x80\x80\n", "blank", "white space"),
    Bad("blank.html", lambda: b"<html><body> <script>x()</script></body></html>", "blank", "white space"),
    Bad("blank.docx", lambda: docx(""), "blank", "white space"),
    Bad("notes.txt", lambda: PROGRAM, "program", "program"),
    Bad("notes.md", lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 900, "program", "program"),
    Bad("notes.txt", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "image", "OCR"),
    Bad("photo.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 200, "image", "OCR"),
    Bad("noise.txt", lambda: bytes(range(256)) * 20, "binary", "binary"),
    Bad("noise.txt", lambda: b"\x01\x02\x03\x04ab" * 100, "binary", "binary"),
    Bad("talk.mp3", lambda: b"ID3\x03\x00" + b"\0" * 100, "media", "transcript"),
    Bad("old.doc", lambda: OLE + "WordDocument".encode("utf-16-le"), "old-word", "save it as DOCX"),
    Bad("old.dat", lambda: OLE, "old-office", "DOCX"),
    Bad("sheet.xlsx", lambda: packed({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "spreadsheet", "PDF"),
    Bad("talk.pptx", lambda: packed({"[Content_Types].xml": "<a/>", "ppt/a.xml": "<a/>"}), "slides", "PDF"),
    Bad(
        "calc.ods",
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "mimetype"),
        "spreadsheet",
        "PDF",
    ),
    Bad(
        "draw.odg",
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "mimetype"),
        "drawing",
        "PDF",
    ),
    Bad("letter.rtf", lambda: rb"{\rtf1\ansi text}", "rtf", "DOCX"),
    Bad("many.zip", lambda: packed({"a.txt": "text"}), "zip", "Unpack"),
    Bad("many.7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "archive", "Unpack"),
    Bad("base.txt", lambda: b"SQLite format 3\x00" + b"\0" * 84, "database", "Export"),
    Bad("locked.pdf", lambda: pdf(scan, encrypt=StandardEncryption("secret")), "encrypted", "password"),
    Bad("locked.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
    Bad("scan.pdf", lambda: pdf(scan), "scanned", "OCR"),
    Bad("cut.pdf", lambda: report_pdf()[:400], "broken", "PDF"),
    Bad("long.pdf", lambda: pdf(many_pages), "pages", "2000"),
    Bad("cut.docx", lambda: docx(paragraph("一"))[:-200], "broken", "DOCX"),
    Bad("hole.docx", lambda: packed({"[Content_Types].xml": "<Types/>", "word/x.xml": "<a/>"}), "broken", "DOCX"),
    Bad("noise.docx", lambda: bytes(range(256)) * 4, "broken", "DOCX"),
    Bad("hole.odt", lambda: odt("<x/>"), "broken", "ODT"),
    Bad("wrong.odt", lambda: odt("<x><y></x>"), "broken", "ODT"),
    Bad("hole.epub", lambda: packed({"mimetype": "application/epub+zip"}, "mimetype"), "broken", "EPUB"),
    Bad("drm.epub", lambda: book_epub("OEBPS/text/b.xhtml"), "protected-book", "copy protection"),
    Bad("bomb.docx", lambda: office(("word/media/a.bin", b"\0" * 90_000_000)), "zip-ratio", "200 to 1"),
    Bad("bulk.docx", lambda: office(*((f"m{n}.bin", b"\0" * 900_000) for n in range(120))), "zip-size", "100 MB"),
    Bad("liar.docx", lying_zip, "broken", "DOCX"),
    Bad("swarm.docx", many_members, "zip-members", "1000"),
    Bad("entities.docx", lambda: office(("word/extra.xml", BOMB.encode() + b"<b/>")), "dtd", "DTD"),
    Bad("entities.odt", lambda: odt(BOMB + "<b>&b;</b>"), "dtd", "DTD"),
    Bad("outside.odt", lambda: odt('<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>'), "dtd", "DTD"),
    Bad("entities.html", lambda: BOMB.encode() + b"<html><body>&b;</body></html>", "dtd", "DTD"),
    Bad("deep.html", lambda: b"<html><body>" + b"<div>" * 5000 + b"x", "deep", "256"),
    Bad("deep.odt", lambda: odt(DEEP), "deep", "256"),
    Bad("deep.docx", lambda: docx(f"<w:p>{DEEP_WORD}</w:p>"), "deep", "256"),
    Bad("deep.md", lambda: b"> " * 3000 + b"x", "deep", "256"),
)

"""What is in these bytes? Looks at the content alone (magic numbers, names inside a zip), never at the file name."""

import codecs
import re
import zipfile
from io import BytesIO

# (bytes at the start, kind). A kind is a reader's name or a code of problems.PROBLEMS.
MAGIC = (
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\x00asm", "program"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x00\x00\x01\x00", "image"),
    (b"\x1aE\xdf\xa3", "media"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"SQLite format 3\x00", "database"),
    (b"{\\rtf", "rtf"),
)
LETTERS = (  # made of plain letters, so a text may begin with them: count only before binary data
    (b"MZ", "program"),
    (b"GIF8", "image"),
    (b"8BPS", "image"),
    (b"AT&TFORM", "image"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"fLaC", "media"),
    (b"RIFF", "media"),
    (b"BM", "image"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files and of encrypted new ones
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "old-word"),
    ("Workbook", "spreadsheet"),
    ("PowerPoint Document", "slides"),
)
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    b"application/vnd.oasis.opendocument.presentation": "slides",
    b"application/epub+zip": "epub",
}
OFFICE_PARTS = (("word/", "docx"), ("xl/", "spreadsheet"), ("ppt/", "slides"))
PDF_HEAD = 1024  # ISO 32000: the header stands within the first 1024 bytes

_PDF = re.compile(rb"%PDF-\d\.\d")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_BZIP = re.compile(rb"BZh[1-9]1AY&SY")
_BRAND = re.compile(rb".{4}ftyp(\w{4})", re.S)


def kind(data: bytes) -> str | None:
    """A reader's name (pdf, docx, odt, epub, html), a problem's code (image, zip ...), or None: perhaps text."""
    for magic, name in MAGIC + (LETTERS if b"\x00" in data[:64] else ()):
        if data.startswith(magic):
            return name
    if _PDF.search(data[:PDF_HEAD]):
        return "pdf"
    if is_container(data):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    return _media_kind(data) or ("html" if _looks_like_html(data) else None)


def is_container(data: bytes) -> bool:
    """Whether these bytes are a zip, so that kind() would have to open it."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _media_kind(data: bytes) -> str | None:
    if data[257:262] == b"ustar":
        return "archive"
    brand = _BRAND.match(data)
    if brand:
        return "image" if brand[1] in (b"heic", b"heix", b"mif1", b"avif") else "media"
    if _BZIP.match(data):
        return "archive"
    return "media" if data[:2] in (b"\xff\xfb", b"\xff\xf3") else None


def _ole_kind(data: bytes) -> str:
    for stream, name in OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return name
    return "old-office"


def _zip_kind(data: bytes) -> str:
    """By the uncompressed `mimetype` member that ODF and EPUB begin with, else by the names of the members."""
    if data[30:38] == b"mimetype":
        length = int.from_bytes(data[18:22], "little")
        start = 38 + int.from_bytes(data[28:30], "little")
        return OPEN_DOCUMENT.get(data[start : start + length].strip(), "drawing")
    names = _member_names(data)
    if "[Content_Types].xml" in names:
        return next((name for folder, name in OFFICE_PARTS if any(n.startswith(folder) for n in names)), "zip")
    if "META-INF/container.xml" in names:
        return "epub"
    return "odt" if {"content.xml", "styles.xml"} <= names else "zip"


def _member_names(data: bytes) -> set[str]:
    """Names in the central directory; of a damaged zip the names that stand in its local headers."""
    try:
        return set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        found = re.findall(rb"PK\x03\x04.{22}..\x00\x00([\w./\[\] -]{3,80}?\.(?:xml|rels))", data, re.S)
        return {name.decode("ascii") for name in found}


def _looks_like_html(data: bytes) -> bool:
    head = data[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode("utf-8", errors="ignore")
    return bool(_HTML.match(head.removeprefix(codecs.BOM_UTF8)))

"""Text lines of a PDF by pdfium, with the places of their letters. Loaded when the first PDF comes."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from annotations.readers import limits
from annotations.readers.pdflines import Line
from annotations.readers.problems import unreadable

LABEL = "PDF"
HYPHEN = 2  # pdfium's mark for a hyphen at the end of a line; it swallows the line break
BOLD = 600  # weight

_BOLD = re.compile(rb"bold|black|heavy|hei(?![a-z])", re.I)


@dataclass(frozen=True, slots=True)
class Pages:
    """Lines page by page, the numbers of the pages that have pictures but no text, and the document information."""

    lines: list[list[Line]]
    silent: list[int]
    information: dict[str, str]


def extract(data: bytes, filename: str) -> Pages:
    """Everything that is wanted of the file. Raises Unreadable when it is encrypted, broken or too long."""
    document = _open(data, filename)
    try:
        lines, silent = _pages(document)
        return Pages(lines, silent, document.get_metadata_dict(skip_empty=True))
    finally:
        document.close()


def _open(data: bytes, filename: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise unreadable("encrypted", filename) from error
        raise unreadable("broken", filename, format=LABEL) from error
    if count > limits.max_pages():
        raise unreadable("pages", filename, count=count, limit=limits.max_pages())
    return document


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of the pages that have pictures but no text."""
    pages: list[list[Line]] = []
    silent: list[int] = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        pages.append(list(_lines(text)))
        if not pages[-1] and any(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            silent.append(number + 1)
        text.close()
        page.close()
    return pages, silent


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """The lines of a page as pdfium breaks them; a hyphen that it took away at the end of a line is put back."""
    start = 0
    characters = [pdfium.FPDFText_GetUnicode(page, index) for index in range(page.count_chars())]
    for end, code in enumerate([*characters, 10]):
        if code not in (10, 13, HYPHEN):
            continue
        text = "".join(map(_character, characters[start:end])) + ("-" if code == HYPHEN else "")
        if text.strip():
            yield _line(page, text, start, end)
        start = end + 1


def _character(code: int) -> str:
    """U+FFFD for what is no character: surrogates, numbers beyond Unicode."""
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"


def _line(page: pypdfium2.PdfTextPage, text: str, start: int, end: int) -> Line:
    seen = [start + n for n, character in enumerate(text[: end - start]) if not character.isspace()]
    first, last = seen[0], seen[-1]
    left, base = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, first, left, base)
    right = page.get_charbox(last)[2]
    bold = _is_bold(page, first) and _is_bold(page, last)
    return Line(text, left.value, right, base.value, pdfium.FPDFText_GetFontSize(page, first), bold)


def _is_bold(page: pypdfium2.PdfTextPage, index: int) -> bool:
    """By the weight that the font states, or by its name: Chinese headings are set in a Hei face."""
    name = ctypes.create_string_buffer(100)
    pdfium.FPDFText_GetFontInfo(page, index, name, len(name), None)
    return bool(_BOLD.search(name.value)) or pdfium.FPDFText_GetFontWeight(page, index) >= BOLD

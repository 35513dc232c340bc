"""PDF by pdfium: text page by page with its line breaks, running heads told apart, headings by the size of letters."""

from annotations.readers import facts, sniff
from annotations.readers.base import Reader
from annotations.readers.draft import assemble, with_title
from annotations.readers.facts import Facts
from annotations.readers.pdflines import Line, pieces
from annotations.readers.problems import notice, unreadable
from annotations.records import Notice, SourceText

LABEL = "PDF"
UNMAPPED = 0.5  # a text of which more than this share is no known character comes from fonts without a key
SHOWN_PAGES = 20


def read(data: bytes, filename: str) -> SourceText:
    """Blocks with page numbers; the cleaner's rule "pdf-lines" joins the lines. Facts from the document information."""
    from annotations.readers.pdftext import extract  # pdfium costs memory that only the reading process should pay

    pages = extract(data, filename)
    _check_text(pages.lines, filename)
    stated = Facts(
        title=facts.title(pages.information.get("Title")), authors=facts.people([pages.information.get("Author")])
    )
    found, title = with_title(list(pieces(pages.lines)), stated.title)
    text, blocks = assemble(found, filename)
    source = Facts(title=title).or_else(stated).source
    return source(text, blocks, READER.name, rules=("pdf-lines",), notices=_silent_pages(pages.silent, filename))


def _check_text(pages: list[list[Line]], filename: str) -> None:
    text = "".join(line.text for page in pages for line in page)
    if not text.strip():
        raise unreadable("scanned", filename, pages=len(pages))
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or c < " " for c in text)
    if unknown > UNMAPPED * len(text):
        raise unreadable("fonts", filename)


def _silent_pages(silent: list[int], filename: str) -> tuple[Notice, ...]:
    if not silent:
        return ()
    numbers = ", ".join(map(str, silent[:SHOWN_PAGES])) + (" \u2026" if len(silent) > SHOWN_PAGES else "")
    return (notice("pages-without-text", filename, pages=numbers),)


def accepts(data: bytes, filename: str) -> bool:
    """Has a PDF header near its beginning."""
    return sniff.kind(data) == "pdf"


READER = Reader("pdf", LABEL, (".pdf",), ("application/pdf",), accepts, read)

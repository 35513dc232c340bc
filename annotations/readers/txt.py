"""Plain text: the raw text is the decoded file as it is; the text layer finds its blocks."""

from annotations.readers.base import Reader
from annotations.readers.decoding import open_text
from annotations.records import SourceText
from annotations.text.blocks import from_plain


def read(data: bytes, filename: str) -> SourceText:
    """One block a line. The title is the block that looks like one, if any."""
    opened = open_text(data, filename)
    blocks = tuple(from_plain(opened.text))
    title = next((opened.text[block.start : block.end] for block in blocks if block.role == "title"), None)
    return SourceText(opened.text, blocks, READER.name, opened.charset, title, notices=opened.notices)


def accepts(data: bytes, filename: str) -> bool:
    """Never by content: any text may be plain text, so only the extension, or nothing better, says so."""
    return False


READER = Reader("txt", "TXT", (".txt", ".text"), ("text/plain",), accepts, read)

"""HTML: web pages, and files saved from the browser."""

import re
from dataclasses import replace

from lxml import etree

from annotations.readers import sniff
from annotations.readers.base import Reader
from annotations.readers.decoding import open_text
from annotations.readers.draft import assemble, with_title
from annotations.readers.markup import Walker
from annotations.readers.problems import notice
from annotations.readers.trees import parse_html
from annotations.records import SourceText

DECLARATION_BYTES = 4096  # WHATWG asks for 1024; old Chinese pages put styles first
READINGS = ("rt", "rp", "rtc")  # ruby: the reading above the base is not part of the text

_CHARSET = re.compile(
    rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.I
)


def read(data: bytes, filename: str) -> SourceText:
    """The text of the page as blocks, without its furniture; facts from its head."""
    from annotations.readers.page import head_facts, main_pieces  # trafilatura costs memory, see pdf.py

    match = _CHARSET.search(data[:DECLARATION_BYTES])
    declared = (match[1] or match[2]).decode("ascii") if match else None
    opened = open_text(data, filename, declared)
    root = parse_html(opened.text, filename)
    etree.strip_elements(root, *READINGS, with_tail=False)
    facts = head_facts(root)
    walker = Walker()
    pieces = walker.walk(root)
    kept = main_pieces(pieces, walker.elements, root)
    left_out = len(pieces) - len(kept)
    pieces, title = with_title(kept, facts.title)
    text, blocks = assemble(pieces, filename)
    notices = opened.notices + ((notice("page-furniture", filename, count=left_out),) if left_out else ())
    facts = replace(facts, title=title)
    return facts.source(text, blocks, READER.name, charset=opened.charset, notices=notices)


def accepts(data: bytes, filename: str) -> bool:
    """Begins like a page."""
    return sniff.kind(data) == "html"


READER = Reader("html", "HTML", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), accepts, read)

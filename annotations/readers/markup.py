"""An HTML tree read as pieces: headings, paragraphs, list items, quotes, table cells, notes; no markup is left.

For web pages, for what mammoth makes of DOCX and for the chapters of an EPUB. Walks without recursion.
"""

import re
from dataclasses import dataclass, replace

from lxml import etree

from annotations.readers.draft import Piece, Row
from annotations.readers.spaces import collapse

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
) | frozenset(HEADINGS)
# Never part of the text: code, forms, pictures, and the reading aid above a ruby base (rt, rp, rtc).
SKIPPED = frozenset(
    "audio button canvas embed head iframe input map noscript object rp rt rtc script select style svg template "
    "textarea title video".split()
)
FURNITURE = frozenset(("nav", "footer", "aside", "form"))
FURNITURE_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search", "banner", "menu", "dialog"))
PLACES = FURNITURE | frozenset(HEADINGS) | frozenset("a blockquote dd dl dt li ol pre td th ul".split())
LAYOUT_CELL = 400  # code points; a longer cell is a page laid out as a table, not data
TITLE_CLASS = "document-title"  # what our own conversions call the title; no page on the web does
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_NOTE = re.compile(r"(?:foot|end)note-\d+|_?(?:ftn|edn|fn|footnote|endnote)[-_:.]?\d+", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """What the walker stands inside."""

    heading: int = 0
    lists: int = 0
    title: bool = False
    quote: bool = False
    item: bool = False
    cell: bool = False
    pre: bool = False
    link: bool = False
    note: bool = False
    furniture: bool = False

    def role(self) -> tuple[str, int]:
        """Role and level of a block that stands here; the strongest claim first."""
        if self.heading:
            return ("title", 1) if self.title else ("heading", self.heading)
        for claim, role in ((self.note, "footnote"), (self.cell, "table-cell"), (self.quote, "quote")):
            if claim:
                return role, 0
        return ("list-item", self.lists) if self.item else ("paragraph", 0)


class Walker:
    """Goes through a tree once. A line of the buffer is a list of (text, whether it is a link)."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.elements: list[etree._Element] = []  # of each piece: the element it stands in
        self._open: list[etree._Element] = []
        self._places = [Place()]
        self._lines: list[list[tuple[str, bool]]] = [[]]
        self._tables: list[bool] = []  # of the tables around us: is it one of data?
        self._row = Row()

    def walk(self, root: etree._Element) -> list[Piece]:
        """The pieces of everything below `root`, in document order."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start" and _is_left_out(element):
                walker.skip_subtree()
            elif event == "start":
                self._enter(element)
            else:
                if event == "end" and not _is_left_out(element):
                    self._leave(element)
                if element is not root:
                    self._write(element.tail)
        self._flush()
        return self.pieces

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._flush()
        if tag == "br":
            self._lines.append([])
        if tag == "table":
            self._tables.append(not is_layout(element))
        if tag == "tr":
            self._row = Row()
        if tag in ("td", "th"):
            self._row.cell += 1
        self._open.append(element)
        self._places.append(self._place(element))
        self._write(element.text)

    def _leave(self, element: etree._Element) -> None:
        if element.tag in BLOCKS:
            self._flush()
        if element.tag == "table":
            self._tables.pop()
        self._places.pop()
        self._open.pop()

    def _place(self, element: etree._Element) -> Place:
        """The place inside this element, given the place around it."""
        tag, place = element.tag, self._places[-1]
        if is_note(element):
            place = replace(place, note=True)
        if (element.get("role") or "") in FURNITURE_ROLES:
            place = replace(place, furniture=True)
        if tag not in PLACES:
            return place
        return replace(
            place,
            heading=HEADINGS.get(tag, place.heading),
            title=place.title or element.get("class") == TITLE_CLASS,
            lists=place.lists + (tag in ("ul", "ol", "dl")),
            quote=place.quote or tag == "blockquote",
            item=place.item or tag in ("li", "dt", "dd"),
            cell=place.cell or (tag in ("td", "th") and self._tables[-1:] == [True]),
            pre=place.pre or tag == "pre",
            link=place.link or (tag == "a" and bool(element.get("href"))),
            furniture=place.furniture or tag in FURNITURE,
        )

    def _write(self, text: str | None) -> None:
        place = self._places[-1]
        for number, line in enumerate((text or "").split("\n") if place.pre else (text or "",)):
            if number:
                self._lines.append([])
            if line:
                self._lines[-1].append((line, place.link))

    def _flush(self) -> None:
        """Make pieces of what stands in the buffer: one a line, but one for a whole heading or cell."""
        place, lines = self._places[-1], self._lines
        self._lines = [[]]
        if place.heading or place.cell:
            lines = [[part for line in lines for part in (*line, ("\n", False))]]
        role, level = place.role()
        for line in lines:
            whole = "".join(text for text, _ in line)
            text = whole.rstrip() if place.pre else collapse(whole)
            if not text.strip():
                continue
            linked = sum(len("".join(text.split())) for text, is_link in line if is_link)
            before = self._row.before() if place.cell else "\n"
            self.elements.append(self._open[-1])
            self.pieces.append(Piece(role, text, level, None, before, linked, place.furniture))


def is_note(element: etree._Element) -> bool:
    """Whether this element is a foot- or endnote: by its id, its DPUB-ARIA role or its EPUB type."""
    types = f"{element.get('role') or ''} {element.get(EPUB_TYPE) or ''} {element.get('epub:type') or ''}".split()
    if {"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote"}.intersection(types):
        return True
    return element.tag in ("li", "p", "div", "aside", "section") and bool(_NOTE.fullmatch(element.get("id") or ""))


def is_layout(table: etree._Element) -> bool:
    """Whether a table lays out a page: it says so, has one column or tables inside, or cells that hold whole texts."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return True
    widest = max((sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")), default=0)
    return widest < 2 or any(len("".join(cell.itertext())) > LAYOUT_CELL for cell in table.iter("td"))


def _is_left_out(element: etree._Element) -> bool:
    if element.tag in SKIPPED or element.get("hidden") is not None or element.get("role") == "doc-backlink":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))

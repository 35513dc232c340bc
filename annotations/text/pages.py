"""The lines of text taken from a PDF: line ends inside paragraphs are joined, running heads and page numbers go.

What the PDF reader writes, and this reads: a form feed (U+000C) between pages, an empty line between blocks, and
inside a block the line ends of the page.  Which lines make a block is told by their places on the page, so it is not
asked again.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from annotations.text.han import UNSPACED
from annotations.text.offsets import Edit

LINE = re.compile(r"[^\n\f]+")
SOMETHING = re.compile(r"[\S\f]")
WIDE = re.compile(f"[{UNSPACED}\u3000-\u303f\uff01-\uff60“”‘’—…]")
SOFT = re.compile("[\u00ad\u0002\ufffe]")  # a hyphen that is there for the line end only, as writers and pdfium mark it
HYPHENED = re.compile(r"[^\W\d_]*[^\W\d_A-Z]-")
COMPOUND = re.compile(r"(?<![^\W_])[^\W\d_]+-[^\W\d_]+")
LETTERS = re.compile(r"[^\W\d_]+")
LONGEST_WORD = 40
NUMBER = re.compile(
    r"\W*(?:\d{1,4}(?:(?:/|of|共)\d{1,4})?|第\d{1,4}[页頁](?:\W?共\d{1,4}[页頁])?|page\d{1,4}(?:of\d{1,4})?)\W*"
)
EDGE = 2  # blocks at the top and at the bottom of a page that may be heads or feet
FEWEST = 2
SHARE_OF_PAGES = 0.2  # left and right pages may have different heads
HEAD_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; `page` counts from 1, `alone` says that it is a block of its own."""

    start: int
    end: int
    page: int
    alone: bool = False


class Join(NamedTuple):
    """What happens to raw[start:end], between or around lines: its edits.  `kind`: pdf-line or running-head."""

    kind: str
    start: int
    end: int
    edits: list[Edit]


def joins(raw: str) -> list[Join]:
    """What makes one line of each block and leaves nothing but blocks, in order; text that is so already gets none."""
    every = lines(raw)
    gone = running_heads(raw, every)
    kept = [line for line in every if line not in gone]
    if not kept:
        return []
    compounds = {match[0].casefold() for match in COMPOUND.finditer(raw)}
    edges = [(0, kept[0].start), (kept[-1].end, len(raw))]
    found = [Join("running-head", *edge, [(*edge, "\n")]) for edge in edges if SOMETHING.search(raw, *edge)]
    found += [join for one, other in pairwise(kept) if (join := between(raw, one, other, compounds))]
    return sorted(found, key=lambda join: join.start)


def lines(raw: str) -> list[Line]:
    """The lines that hold anything."""
    spans: list[tuple[int, int, int]] = []
    page, before = 1, 0
    for match in LINE.finditer(raw):
        text = match[0].strip()
        if text:
            start = match.start() + match[0].index(text)
            page += raw.count("\f", before, start)
            before = start + len(text)
            spans.append((start, before, page))
    apart = [True, *(gap_parts(raw[one[1] : other[0]]) for one, other in pairwise(spans)), True]
    return [Line(*span, alone=apart[at] and apart[at + 1]) for at, span in enumerate(spans)]


def gap_parts(gap: str) -> bool:
    """Whether what stands between two lines parts two blocks."""
    return "\f" in gap or gap.count("\n") > 1


def running_heads(raw: str, every: list[Line]) -> set[Line]:
    """Blocks of one line at the edges of pages that come back, apart from their numbers, or are page numbers."""
    pages: dict[int, list[Line]] = {}
    for line in every:
        pages.setdefault(line.page, []).append(line)
    heads: set[Line] = set()
    if len(pages) < FEWEST:
        return heads
    enough = max(FEWEST, SHARE_OF_PAGES * len(pages))
    for at in (0, -1):
        rest = list(pages.values())
        for _ in range(EDGE):
            edge = [(page, head_key(raw, page[at])) for page in rest if page and page[at].alone]
            common = Counter(key for _, key in edge)
            now = [page for page, key in edge if key and (key == "#" or common[key] >= enough)]
            heads.update(page[at] for page in now)
            rest = [page[1:] if at == 0 else page[:-1] for page in now]
    return heads


def head_key(raw: str, line: Line) -> str:
    """A line without its numbers and spaces, # for a page number; empty for a line too long to be a running head."""
    text = re.sub(r"\s+", "", raw[line.start : line.end].casefold())
    if len(text) > HEAD_LENGTH:
        return ""
    return "#" if NUMBER.fullmatch(text) else re.sub(r"\d+", "#", text)


def between(raw: str, one: Line, other: Line, compounds: set[str]) -> Join | None:
    """What becomes of the gap between two kept lines; None leaves it as it is."""
    start, end = one.end, other.start
    gap = raw[start:end]
    if SOMETHING.search(gap):
        if len(gap) < 2:
            return None
        edits = [(start, start + 1, "\n")] if gap[0] != "\n" else []
        return Join("running-head", start, end, [*edits, (start + 1, end, "\n")])
    if gap_parts(gap):
        return None
    start -= hyphen(raw, one, other, compounds)
    glued = start < one.end or WIDE.match(raw, start - 1) or WIDE.match(raw, end) or raw[start - 1] == "-"
    return Join("pdf-line", start, end, [(start, end, "" if glued else " ")])


def hyphen(raw: str, one: Line, other: Line, compounds: set[str]) -> int:
    """How many code points at the end of a line are a hyphen that only parts the word: 0 or 1.

    A plain hyphen is, when small letters stand around it and the document nowhere else writes the word with it.
    """
    if SOFT.match(raw, one.end - 1):
        return 1
    left = HYPHENED.search(raw, max(one.start, one.end - LONGEST_WORD), one.end)
    right = LETTERS.match(raw, other.start)
    if not left or left.end() != one.end or not right or not right[0].islower():
        return 0
    return 0 if (left[0] + right[0]).casefold() in compounds else 1

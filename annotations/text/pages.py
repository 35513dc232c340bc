"""The lines of text taken from a PDF: which belong to one paragraph, and which are running heads or page numbers.

Readers put a form feed (U+000C) between pages and keep the line ends of the page.  Nothing here is certain, so a doubt
leaves the line end where it is: a paragraph cut in two is a smaller evil than two made one.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from annotations.text.han import UNSPACED

WIDE = re.compile(f"[{UNSPACED}\u3000-\u303f\uff01-\uff60“”‘’—…]")
LINE = re.compile(r"[^\n]+")
ENDED = re.compile(r"[。！？!?.；;:：][”’\"')）】」』》]*$")
BEGINS = re.compile(
    r"[•●■◆▪○]|[*–—-]\s|[(（]?[0-9一二三四五六七八九十]{1,3}(?:[)）、．]|\.(?!\d))|[①-⑳]|第[0-9一二三四五六七八九十百]{1,4}[章节節条條部编編]|\s{2}|\u3000"
)
HYPHENED = re.compile(r"(?:[^\W\d_]-|[\u00ad\u0002\ufffe])$")
FULL, BRIM = 0.75, 0.95  # of the usual width: surely not the last line of its paragraph; full to the margin
WIDEST = 170  # columns; a "line" that is longer was never a line of a page
FEWEST_PAGES = 3
SHARE_OF_PAGES = 0.4
HEAD_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line, white space around it left out; `page` counts from 1."""

    start: int
    end: int
    page: int


class Join(NamedTuple):
    """What stands between two kept lines: raw[start:end] becomes `new`.  `kind`: pdf-line or running-head."""

    kind: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Paragraphs (the lines joined, page of the first), running heads, and what to do between the lines."""

    paragraphs: tuple[Line, ...]
    heads: tuple[Line, ...]
    joins: tuple[Join, ...]


def lay_out(raw: str) -> Layout:
    """Tell paragraphs from line ends; text without form feeds has no running heads."""
    every = lines(raw)
    heads = running_heads(raw, every)
    gone = set(heads)
    kept = [line for line in every if line not in gone]
    if not kept:
        return Layout((), tuple(heads), ())
    usual = usual_width(raw, kept)
    joins, paragraphs = [], [kept[0]]
    for one, other in pairwise(kept):
        join = between(raw, one, other, usual)
        if join:
            joins.append(join)
        if join and join.new != "\n":
            paragraphs[-1] = Line(paragraphs[-1].start, other.end, paragraphs[-1].page)
        else:
            paragraphs.append(other)
    first, last = kept[0].start, kept[-1].end
    edge = {(a, b) for a, b in ((0, first), (last, len(raw))) if raw[a:b].strip() or "\f" in raw[a:b]}
    joins += [Join("running-head", a, b, "") for a, b in edge]
    return Layout(tuple(paragraphs), tuple(heads), tuple(sorted(joins, key=lambda join: join.start)))


def lines(raw: str) -> list[Line]:
    """The lines that hold anything."""
    found, start = [], 0
    for number, page in enumerate(raw.split("\f"), 1):
        for match in LINE.finditer(page):
            text = match[0].strip()
            if text:
                at = start + match.start() + match[0].index(text)
                found.append(Line(at, at + len(text), number))
        start += len(page) + 1
    return found


def running_heads(raw: str, every: list[Line]) -> list[Line]:
    """The first and last two lines of pages that come back, apart from their numbers, on many pages."""
    pages: dict[int, list[Line]] = {}
    for line in every:
        pages.setdefault(line.page, []).append(line)
    if len(pages) < FEWEST_PAGES:
        return []
    heads: list[Line] = []
    for at in (0, -1):
        rest = pages
        for _ in range(2):
            edge = {number: found[at] for number, found in rest.items() if found}
            keys = {number: head_key(raw, line) for number, line in edge.items()}
            common = Counter(key for key in keys.values() if key)
            enough = max(FEWEST_PAGES, SHARE_OF_PAGES * len(pages))
            now = {number for number, key in keys.items() if common[key] >= enough}
            heads += [edge[number] for number in now]
            rest = {number: (rest[number][1:] if at == 0 else rest[number][:-1]) for number in now}
    return sorted(set(heads), key=lambda line: line.start)


def head_key(raw: str, line: Line) -> str:
    """A line without its numbers and spaces; empty for a line too long to be a running head."""
    text = raw[line.start : line.end]
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", text.casefold())) if len(text) <= HEAD_LENGTH else ""


def width(text: str) -> int:
    """Columns: a Han character or full-width mark takes two."""
    return len(text) + len(WIDE.findall(text))


def usual_width(raw: str, kept: list[Line]) -> float:
    """The width that four of five lines do not exceed: that of a full line, where lines are broken by width."""
    widths = sorted(width(raw[line.start : line.end]) for line in kept)
    return widths[(len(widths) - 1) * 4 // 5]


def between(raw: str, one: Line, other: Line, usual: float) -> Join | None:
    """What becomes of the gap between two lines; None leaves it as it is."""
    gap = raw[one.end : other.start]
    across = "\f" in gap or bool(gap.strip())
    kind = "running-head" if gap.strip() else "pdf-line"
    blank = not across and gap.count("\n") > 1
    if blank or not belongs(raw, one, other, usual):
        return Join(kind, one.end, other.start, "\n") if across else None
    if HYPHENED.search(raw, max(0, one.end - 2), one.end) and raw[other.start].islower():
        return Join(kind, one.end - 1, other.start, "")
    glued = WIDE.match(raw, one.end - 1) or WIDE.match(raw, other.start)
    return Join(kind, one.end, other.start, "" if glued else " ")


def belongs(raw: str, one: Line, other: Line, usual: float) -> bool:
    """Whether the second line goes on with the paragraph of the first."""
    text = raw[one.start : one.end]
    columns = width(text)
    indented = raw.rfind("\n", one.end, other.start) + 1 or other.start
    if usual > WIDEST or columns > WIDEST or columns < FULL * usual or BEGINS.match(raw, indented):
        return False
    return columns >= BRIM * usual or not ENDED.search(text)

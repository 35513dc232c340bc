"""Lines of PDF pages: where they stand, which of them head or foot every page, and which of them make a paragraph.

A PDF knows characters and places only. Paragraphs are told by gaps, indents, short lines and changes of size.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from annotations.readers.draft import Piece
from annotations.text.roles import fixed_role

EDGE = 2  # lines at the top and at the bottom of a page that may be running heads, feet or page numbers
SAME_LINE, SAME_PLACE = 1.0, 6.0  # points
REPEATED = 0.2  # of the pages; left and right pages may have different heads
WIDE_GAP = 1.45  # times the usual distance of lines
SAME_SIZE = 0.1
HEADING_SIZE = 1.12  # times the size of most characters
HEADING_LENGTH = 100
SHORT = 0.6  # of the width: a line that ends earlier ends its paragraph
NUMBER = "#"

_NUMBER = re.compile(
    r"[-–—·.\s]*(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?[-–—·.\s]*"
    r"|第\s*\d{1,4}\s*[页頁](?:\s*[,，/共]\s*共?\s*\d{1,4}\s*[页頁])?"
    r"|page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    re.I,
)
_END = re.compile(r"[。！？!?…；;：:.][”’」』）)\"'\]]*\s*$")
_BULLET = re.compile(r"\s*[•●▪■◆◦‣]\s*\S")
_ITEM = re.compile(
    r"\s*(?:[·–—-]\s|[(（]?(?:\d{1,3}|[a-z]|[一二三四五六七八九十]{1,3})[)）.、．]|第.{1,4}[章节節条條])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: text, left and right edge and baseline in points from the lower left corner, size and weight."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False


@dataclass(slots=True)
class Group:
    """Lines that make one block."""

    lines: list[Line]
    head: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in this document: edges of the text, distance of lines, size and weight of letters."""

    left: float
    right: float
    pitch: float
    size: float
    bold: bool = False


def pieces(pages: list[list[Line]]) -> Iterator[Piece]:
    """The blocks of all pages in order, with page numbers (from 1); heads, feet and page numbers as page-head.

    Between pages stands a form feed, between blocks an empty line, inside a block the line ends of the page: by these
    the cleaner's rule "pdf-lines" knows what to join.
    """
    heads = running_heads(pages)
    bodies = [[line for n, line in enumerate(page) if (p, n) not in heads] for p, page in enumerate(pages)]
    measure = _measure(bodies)
    levels = _heading_levels(line for body in bodies for line in body if line.size >= HEADING_SIZE * measure.size)
    turned = 0
    for p, page in enumerate(pages):
        marked = _heads_outside([(line, (p, n) in heads) for n, line in enumerate(page)])
        for group in _groups(marked, measure):
            role, level = _role(group, measure, levels)
            before = "\n" + "\f" * (p - turned) + "\n"
            turned = p
            yield Piece(role, "\n".join(line.text for line in group.lines), level, p + 1, before)


def _role(group: Group, measure: Measure, levels: dict[int, int]) -> tuple[str, int]:
    """By place, size, weight, and last by looks; bold headings rank below all that are larger."""
    first, text = group.lines[0], "\n".join(line.text for line in group.lines)
    if group.head:
        return "page-head", 0
    if len(text) <= HEADING_LENGTH and first.size >= HEADING_SIZE * measure.size:
        return "heading", levels[round(first.size)]
    if len(text) <= HEADING_LENGTH and first.bold and not measure.bold and not _END.search(text):
        return "heading", min(len(levels) + 1, 6)
    fixed = fixed_role(text.strip())
    return (fixed, int(fixed == "list-item")) if fixed in ("list-item", "footnote") else ("paragraph", 0)


def _heads_outside(page: list[tuple[Line, bool]]) -> list[tuple[Line, bool]]:
    """Heads first and feet last, wherever the file draws them."""
    body = [pair for pair in page if not pair[1]]
    middle = median(line.base for line, _ in body) if body else 0.0
    top = [pair for pair in page if pair[1] and pair[0].base >= middle]
    return [*top, *body, *(pair for pair in page if pair[1] and pair[0].base < middle)]


def running_heads(pages: list[list[Line]]) -> set[tuple[int, int]]:
    """(page index, line index) of the outermost lines that stand at the same place of several pages, digits aside.

    A page number counts alone, too, because its neighbours may be empty pages. What is not the outermost line counts
    only behind one that was found.
    """
    found: set[tuple[int, int]] = set()
    for outer in (max, min):  # from the top, from the bottom
        left = [list(enumerate(page)) for page in pages]
        for _ in range(EDGE):
            edges: list[tuple[int, int, Line]] = []
            for p, lines in enumerate(left):
                edge = outer((line.base for _, line in lines), default=0.0)
                edges += [(p, n, line) for n, line in lines if abs(line.base - edge) <= SAME_LINE]
            now = _repeated(edges, len(pages))
            found |= now
            peeled = {p for p, _ in now}
            left = [
                [pair for pair in lines if (p, pair[0]) not in now] if p in peeled else []
                for p, lines in enumerate(left)
            ]
    return found


def _repeated(edges: list[tuple[int, int, Line]], pages: int) -> set[tuple[int, int]]:
    """Those of the lines that say the same at the same height on enough pages, or are page numbers."""
    groups: dict[str, list[tuple[int, int, Line]]] = {}
    for edge in edges:
        groups.setdefault(signature(edge[2].text), []).append(edge)
    found: set[tuple[int, int]] = set()
    for text, group in groups.items():
        usual = median(line.base for _, _, line in group)
        same = {(p, n) for p, n, line in group if abs(line.base - usual) <= SAME_PLACE}
        if text == NUMBER or len(same) >= max(2, REPEATED * pages):
            found |= same
    return found


def signature(text: str) -> str:
    """What is the same on every page: the text with its numbers as "#"; NUMBER for a line that is a page number."""
    return NUMBER if _NUMBER.fullmatch(text.strip()) else re.sub(r"\d+", "#", text.strip())


def _measure(bodies: list[list[Line]]) -> Measure:
    lines = [line for body in bodies for line in body]
    if not lines:
        return Measure(0, 0, 0, 1)
    sizes = Counter[int]()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    size = float(sizes.most_common(1)[0][0]) or 1.0
    usual = [line for line in lines if abs(line.size - size) <= 1] or lines
    rights = sorted(line.right for line in usual)
    gaps = [a.base - b.base for body in bodies for a, b in pairwise(body) if 0 < a.base - b.base < 4 * size]
    return Measure(
        left=min(line.left for line in usual),
        right=rights[int(0.9 * (len(rights) - 1))],
        pitch=median(gaps) if gaps else 1.5 * size,
        size=size,
        bold=2 * sum(len(line.text) for line in usual if line.bold) > sum(len(line.text) for line in usual),
    )


def _groups(page: list[tuple[Line, bool]], measure: Measure) -> list[Group]:
    groups: list[Group] = []
    for line, head in page:
        if groups and not head and not groups[-1].head and not _breaks(groups[-1].lines[-1], line, measure):
            groups[-1].lines.append(line)
        else:
            groups.append(Group([line], head))
    return groups


def _breaks(before: Line, line: Line, measure: Measure) -> bool:
    """Whether a new paragraph begins with `line`."""
    gap = before.base - line.base
    if not 0 < gap <= WIDE_GAP * measure.pitch or abs(before.size - line.size) > SAME_SIZE * before.size:
        return True
    if (before.bold and not line.bold and not measure.bold) or _BULLET.match(line.text):
        return True  # after a heading, before an item
    width = measure.right - measure.left
    if before.right - measure.left < SHORT * width:
        return True
    ended = bool(_END.search(before.text))
    indented = line.left - before.left > measure.size or line.text.startswith("\u3000")
    return ended and (indented or before.right < measure.right - 2 * measure.size or bool(_ITEM.match(line.text)))


def _heading_levels(lines: Iterable[Line]) -> dict[int, int]:
    """Level by size: the largest letters are level 1."""
    sizes = sorted({round(line.size) for line in lines}, reverse=True)
    return {size: min(rank, 6) for rank, size in enumerate(sizes, start=1)}

"""Pieces of a document, in reading order, put together into one raw text and its blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from annotations.readers import limits
from annotations.readers.problems import unreadable
from annotations.readers.spaces import collapse
from annotations.text.blocks import Block, mark_repeats
from annotations.text.cleaning import normalise
from annotations.text.roles import fixed_role

EDGES = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff"  # cut from both ends of a block

LEAD = 100  # code points; after a longer paragraph the text has begun, and no title comes


@dataclass(frozen=True, slots=True)
class Piece:
    """One block to be: its role and text, and what stands between it and the piece before (a new line; a tab in rows).

    `linked` counts the code points that are links, `furniture` marks what belongs to the page and not to the text.
    """

    role: str
    text: str
    level: int = 0
    page: int | None = None
    before: str = "\n"
    linked: int = 0
    furniture: bool = False


@dataclass(slots=True)
class Row:
    """A table row while it is read: says what stands before each cell, so that empty cells keep their column."""

    cell: int = 0  # the cell we are in, from 1
    written: int = 0  # the last cell that had text

    def before(self) -> str:
        """What stands before the text found now: a new line and tabs, tabs, or (more of the same cell) a new line."""
        gap, first, self.written = self.cell - self.written, self.written == 0, self.cell
        return "\n" + "\t" * (gap - 1) if first else "\t" * gap or "\n"


def assemble(pieces: Iterable[Piece], filename: str) -> tuple[str, tuple[Block, ...]]:
    """The raw text and its blocks: sorted, apart from each other, inside the text. Empty pieces leave no trace.

    Raises Unreadable when nothing is left, or when it is longer than max_characters().
    """
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for piece in pieces:
        text = normalise(piece.text.strip(EDGES))
        if not text:
            continue
        before = piece.before if parts else ""
        start = position + len(before)
        position = start + len(text)
        if position > limits.max_characters():
            raise unreadable("too-long", filename, limit=limits.max_characters())
        parts += (before, text)
        blocks.append(Block(_role(piece.role, text), start, position, piece.level, piece.page))
    if not blocks:
        raise unreadable("blank", filename)
    raw = "".join(parts)
    return raw, tuple(mark_repeats(raw, blocks))


def _role(role: str, text: str) -> str:
    """Formats know no bylines and source lines; the words of a paragraph do."""
    fixed = fixed_role(text) if role == "paragraph" else None
    return fixed if fixed in ("byline", "source-line") else role


def with_title(pieces: list[Piece], title: str | None) -> tuple[list[Piece], str | None]:
    """The pieces with their title marked, and the title itself.

    The title is what is marked as one, the heading that says what `title` says, or the only heading of level 1. A
    page's own title often carries the name of the site ("Rules - The News"), so the heading's words win.
    """
    marked = [piece.text for piece in takewhile(lambda p: p.role == "title", _from_title(pieces))]
    if marked:
        return pieces, collapse("\n".join(marked))
    headings = [n for n, piece in enumerate(pieces) if piece.role == "heading"]
    tops = [n for n in headings if pieces[n].level == 1]
    same = [n for n in headings if title and pieces[n].text in title and len(pieces[n].text) * 3 >= len(title)]
    begun = any(len(piece.text) > LEAD and piece.role == "paragraph" for piece in pieces[: tops[0] if tops else 0])
    chosen = same[:1] or (tops if len(tops) == 1 and tops == headings[:1] and not begun else [])
    if not chosen:
        return pieces, title
    found = replace(pieces[chosen[0]], role="title", level=1)
    agrees = title is None or found.text in title
    return [*pieces[: chosen[0]], found, *pieces[chosen[0] + 1 :]], found.text if agrees else title


def _from_title(pieces: list[Piece]) -> Iterator[Piece]:
    return dropwhile(lambda piece: piece.role != "title", pieces)

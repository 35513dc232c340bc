"""A text in pieces for somebody who answers with quotations, and where these quotations stand in it.

Quotations are compared folded: another script, other quotation marks or widths are the same words. What does not stand
in the piece is no quotation of it, however alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.text.folding import Folded, fold
from annotations.text.sentences import split
from annotations.text.suggest.choice import SHARE
from annotations.text.suggest.passages import Part

PIECE = 3_000  # code points
SHORTEST = 4  # folded code points of a quotation that says anything


@dataclass(frozen=True, slots=True)
class Piece:
    """Clean text[start:end]: whole sentences of neighbouring blocks."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, as what it was quoted, and how likely (0 to 1) it was said to be one."""

    quote: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Clean text[start:end] is the quotation."""

    start: int
    end: int
    kind: str
    score: float


def piece_from(text: str, parts: Sequence[Part], first: int, most: int = PIECE) -> Piece | None:
    """The next piece of at most so many code points whose sentences begin at `first` or behind it, if there is one."""
    begin = stop = -1
    number = 0
    for block, start, end in sentences(text, parts):
        if start < first:
            continue
        if begin < 0:
            begin, stop, number = start, end, block
        elif end - begin > most or block > number + 1:
            break
        else:
            stop, number = end, block
    return Piece(begin, stop) if begin >= 0 else None


def sentences(text: str, parts: Sequence[Part]) -> Iterator[tuple[int, int, int]]:
    for part in parts:
        for start, end in split(text, part.start, part.end):
            yield part.number, start, end


def places(text: str, piece: Piece, quotations: Sequence[Quoted]) -> tuple[list[Placed], int]:
    """The passages that are quoted, the likeliest first up to a share of the piece, then in order; and how many
    quotations do not stand there. Of the same words quoted twice, the second quotation is their second place."""
    folded = fold(text[piece.start : piece.end])
    used: dict[str, int] = {}
    found: list[Placed] = []
    missing = 0
    for one in quotations:
        words = fold(one.quote.strip()).text.strip()
        span = place(folded, words, used.get(words, 0))
        if span is None:
            missing += words not in used
            continue
        used[words] = span[1]
        start, end = folded.span(*span)
        found.append(Placed(piece.start + start, piece.start + end, one.kind, one.score))
    return within_share(found, piece.end - piece.start), missing


def place(folded: Folded, words: str, first: int) -> tuple[int, int] | None:
    """Where these words stand, from `first` on; a line break may stand where they have a space."""
    if len(words) < SHORTEST:
        return None
    match = re.compile(r"\s+".join(map(re.escape, words.split()))).search(folded.text, first)
    return match.span() if match else None


def within_share(found: Sequence[Placed], total: int, share: float = SHARE) -> list[Placed]:
    """The likeliest that together keep to the share of the text, none over another."""
    left = share * total
    taken: list[Placed] = []
    for one in sorted(found, key=lambda one: -one.score):
        if one.end - one.start <= left and all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
            left -= one.end - one.start
    return sorted(taken, key=lambda one: one.start)

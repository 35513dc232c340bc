"""Fold text for search and matching, with the way back to the input; and what a hit is, by brute force.

Folding is never shown and never stored as text: glosses go, every code point becomes its class (see classes.py).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import overload

from annotations.text.classes import CLASSES, Classes, fold_text, without
from annotations.text.han import glosses
from annotations.text.units import GAP, WORD, Unit, phrases

__all__ = ["Folded", "find", "fold", "fold_text"]

FEW = 64


class Index(Sequence[int]):
    """Offsets that run on by one, except at some places: kept as the places only."""

    def __init__(self, places: list[tuple[int, int]], length: int) -> None:
        self.at = [at for at, _ in places]
        self.offsets = [offset for _, offset in places]
        self.length = length

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self.length))]
        if at < 0:
            at += self.length
        if not 0 <= at < self.length:
            raise IndexError(at)
        place = bisect_right(self.at, at) - 1
        return self.offsets[place] + at - self.at[place]

    def first(self, offset: int) -> int:
        """The first entry that is not below an offset of the input."""
        place = bisect_left(self.offsets, offset)
        if place == len(self.at):
            return min(self.at[-1] + offset - self.offsets[-1], self.length - 1)
        if not place or self.offsets[place] == offset:
            return self.at[place]
        return min(self.at[place - 1] + offset - self.offsets[place - 1], self.at[place])


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its code points, the offset in the input that it came from, then the input's length.

    `index` has len(text) + 1 entries and never falls.
    """

    text: str
    index: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The input span of folded[start:end]; what counts as nothing goes with the code point before it."""
        if start >= end:
            return self.index[start], self.index[start]
        return self.index[start], max(self.index[end], self.index[end - 1] + 1)

    def part(self, start: int, end: int) -> tuple[int, int]:
        """The folded span of input[start:end]."""
        if isinstance(self.index, Index):
            return self.index.first(start), self.index.first(end)
        return start, end


def fold(text: str, table: Classes = CLASSES) -> Folded:
    """Fold text by a table; the index is a plain range where no code point went or became several."""
    gone = list(glosses(text))
    folded = without(text, gone).translate(table)
    odd = present(text, table.odd)
    if not gone and not odd:
        return Folded(folded, range(len(text) + 1))
    latest = {0: 0}  # of several offsets for one place the last is where it goes on
    shift = 0  # how much shorter the folded text is so far
    for start, end, width in cuts(text, gone, odd, table):
        for step in range(width):
            latest[start - shift + step] = start
        shift += end - start - width
        latest[end - shift] = end
    return Folded(folded, Index(list(latest.items()), len(folded) + 1))


def cuts(text: str, gone: list[tuple[int, int]], odd: list[str], table: Classes) -> list[tuple[int, int, int]]:
    """What is not one for one, in order: start, end, and how many folded code points it becomes."""
    found = [(start, end, 0) for start, end in gone]
    if odd:
        taken = iter([*gone, (len(text), len(text))])
        cut = next(taken)
        for match in re.finditer(f"[{re.escape(''.join(odd))}]", text):
            while cut[1] <= match.start():
                cut = next(taken)
            if match.start() < cut[0]:
                found.append((match.start(), match.end(), len(table[ord(match[0])])))
        found.sort()
    return found


def present(text: str, chars: set[str]) -> list[str]:
    """Which of `chars` (a set that other threads may add to) occur in the text."""
    return sorted(chars.intersection(text) if len(chars) > FEW else [char for char in list(chars) if char in text])


def find(text: str, query: str) -> list[tuple[int, int]]:
    """Every hit of a query in a text (one sentence, as a rule): the definition that the index must match.

    Unspaced characters are found anywhere, words as whole words, one right after the other by the rule of units.py.
    Each phrase of the query must occur; the answer holds the input spans of all occurrences of all of them, in order.
    """
    folded = fold(text)
    found: set[tuple[int, int]] = set()
    for phrase in phrases(query):
        hits = {folded.span(*match.span()) for match in pattern(phrase).finditer(folded.text)}
        if not hits:
            return []
        found |= hits
    return sorted(found)


@lru_cache(maxsize=256)
def pattern(phrase: tuple[Unit, ...]) -> re.Pattern[str]:
    """A regular expression for a phrase, over folded text."""
    return joined(phrase, [part(unit) for unit in phrase])


def joined(phrase: Sequence[Unit], parts: Sequence[str]) -> re.Pattern[str]:
    """The expression of a phrase from those of its units."""
    found = [parts[0]]
    for (left, right), then in zip(pairwise(phrase), parts[1:], strict=True):
        found += [between(left.kind, right.kind), then]
    return re.compile("".join(found))


def part(unit: Unit) -> str:
    """The expression of one unit."""
    if unit.kind == "gap":
        return f"{GAP}+"
    text = re.escape(unit.text)
    return f"(?<!{WORD}){text}(?!{WORD})" if unit.kind == "word" else text


def between(left: str, right: str) -> str:
    """What may stand between two units that follow each other."""
    if "gap" in (left, right):
        return ""
    return f"{GAP}+" if left == right == "word" else f"{GAP}*"

"""Which paragraphs of a text and of its translation belong together: by length, numbers, names and, in one language,
by words.

After Gale and Church (1993): beads of one paragraph or two on either side, or of one without a partner, so that the
lengths fit best in all; what stands in both texts as it is (numbers by their value, dates, Latin names) counts besides.
Works between Chinese and English and between the two scripts, whose texts are compared folded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from rapidfuzz import fuzz

from annotations.text import numbers
from annotations.text.classes import fold_text
from annotations.text.han import HAN

#: (paragraphs of the one text, of the other): what it costs that they are a bead, before anything is looked at.
BEADS = {(1, 1): 0.0, (1, 0): 4.6, (0, 1): 4.6, (2, 1): 2.6, (1, 2): 2.6, (2, 2): 4.4}
SPREAD = 6.8  # variance of the length of a translation, for each character (Gale and Church)
SHARED, UNSHARED, MOST = 1.6, 0.7, 4  # gain for each sign in both, cost of each in one only, how many count
ALIKE = 45.0  # of 100: two paragraphs of one language above it say the same
ROOM = 30  # how far a bead may stand from where it would by length alone, besides the difference of their counts
LONGEST = 3_000  # paragraphs of either text that are aligned; longer ones go by their order
SURE, LIKELY = 0.75, 0.4
FEW = 4  # paragraphs in a row whose order is enough between two likely pairs

_HAN = re.compile(f"[{HAN}]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9&.+-]*[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Bead:
    """Paragraphs [old[0], old[1]) of the one text beside [new[0], new[1]) of the other; either may be empty.
    `confidence` 0 to 1: what speaks for it besides the order."""

    old: tuple[int, int]
    new: tuple[int, int]
    confidence: float

    @property
    def level(self) -> str:
        """sure, likely or unsure."""
        return "sure" if self.confidence >= SURE else "likely" if self.confidence >= LIKELY else "unsure"


@dataclass(frozen=True)
class Paragraph:
    """What of a paragraph is looked at."""

    text: str
    heading: bool = False
    known: frozenset[str] | None = None  # signs that both texts have at all; the others tell nothing

    @cached_property
    def folded(self) -> str:
        return fold_text(self.text)

    @cached_property
    def length(self) -> float:
        """In characters; a Han character weighs as much as the letters that it is translated by."""
        han = len(_HAN.findall(self.folded))
        return han * 3.0 + len(self.folded) - han

    @cached_property
    def signs(self) -> frozenset[str]:
        """What a translation leaves as it is: numbers by their value, and Latin words that are names in Chinese."""
        found = {f"#{number.value}" for number in numbers.find(self.folded) if number.value > 1}
        found |= {word.lower() for word in _NAME.findall(self.text) if self.chinese or word != word.lower()}
        return frozenset(found) if self.known is None else self.known & found

    @cached_property
    def chinese(self) -> bool:
        return len(_HAN.findall(self.folded)) * 2 > len(self.folded.replace(" ", ""))


def align(one: Sequence[Paragraph], other: Sequence[Paragraph]) -> list[Bead]:
    """All paragraphs of both texts as beads, in the order of both."""
    if not one or not other or max(len(one), len(other)) > LONGEST:
        return _by_order(len(one), len(other))
    ratio = sum(p.length for p in other) / max(1.0, sum(p.length for p in one))
    both = _signs(one) & _signs(other)
    ours, theirs = ([replace(p, known=both) for p in side] for side in (one, other))
    return _steadied(_walked(ours, theirs, ratio, _steps(ours, theirs, ratio)))


def _by_order(ours: int, theirs: int) -> list[Bead]:
    pairs = ((min(at, ours), min(at, theirs)) for at in range(max(ours, theirs)))
    return [Bead((a, min(a + 1, ours)), (b, min(b + 1, theirs)), 0.0) for a, b in pairs]


def _steps(
    one: Sequence[Paragraph], other: Sequence[Paragraph], ratio: float
) -> dict[tuple[int, int], tuple[int, int]]:
    """The last bead on the cheapest way to each place in both texts, in a band around the diagonal."""
    room = ROOM + abs(len(one) - len(other))
    best = {(0, 0): 0.0}
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    for a in range(len(one) + 1):
        middle = a * len(other) // max(1, len(one))
        for b in range(max(0, middle - room), min(len(other), middle + room) + 1):
            for (up, over), prior in BEADS.items():
                before = best.get((a - up, b - over))
                if before is None:
                    continue
                cost = before + prior + price(one[a - up : a], other[b - over : b], ratio)
                if (a, b) not in best or cost < best[a, b]:
                    best[a, b], steps[a, b] = cost, (up, over)
    return steps


def _walked(
    one: Sequence[Paragraph], other: Sequence[Paragraph], ratio: float, steps: dict[tuple[int, int], tuple[int, int]]
) -> list[Bead]:
    beads: list[Bead] = []
    a, b = len(one), len(other)
    while a or b:
        up, over = steps[a, b]
        mine, theirs = one[a - up : a], other[b - over : b]
        beads.append(Bead((a - up, a), (b - over, b), confidence(mine, theirs, ratio)))
        a, b = a - up, b - over
    return beads[::-1]


def _steadied(beads: Sequence[Bead]) -> list[Bead]:
    """Few paragraphs, one beside one, between two pairs that are likely: their order makes them likely, too. Not where
    nothing at all is sure."""
    if all(bead.level != "sure" for bead in beads):
        return list(beads)
    found: list[Bead] = []
    for doubtful, group in groupby(beads, key=lambda bead: bead.confidence < LIKELY):
        run = list(group)
        single = all(bead.old[1] - bead.old[0] == 1 == bead.new[1] - bead.new[0] for bead in run)
        if doubtful and single and len(run) <= FEW:
            run = [replace(bead, confidence=LIKELY) for bead in run]
        found += run
    return found


def price(mine: Sequence[Paragraph], theirs: Sequence[Paragraph], ratio: float) -> float:
    """What speaks against a bead: lengths that do not fit, signs in one only; less what stands in both."""
    if not mine or not theirs:
        return 0.0
    cost = min(12.0, -math.log(max(1e-6, _fit(mine, theirs, ratio))))
    ours, others = _signs(mine), _signs(theirs)
    cost -= SHARED * min(MOST, len(ours & others))
    cost += UNSHARED * min(MOST, len(ours ^ others))
    if any(p.heading for p in mine) != any(p.heading for p in theirs):
        cost += 3.0
    if (alike := _alike(mine, theirs)) is not None:
        cost += (ALIKE - alike) / 4 if alike > ALIKE else 4.0
    return cost


def _fit(mine: Sequence[Paragraph], theirs: Sequence[Paragraph], ratio: float) -> float:
    """How likely so great a difference of lengths is, in a translation."""
    ours, others = sum(p.length for p in mine) * ratio, sum(p.length for p in theirs)
    delta = (others - ours) / math.sqrt(max(1.0, (ours + others) / 2) * SPREAD)
    return math.erfc(abs(delta) / math.sqrt(2) / 2)  # halved: paragraphs vary more than sentences


def _signs(some: Sequence[Paragraph]) -> frozenset[str]:
    return some[0].signs if len(some) == 1 else frozenset().union(*(p.signs for p in some))


def _alike(mine: Sequence[Paragraph], theirs: Sequence[Paragraph]) -> float | None:
    """Of 100, how alike the folded words are; None between two languages."""
    if mine[0].chinese != theirs[0].chinese:
        return None
    return fuzz.ratio("".join(p.folded for p in mine)[:2000], "".join(p.folded for p in theirs)[:2000])


def confidence(mine: Sequence[Paragraph], theirs: Sequence[Paragraph], ratio: float) -> float:
    """0 to 1: the words where they can be compared, else what stands in both, else the lengths alone."""
    if not mine or not theirs:
        return 0.0
    if (alike := _alike(mine, theirs)) is not None:
        return round(alike / 100, 2)
    ours, others = _signs(mine), _signs(theirs)
    fit = _fit(mine, theirs, ratio)
    if not ours | others:
        return round(0.35 * fit, 2)
    return round(min(1.0, 0.8 * len(ours & others) / len(ours | others) + 0.3 * fit), 2)

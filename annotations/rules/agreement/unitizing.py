"""Unitizing alpha: did coders cut the same stretches out of a text, and gave them the same category?

Krippendorff 2004 (Measuring the reliability of qualitative text analysis data), section 3: for each category, what
every coder marked and left out on a continuum of `length` code points. A coder's units of one category do not overlap;
`merged` makes it so. What one coder marked and another one did not weighs by the square of its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple


class Unit(NamedTuple):
    """A marked stretch: where it begins on the continuum, and how long it is (at least 1)."""

    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Parts:
    """Differences of one category on one continuum, observed and expected by chance; `length` is its weight."""

    observed: float
    expected: float
    length: int


def merged(units: Iterable[Unit]) -> list[Unit]:
    """The units of one coder and category in order, those that overlap made one."""
    found: list[Unit] = []
    for unit in sorted(units):
        if unit.length < 1:
            raise ValueError("A unit of no length marks nothing.")
        if found and unit.start < found[-1].end:
            found[-1] = Unit(found[-1].start, max(found[-1].end, unit.end) - found[-1].start)
        else:
            found.append(unit)
    return found


def gaps(units: Sequence[Unit], length: int) -> list[Unit]:
    """What lies between the units of one coder on a continuum that begins at 0."""
    edges = [(0, 0), *((unit.start, unit.end) for unit in units), (length, length)]
    between = ((before[1], after[0]) for before, after in zip(edges, edges[1:], strict=False))
    return [Unit(start, end - start) for start, end in between if end > start]


def parts(coders: Sequence[Iterable[Unit]], length: int) -> Parts | None:
    """One category on one continuum of `length` code points; None with fewer than two coders or nothing marked.
    ValueError for a unit outside the continuum."""
    marked = [merged(units) for units in coders]
    if any(unit.start < 0 or unit.end > length for units in marked for unit in units):
        raise ValueError("A unit lies outside its text.")
    if len(marked) < 2 or not any(marked):
        return None
    left_out = [gaps(units, length) for units in marked]
    return Parts(_observed(marked, left_out, length), _expected(marked, left_out, length), length)


def _observed(marked: Sequence[Sequence[Unit]], left_out: Sequence[Sequence[Unit]], length: int) -> float:
    total = 0
    for one, other in permutations(range(len(marked)), 2):
        total += sum(_apart(a, b) for a, b in _meeting(marked[one], marked[other]))
        # seen from both sides: the unit in the other's gap, and the gap around the other's unit
        total += 2 * sum(unit.length**2 for unit, gap in _meeting(marked[one], left_out[other]) if _inside(unit, gap))
    return total / (len(marked) * (len(marked) - 1) * length**2)


def _meeting(one: Sequence[Unit], other: Sequence[Unit]) -> Iterable[tuple[Unit, Unit]]:
    """Pairs of stretches that share at least one code point; both in order, each without overlaps."""
    at = 0
    for a in one:
        while at < len(other) and other[at].end <= a.start:
            at += 1
        number = at
        while number < len(other) and other[number].start < a.end:
            yield a, other[number]
            number += 1


def _apart(a: Unit, b: Unit) -> int:
    return (a.start - b.start) ** 2 + (a.end - b.end) ** 2


def _inside(unit: Unit, gap: Unit) -> bool:
    return gap.start <= unit.start and unit.end <= gap.end


def _expected(marked: Sequence[Sequence[Unit]], left_out: Sequence[Sequence[Unit]], length: int) -> float:
    units = [unit.length for coder in marked for unit in coder]
    free = [gap.length for coder in left_out for gap in coder]
    total = 0.0
    for size in units:
        total += (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        total += size**2 * sum(gap - size + 1 for gap in free if gap >= size)
    whole = len(marked) * length
    chances = whole * (whole - 1) - sum(size * (size - 1) for size in units)
    return 2 / length * total / chances if chances else 0.0


def unit_alpha(found: Iterable[Parts]) -> float | None:
    """Alpha over categories of the same continua; None when chance would bring no difference."""
    rows = list(found)
    expected = sum(row.expected for row in rows)
    return 1 - sum(row.observed for row in rows) / expected if expected else None


def pooled(found: Iterable[Parts]) -> Parts | None:
    """One category over several continua, each weighing by its length: documents that other coders read, too."""
    rows = list(found)
    length = sum(row.length for row in rows)
    if not length:
        return None
    weighed = [sum(getattr(row, name) * row.length for row in rows) / length for name in ("observed", "expected")]
    return Parts(weighed[0], weighed[1], length)

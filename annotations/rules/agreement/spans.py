"""Did two coders mark the same passages? F1 of their spans, exact and overlapping: kappa's limit where what nobody
marked cannot be counted (Hripcsak and Rothschild 2005)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

L = TypeVar("L", bound=Hashable)
#: Two passages are the same find when they share this part of what both cover together.
SHARED = 0.5


class Span(NamedTuple, Generic[L]):
    """Half-open, in code points of the clean text of one document; `label` as the coder gave it."""

    document: int
    start: int
    end: int
    label: L


class F1(NamedTuple):
    """`hits` of `first` and `second` spans; `value` is None where nobody marked anything."""

    hits: int
    first: int
    second: int

    @property
    def value(self) -> float | None:
        total = self.first + self.second
        return 2 * self.hits / total if total else None

    def plus(self, other: F1) -> F1:
        return F1(self.hits + other.hits, self.first + other.first, self.second + other.second)


def matched(one: Sequence[Span[L]], other: Sequence[Span[L]], least: float = SHARED) -> list[tuple[Span[L], Span[L]]]:
    """Pairs of spans that are the same find: each span in one pair at most, those that share most first.

    `least` is the share of intersection in union that makes a pair, above 0 to 1 (1: exactly the same). Labels play no
    part: ask for those of one label, or compare the labels of the pairs.
    """
    found = sorted(_candidates(one, other, least), key=lambda entry: (-entry[0], entry[1], entry[2]))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, a, b in found:
        if a not in taken[0] and b not in taken[1]:
            taken[0].add(a)
            taken[1].add(b)
            pairs.append((one[a], other[b]))
    return pairs


def _candidates(
    one: Sequence[Span[L]], other: Sequence[Span[L]], least: float
) -> Iterable[tuple[float, int, int]]:  # fmt: skip
    order = sorted(range(len(other)), key=lambda at: other[at][:3])
    ours = sorted(range(len(one)), key=lambda at: one[at][:3])
    first = 0
    longest = max((span.end - span.start for span in other), default=0)
    for a in ours:
        span = one[a]
        while first < len(order) and _before(other[order[first]], span, longest):
            first += 1
        for number in range(first, len(order)):
            candidate = other[order[number]]
            if (candidate.document, candidate.start) >= (span.document, span.end):
                break
            if (share := overlap(span, candidate)) >= least:
                yield share, a, order[number]


def _before(candidate: Span[L], span: Span[L], longest: int) -> bool:
    """Whether a candidate, and so each one sorted before it, can no longer meet this span or a later one."""
    return (candidate.document, candidate.start + longest) <= (span.document, span.start)


def overlap(one: Span[L], other: Span[L]) -> float:
    """The intersection of two spans as a share of their union; 0 in different documents."""
    if one.document != other.document:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def f1(one: Sequence[Span[L]], other: Sequence[Span[L]], least: float = SHARED) -> F1:
    """Finds that two coders share."""
    return F1(len(matched(one, other, least)), len(one), len(other))

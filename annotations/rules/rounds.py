"""Coding rounds: who reads which document, and where coders marked something differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

#: So many ways of choosing coders for a document are compared; beyond, the least busy ones are taken.
COMPARED = 5_000


def share_out(sizes: Mapping[int, int], coders: Sequence[int], each: int) -> dict[int, tuple[int, ...]]:
    """Which coders read each document (document -> its size in code points), `each` of them a document.

    Balanced: every pair of coders meets as often as every other, then everybody reads about as much. The same
    documents and coders give the same answer. ValueError with fewer coders than `each`.
    """
    if not 1 <= each <= len(coders):
        raise ValueError("Fewer coders than each document needs.")
    met = dict.fromkeys(combinations(sorted(coders), 2), 0)
    load = dict.fromkeys(sorted(coders), 0)
    found: dict[int, tuple[int, ...]] = {}
    for document in sorted(sizes, key=lambda pk: (-sizes[pk], pk)):
        chosen = min(_choices(load, each), key=lambda group: _cost(group, met, load))
        for pair in combinations(chosen, 2):
            met[pair] += 1
        for coder in chosen:
            load[coder] += max(sizes[document], 1)
        found[document] = chosen
    return found


def _choices(load: Mapping[int, int], each: int) -> list[tuple[int, ...]]:
    groups: list[tuple[int, ...]] = []
    for group in combinations(load, each):
        if len(groups) == COMPARED:
            return [tuple(sorted(sorted(load, key=lambda coder: (load[coder], coder))[:each]))]
        groups.append(group)
    return groups


def _cost(
    group: tuple[int, ...], met: Mapping[tuple[int, int], int], load: Mapping[int, int]
) -> tuple[int, int, tuple[int, ...]]:  # fmt: skip
    return sum(met[pair] for pair in combinations(group, 2)), sum(load[coder] for coder in group), group


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage as one coder marked it: half-open code points, kinds and tags."""

    coder: int
    annotation: int
    start: int
    end: int
    kinds: frozenset[str]
    tags: frozenset[int]


@dataclass(frozen=True, slots=True)
class Place:
    """Marks that overlap each other, of one or more coders; [start, end) covers them all."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    def agreed(self, coders: Iterable[int]) -> bool:
        """Whether each of these coders marked just the same, once."""
        told = {(mark.start, mark.end, mark.kinds, mark.tags) for mark in self.marks}
        return len(told) == 1 and sorted(mark.coder for mark in self.marks) == sorted(coders)

    def differences(self, coders: Iterable[int]) -> tuple[str, ...]:
        """Where they part: missed (somebody has nothing here), borders, kind, tags. Empty when they agree."""
        found = []
        if {mark.coder for mark in self.marks} != set(coders):
            found.append("missed")
        for name, told in (
            ("borders", {(mark.start, mark.end) for mark in self.marks}),
            ("kind", {mark.kinds for mark in self.marks}),
            ("tags", {mark.tags for mark in self.marks}),
        ):
            if len(told) > 1:
                found.append(name)
        return tuple(found)


def places(marks: Iterable[Mark]) -> list[Place]:
    """Marks of one text grouped by place, in order: marks of different coders that overlap belong together, and what
    one coder nested goes with them."""
    groups: list[list[Mark]] = []
    edge = -1
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.coder, mark.annotation)):
        if groups and mark.start < edge:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        edge = max(edge, mark.end)
    return [
        Place(min(mark.start for mark in group), max(mark.end for mark in group), tuple(group)) for group in groups
    ]  # fmt: skip

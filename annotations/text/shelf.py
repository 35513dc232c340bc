"""Passages on a shelf, found again by the runs of words that they share with another one (text/reuse.py)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import sqrt
from typing import Generic, TypeVar

from annotations.text import reuse
from annotations.text.reuse import Passage

K = TypeVar("K", bound=Hashable)

#: A run that so many passages hold tells nothing: more of them are not even looked at.
COMMON = 64
#: How many candidates are worth the dearer comparison.
LOOKED_AT = 24


def ranked(found: Iterable[Sequence[K]], limit: int = LOOKED_AT) -> list[K]:
    """Those that share most runs, rare ones above all; `found` holds for each run of a query the passages with it."""
    weights: dict[K, float] = {}
    for keys in found:
        weight = 0.05 if len(keys) >= COMMON else 1 / sqrt(len(keys) or 1)
        for key in keys:
            weights[key] = weights.get(key, 0.0) + weight
    return sorted(weights, key=lambda key: -weights[key])[:limit]


class Shelf(Generic[K]):
    """An index in memory; each key is one passage."""

    def __init__(self) -> None:
        self.passages: dict[K, Passage] = {}
        self._runs: dict[int, list[K]] = {}

    def __len__(self) -> int:
        return len(self.passages)

    def add(self, key: K, text: str) -> None:
        """Put a passage on the shelf, unless it says too little to be known again."""
        made = reuse.passage(text)
        if made.weight >= reuse.LEAST:
            self.passages[key] = made
            for run in set(reuse.kept(reuse.runs(made.tokens))):
                self._runs.setdefault(run, []).append(key)

    def like(self, wanted: Passage, limit: int = LOOKED_AT) -> list[K]:
        """The keys of passages that may repeat this one, or of which it may repeat a part; the likeliest first."""
        runs = dict.fromkeys(reuse.runs(wanted.tokens))
        return ranked((self._runs[run][:COMMON] for run in runs if run in self._runs), limit)

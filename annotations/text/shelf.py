"""Which passages share most runs of words (text/reuse.py) with another one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from math import sqrt
from typing import TypeVar

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

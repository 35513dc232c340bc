"""What vectors of decided passages say of others: how far they lie on the side of the accepted ones, and which accepted
one is nearest. Ridge regression; the same examples give the same answer.

numpy comes with the embedding (requirements-embedding.txt) and is imported when there is something to compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Array = Any  # of numpy, which need not be installed

#: How little a single example moves the line; and log odds for one step across it. Settled on the documents on which
#: the weights of the rules were settled (docs/decisions/0045), by benchmarks/meaning.py.
RIDGE, STRENGTH = 1.0, 2.0
MOST = 4.0  # log odds, as for what words teach (text/suggest/learner.py)
#: Fewer examples, or fewer of either kind, say nothing.
LEAST, LEAST_OF_ONE = 6, 2


@dataclass(frozen=True, slots=True)
class Judged:
    """Words that somebody decided on, or wrote into the codebook, with their vector (services/embedding.py)."""

    words: str
    vector: bytes
    right: bool
    weight: float = 1.0
    example: bool = False  # of the codebook


@dataclass(frozen=True, slots=True)
class Near:
    """What is said of one passage: log odds that it is worth a look, and the nearest one that is right."""

    odds: float
    to: Judged


class Taste:
    """What a corpus takes and what it turns down, by meaning."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        """`judged` has both kinds: ask `enough` first."""
        self._np: Any = import_module("numpy")
        np = self._np
        vectors = read([one.vector for one in judged])
        self._middle = vectors.mean(0)
        points = placed(vectors, self._middle)
        weights = np.array([one.weight for one in judged], np.float64)
        sides = np.array([1.0 if one.right else -1.0 for one in judged])
        sides -= np.average(sides, weights=weights)
        pull = np.linalg.solve(points @ points.T + RIDGE * np.diag(1 / weights), sides)
        self._line: Array = points.T @ pull
        self._accepted = [one for one in judged if one.right]
        self._points: Array = points[np.array([one.right for one in judged])]

    def of(self, vectors: Sequence[bytes]) -> list[Near]:
        """What is said of passages with these vectors."""
        if not vectors:
            return []
        np = self._np
        points = placed(read(vectors), self._middle)
        odds = np.clip(STRENGTH * (points @ self._line), -MOST, MOST)
        nearest = (points @ self._points.T).argmax(1)
        return [Near(float(value), self._accepted[at]) for value, at in zip(odds, nearest, strict=True)]


def closest(asked: Sequence[bytes], others: Sequence[bytes]) -> list[float]:
    """How close each of the others is to the nearest of those asked for, -1 to 1, seen from their middle."""
    there = read(others)
    middle = there.mean(0)
    scores: Array = (placed(there, middle) @ placed(read(asked), middle).T).max(1)
    return [min(1.0, float(score)) for score in scores]


def read(vectors: Sequence[bytes]) -> Array:
    np: Any = import_module("numpy")
    return np.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1).astype(np.float64)


def placed(vectors: Array, middle: Array) -> Array:
    """Seen from the middle, all equally far away: what all texts share tells nothing."""
    np: Any = import_module("numpy")
    found = vectors - middle
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)


def enough(judged: Sequence[Judged]) -> bool:
    right = sum(one.right for one in judged)
    return len(judged) >= LEAST and min(right, len(judged) - right) >= LEAST_OF_ONE

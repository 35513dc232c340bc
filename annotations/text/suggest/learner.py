"""What a corpus teaches: logistic regression on hashed character n-grams and signs, on top of the rules. Pure Python.

It learns the difference to the rules only, so that a corpus without decisions is served by the rules alone, and each
accepted or rejected suggestion moves it. The same examples in the same order give the same weights.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from zlib import crc32

from annotations.text.classes import fold_text
from annotations.text.suggest.weights import WEIGHTS, Signs, chance, odds

BUCKETS = 1 << 16
GRAMS = (2, 3)
LOOKED_AT = 300  # folded code points of a passage
RATE = 0.35
MOST = 4.0  # log odds that the learner may add or take away
PASSES = 2

Vector = Mapping[int, float]


class Teaching(Protocol):
    """Whatever has something to add to the rules."""

    def odds(self, text: str, signs: Signs) -> dict[str, float]:
        """What to add to the log odds of the rules for the passage `text`, for each kind."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that somebody decided on: with its signs, as what it was suggested, and whether it is one."""

    text: str
    signs: Signs
    kind: str
    right: bool
    weight: float = 1.0


@dataclass(slots=True)
class Learned:
    """Weights of each kind, and how often each was moved (AdaGrad: rare signs learn faster)."""

    weights: dict[str, dict[int, float]] = field(default_factory=lambda: {kind: {} for kind in WEIGHTS})
    moved: dict[str, dict[int, float]] = field(default_factory=lambda: {kind: {} for kind in WEIGHTS})
    examples: int = 0

    def odds(self, text: str, signs: Signs) -> dict[str, float]:
        """What to add to the log odds of the rules, for each kind."""
        if not self.examples:
            return dict.fromkeys(WEIGHTS, 0.0)
        looks = vector(text, signs)
        return {kind: bounded(dot(weights, looks)) for kind, weights in self.weights.items()}

    def learn(self, example: Example, looks: Vector) -> None:
        """Move the weights a little towards one decision."""
        weights, moved = self.weights[example.kind], self.moved[example.kind]
        guess = chance(odds(example.kind, example.signs) + bounded(dot(weights, looks)))
        error = example.weight * (float(example.right) - guess)
        for bucket, strength in looks.items():
            step = error * strength
            moved[bucket] = moved.get(bucket, 1.0) + step * step
            weights[bucket] = weights.get(bucket, 0.0) + RATE * step / math.sqrt(moved[bucket])
        self.examples += 1


NOTHING = Learned()


def trained(examples: Iterable[Example]) -> Learned:
    """What these decisions, oldest first, teach."""
    learned = Learned()
    known = [(example, vector(example.text, example.signs)) for example in examples]
    for _ in range(PASSES):
        for example, looks in known:
            learned.learn(example, looks)
    learned.examples = len(known)
    return learned


def vector(text: str, signs: Signs) -> Vector:
    """The hashed looks of a passage, of length 1, its signs as heavy as its words."""
    counts: dict[int, float] = {}
    for gram in grams(fold_text(text)[:LOOKED_AT]):
        counts[bucket(gram)] = 1.0
    scale = 1 / math.sqrt(len(counts) or 1)
    found = dict.fromkeys(counts, scale)
    marks = {f"sign {sign}": strength for sign, strength in signs.items() if strength}
    size = math.sqrt(sum(strength * strength for strength in marks.values())) or 1.0
    for mark, strength in marks.items():
        at = bucket(mark)
        found[at] = found.get(at, 0.0) + strength / size
    return found


def grams(folded: str) -> Iterator[str]:
    """Character n-grams: they need no words, so they serve any language."""
    for size in GRAMS:
        for at in range(len(folded) - size + 1):
            yield folded[at : at + size]


def bucket(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS


def dot(weights: Mapping[int, float], looks: Vector) -> float:
    return sum(weights.get(at, 0.0) * strength for at, strength in looks.items())


def bounded(log_odds: float) -> float:
    return max(-MOST, min(MOST, log_odds))

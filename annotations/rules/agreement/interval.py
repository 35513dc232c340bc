"""How sure a figure of agreement is: drawn again and again over documents, since passages of one document are alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
DRAWS = 1000
#: Fewer documents than this say nothing about others.
FEWEST = 3


class Interval(NamedTuple):
    """95 % of the draws lie between."""

    low: float
    high: float


def bootstrap(
    documents: Sequence[T], statistic: Callable[[Sequence[T]], float | None], *, draws: int = DRAWS, seed: int = 1
) -> Interval | None:
    """The percentile interval of a statistic over documents drawn with replacement; the same seed, the same interval.

    None with fewer than FEWEST documents, or when the statistic is undefined in half of the draws.
    """
    if len(documents) < FEWEST:
        return None
    dice = random.Random(seed)  # noqa: S311 - draws, no secrets
    values = (statistic(dice.choices(documents, k=len(documents))) for _ in range(draws))
    found = sorted(value for value in values if value is not None)
    if len(found) * 2 < draws:
        return None
    return Interval(found[round((len(found) - 1) * 0.025)], found[round((len(found) - 1) * 0.975)])

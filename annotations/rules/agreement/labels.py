"""Agreement on labels of the same units: kappa for two coders, Fleiss for several, alpha for any number and gaps.

Formulas: Cohen 1960, Scott 1955, Bennett 1954, Fleiss 1971, Krippendorff 2011 (Computing Krippendorff's
Alpha-Reliability). Each gives None where it is not defined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any

Label = Hashable
#: How much two labels differ, given how often each label stands. All but the nominal one take numbers.
Metric = Callable[[Any, Any, Mapping[Any, float]], float]


def observed(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """The share of units, 0 to 1, that two coders gave the same label."""
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else None


def cohen(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Cohen's kappa: each of the two coders has label habits of their own."""
    if not pairs:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return _corrected(pairs, sum(first[label] * second[label] for label in first) / len(pairs) ** 2)


def scott(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Scott's pi: both coders share one distribution of labels."""
    if not pairs:
        return None
    both = Counter(label for pair in pairs for label in pair)
    return _corrected(pairs, sum((count / (2 * len(pairs))) ** 2 for count in both.values()))


def s_score(pairs: Sequence[tuple[Label, Label]], categories: int) -> float | None:
    """Bennett's S: all labels of the codebook (`categories` of them) are equally likely."""
    return _corrected(pairs, 1 / categories) if pairs and categories > 1 else None


def _corrected(pairs: Sequence[tuple[Label, Label]], expected: float) -> float | None:
    found = observed(pairs)
    return None if found is None or expected >= 1 else (found - expected) / (1 - expected)


def fleiss(units: Sequence[Sequence[Label]]) -> float | None:
    """Fleiss' kappa: each unit labelled by the same number of coders (not by the same ones). ValueError otherwise."""
    if not units or len(units[0]) < 2:
        return None
    raters = len(units[0])
    if any(len(unit) != raters for unit in units):
        raise ValueError("Fleiss' kappa needs the same number of labels for each unit; alpha takes any number.")
    counts = [Counter(unit) for unit in units]
    within = sum(sum(n * n for n in count.values()) - raters for count in counts)
    found = within / (len(units) * raters * (raters - 1))
    total = Counter(label for unit in units for label in unit)
    expected = sum((n / (len(units) * raters)) ** 2 for n in total.values())
    return None if expected >= 1 else (found - expected) / (1 - expected)


def _nominal(one: Label, other: Label, counts: Mapping[Label, float]) -> float:
    return float(one != other)


def _ordinal(one: float, other: float, counts: Mapping[float, float]) -> float:
    low, high = sorted((one, other))
    between = sum(n for value, n in counts.items() if low <= value <= high)
    return (between - (counts[low] + counts[high]) / 2) ** 2 if low != high else 0.0


def _interval(one: float, other: float, counts: Mapping[float, float]) -> float:
    return (one - other) ** 2


def _ratio(one: float, other: float, counts: Mapping[float, float]) -> float:
    return ((one - other) / (one + other)) ** 2 if one + other else 0.0


METRICS: Mapping[str, Metric] = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}


def alpha(units: Iterable[Sequence[Label | None]], metric: str = "nominal") -> float | None:
    """Krippendorff's alpha. Each unit holds one label a coder, None where a coder has none; units with fewer than two
    labels say nothing. All metrics but `nominal` need numbers. None with no pair, or with one label only."""
    found: dict[tuple[Label, Label], float] = {}
    for unit in units:
        labels = [label for label in unit if label is not None]
        for pair in permutations(labels, 2):
            found[pair] = found.get(pair, 0.0) + 1 / (len(labels) - 1)
    return of_coincidences(found, metric)


def of_coincidences(found: Mapping[tuple[Label, Label], float], metric: str = "nominal") -> float | None:
    """Alpha of a coincidence matrix: 1 - observed difference / difference expected by chance."""
    counts: dict[Label, float] = {}
    for (label, _), n in found.items():
        counts[label] = counts.get(label, 0.0) + n
    total = sum(counts.values())
    if len(counts) < 2:
        return None
    differ = METRICS[metric]
    there = sum(n * differ(a, b, counts) for (a, b), n in found.items())
    chance = sum(counts[a] * counts[b] * differ(a, b, counts) for a in counts for b in counts)
    return 1 - (total - 1) * there / chance if chance else None

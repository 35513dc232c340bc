"""What is said of a round when it is closed: for all passages, and for each kind and tag, how far coders agree.

Units. Spans: F1 of the passages of two coders, pairs added up. Sentences: each sentence of a document is a unit that a
coder gave the label or not (alpha, and kappa where each document has as many coders). Text: unitizing alpha, in code
points of the clean text. Intervals are drawn over documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from annotations.rules.agreement.interval import Interval, bootstrap
from annotations.rules.agreement.labels import Label, fleiss, of_coincidences
from annotations.rules.agreement.spans import F1, Span, f1
from annotations.rules.agreement.unitizing import Parts, Unit, parts, pooled, unit_alpha

#: The row of all passages, whatever their labels.
ANY = ""
Coincidences = dict[tuple[Label, Label], float]


@dataclass(frozen=True, slots=True)
class Coded:
    """A passage of one coder, in code points of the clean text; `labels` such as claim, proposal, tag:12."""

    coder: int
    start: int
    end: int
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Text:
    """One document of a round: its length, its sentences (half-open), who coded it, and what they marked."""

    number: int
    length: int
    sentences: tuple[tuple[int, int], ...]
    coders: tuple[int, ...]
    passages: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one label; None where nothing can be said."""

    label: str
    counts: dict[int, int]  # coder -> passages
    exact: float | None
    overlap: float | None
    kappa: float | None
    alpha: float | None
    alpha_interval: Interval | None
    unit: float | None
    unit_interval: Interval | None

    def as_json(self) -> dict[str, Any]:
        """As it is stored with the round."""
        found: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        return {**found, "counts": {str(coder): n for coder, n in self.counts.items()}}


def report(texts: Sequence[Text], labels: Iterable[str]) -> list[Figures]:
    """The row of all passages first, then one row a label, in the order given."""
    shared = [text for text in texts if len(text.coders) > 1]
    return [_figures(shared, label) for label in (ANY, *labels)]


def _figures(texts: Sequence[Text], label: str) -> Figures:
    counts: dict[int, int] = {}
    for text in texts:
        for coder in text.coders:
            counts[coder] = counts.get(coder, 0) + len(_of(text, coder, label))
    units = [_units(text, label) for text in texts]
    met = [_coincidences(rows) for rows in units]
    cut = [found for text in texts if (found := _parts(text, label))]
    marked = any(counts.values())
    return Figures(
        label, counts, _f1(texts, label, 1), _f1(texts, label, 0.5), _kappa(units) if marked else None,
        _alpha(met) if marked else None, bootstrap(met, _alpha) if marked else None,
        _unit(cut), bootstrap(cut, _unit),
    )  # fmt: skip


def _of(text: Text, coder: int, label: str) -> list[Coded]:
    return [row for row in text.passages if row.coder == coder and (label == ANY or label in row.labels)]


def _f1(texts: Sequence[Text], label: str, least: float) -> float | None:
    total = F1(0, 0, 0)
    for text in texts:
        spans = {
            coder: [Span(text.number, row.start, row.end, label) for row in _of(text, coder, label)]
            for coder in text.coders
        }
        for one, other in combinations(text.coders, 2):
            total = total.plus(f1(spans[one], spans[other], least))
    return total.value


def _units(text: Text, label: str) -> list[list[bool]]:
    """For each sentence, whether each coder has the label in it: one list a sentence, in the order of the coders."""
    rows = [[False] * len(text.coders) for _ in text.sentences]
    for place, coder in enumerate(text.coders):
        for passage in _of(text, coder, label):
            for number, (start, end) in enumerate(text.sentences):
                if passage.start < end and start < passage.end:
                    rows[number][place] = True
    return rows


def _coincidences(units: Sequence[Sequence[bool]]) -> Coincidences:
    found: Coincidences = {}
    for unit in units:
        yes, all_of_them = sum(unit), len(unit)
        for pair, n in (
            ((True, True), yes * (yes - 1)), ((False, False), (all_of_them - yes) * (all_of_them - yes - 1)),
            ((True, False), yes * (all_of_them - yes)), ((False, True), yes * (all_of_them - yes)),
        ):  # fmt: skip
            if n:
                found[pair] = found.get(pair, 0.0) + n / (all_of_them - 1)
    return found


def _alpha(met: Sequence[Coincidences]) -> float | None:
    total: Coincidences = {}
    for found in met:
        for pair, n in found.items():
            total[pair] = total.get(pair, 0.0) + n
    return of_coincidences(total)


def _kappa(units: Sequence[Sequence[Sequence[bool]]]) -> float | None:
    """Fleiss' kappa where each document has as many coders; for two it is the kappa for coders who may change."""
    rows = [unit for document in units for unit in document]
    if not rows or len({len(unit) for unit in rows}) > 1:
        return None
    return fleiss(rows)


def _parts(text: Text, label: str) -> Parts | None:
    coders = [[Unit(row.start, row.end - row.start) for row in _of(text, coder, label)] for coder in text.coders]
    return parts(coders, text.length)


def _unit(found: Sequence[Parts]) -> float | None:
    whole = pooled(found)
    return unit_alpha([whole]) if whole else None

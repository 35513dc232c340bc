"""Statements that may say the same as another one, worked out by the job of recurrence: each wording of a statement is
looked up among those of all others by its runs of words (services/wordings.py), never each with each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from rapidfuzz import fuzz

from annotations.models import Lookalike, Occurrence, Recurrence
from annotations.services import wordings
from annotations.services.known import Known
from annotations.text import restating, reuse
from annotations.text.restating import Verdict

#: Wordings that are compared with one, likeliest first; a statement that many passages repeat may fill many places.
LOOKED_AT = 64
#: The most statements that one may be like.
MOST = 20
#: Where two are as alike, that two statements say it themselves counts more than that their passages do.
OWN = 0.0001


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings and what became of the first in the second."""

    one: Known
    other: Known
    verdict: Verdict

    @property
    def rank(self) -> tuple[bool, float]:
        """The same before a variant, then the more alike; of two alike that of the statements themselves."""
        own = OWN * (self.one.own + self.other.own)
        return self.verdict.fit == "same", self.verdict.score + own


def like(corpus_id: int, statements: Collection[int]) -> dict[int, list[Pair]]:
    """The statements that each of these is like, each by its best pair of wordings, the best first."""
    best: dict[int, dict[int, Pair]] = {pk: {} for pk in statements}
    for pair in _pairs(corpus_id, statements):
        found, other = best[pair.one.statement], pair.other.statement
        if other not in found or found[other].rank < pair.rank:
            found[other] = pair
    ranked = {pk: sorted(found.values(), key=lambda pair: pair.rank, reverse=True) for pk, found in best.items()}
    return {pk: found[:MOST] for pk, found in ranked.items()}


def _pairs(corpus_id: int, statements: Collection[int]) -> Iterator[Pair]:
    """Wordings that say the same or a variant of it. Where one passage was made to express both statements, only what
    they say themselves tells."""
    likely = list(_likely(corpus_id, statements))
    marked = _passages(corpus_id, {side.statement for pair in likely for side in pair})
    nothing: frozenset[int] = frozenset()
    for one, other in likely:
        shared = marked.get(one.statement, nothing) & marked.get(other.statement, nothing)
        if not shared or (one.own and other.own):
            verdict = restating.both_ways(one.words, other.words)
            if verdict.repeats:
                yield Pair(one, other, _as_known(verdict, one, other))


def _likely(corpus_id: int, statements: Collection[int]) -> Iterator[tuple[Known, Known]]:
    """Wordings of two statements of one kind that have enough in common to be compared word by word."""
    mine = [(row, reuse.passage(row.known.words)) for row in wordings.of_statements(statements)]
    found = wordings.Alike(corpus_id, [passage for _, passage in mine], LOOKED_AT, glosses=True)
    for row, passage in mine:
        for other in found.to(passage):
            if (
                other.known.statement != row.known.statement
                and other.known.kind == row.known.kind
                and fuzz.ratio(row.bare, other.bare, score_cutoff=reuse.ENOUGH * 100)
            ):
                yield row.known, other.known


def _passages(corpus_id: int, statements: Collection[int]) -> Mapping[int, set[int]]:
    """The annotations that express each of these statements."""
    links = Occurrence.objects.filter(corpus=corpus_id, removed_at=None, annotation__removed_at=None)
    found: dict[int, set[int]] = {}
    for statement, annotation in links.filter(statement__in=statements).values_list("statement", "annotation"):
        found.setdefault(statement, set()).add(annotation)
    return found


def _as_known(verdict: Verdict, one: Known, other: Known) -> Verdict:
    """What repeats a variant of a statement is no more than a variant of it."""
    for side in (one, other):
        if verdict.fit == "same" and side.fit != "same":
            return Verdict(verdict.score, side.fit, side.difference, verdict.changes, verdict.shared)
    return verdict


def store(corpus_id: int, statements: Sequence[int]) -> None:
    """What these are like, in place of what they were like before; compared before anything is locked."""
    rows = {}
    for pairs in like(corpus_id, statements).values():
        for pair in pairs:
            row = _row(corpus_id, pair)
            rows[row.one_id, row.other_id] = row
    with transaction.atomic():
        list(Recurrence.objects.select_for_update().filter(pk=corpus_id))  # two jobs at one corpus
        Lookalike.objects.filter(one__in=statements).delete()
        Lookalike.objects.filter(other__in=statements).delete()
        Lookalike.objects.bulk_create(rows.values())


def _row(corpus: int, pair: Pair) -> Lookalike:
    one, other = sorted((pair.one, pair.other), key=lambda side: side.statement)
    return Lookalike(
        corpus_id=corpus, one_id=one.statement, other_id=other.statement, score=pair.verdict.score,
        fit=pair.verdict.fit, difference=pair.verdict.difference, one_words=one.words, other_words=other.words,
    )  # fmt: skip

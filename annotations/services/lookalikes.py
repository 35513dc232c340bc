"""Statements that may say the same as another one, worked out by the job of recurrence: each wording of a statement is
looked up among those of all others by its runs of words (text/shelf.py), never each with each."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from rapidfuzz import fuzz

from annotations.models import Lookalike, Occurrence, Recurrence, Statement
from annotations.services import known
from annotations.services.known import Known
from annotations.text import restating, reuse
from annotations.text.restating import Verdict
from annotations.text.shelf import Shelf

#: Wordings that are compared with one, likeliest first; a statement that many passages repeat may fill many places.
LOOKED_AT = 64
#: The most statements that one may be like.
MOST = 20
#: So many statements that changed are compared at once; when more did, all are compared anew, a step at a time.
AT_ONCE = 500
#: So many statements are compared before what was found is written.
BATCH = 50
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


class Comparer:
    """All wordings of a corpus on a shelf, to look up what one statement is like."""

    def __init__(self, corpus_id: int) -> None:
        wordings = known.of_corpus(corpus_id, glosses=True)
        self.corpus = corpus_id
        self.shelf: Shelf[Known] = known.on_shelf(wordings)
        self.mine: dict[int, list[Known]] = {}
        for one in wordings:
            self.mine.setdefault(one.statement, []).append(one)
        self.kinds = dict(Statement.objects.filter(corpus=corpus_id, removed_at=None).values_list("pk", "kind"))
        links = Occurrence.objects.filter(corpus=corpus_id, removed_at=None, annotation__removed_at=None)
        self.passages: dict[int, set[int]] = {}
        for statement, annotation in links.values_list("statement", "annotation"):
            self.passages.setdefault(statement, set()).add(annotation)

    def like(self, statement: int) -> list[Pair]:
        """The statements that this one is like, each by its best pair of wordings, the best first."""
        best: dict[int, Pair] = {}
        for pair in self._pairs(statement):
            other = pair.other.statement
            if other not in best or best[other].rank < pair.rank:
                best[other] = pair
        return sorted(best.values(), key=lambda pair: pair.rank, reverse=True)[:MOST]

    def _pairs(self, statement: int) -> Iterator[Pair]:
        for one in self.mine.get(statement, ()):
            if one not in self.shelf.passages:
                continue
            wanted = self.shelf.passages[one]
            for other in self.shelf.like(wanted, LOOKED_AT):
                words = self.shelf.passages[other].words.words
                likely = fuzz.ratio(wanted.words.words, words, score_cutoff=reuse.ENOUGH * 100)
                if likely and self._worth(one, other):
                    verdict = restating.both_ways(one.words, other.words)
                    if verdict.repeats:
                        yield Pair(one, other, _as_known(verdict, one, other))

    def _worth(self, one: Known, other: Known) -> bool:
        """Two of one kind. Where one passage was made to express both, only what they say themselves tells."""
        if one.statement == other.statement or self.kinds.get(one.statement) != self.kinds.get(other.statement):
            return False
        shared = self.passages.get(one.statement, set()) & self.passages.get(other.statement, set())
        return not shared or (one.own and other.own)


def _as_known(verdict: Verdict, one: Known, other: Known) -> Verdict:
    """What repeats a variant of a statement is no more than a variant of it."""
    for side in (one, other):
        if verdict.fit == "same" and side.fit != "same":
            return Verdict(verdict.score, side.fit, side.difference, verdict.changes, verdict.shared)
    return verdict


def behind(cursor: Recurrence) -> bool:
    """Whether there are statements that were never compared with the others."""
    return Statement.objects.filter(corpus=cursor.corpus_id, pk__gt=cursor.compared).exists()


def newest() -> Mapping[int, int]:
    """The newest statement of each corpus."""
    return dict(Statement.objects.order_by().values_list("corpus").annotate(Max("pk")))


def catch_up(cursor: Recurrence, fresh: Collection[int], until: float) -> bool:
    """Compare the statements that changed and those that are new, until this time of the monotonic clock; whether
    nothing is left to be done."""
    changed = sorted(pk for pk in fresh if pk <= cursor.compared)
    if len(changed) > AT_ONCE:
        _note(cursor, 0)
        changed = []
    if not changed and not behind(cursor):
        return True
    comparer = Comparer(cursor.corpus_id)
    store(comparer, changed)
    rows = Statement.objects.filter(corpus=cursor.corpus_id, pk__gt=cursor.compared).order_by("pk")
    waiting = list(rows.values_list("pk", flat=True))
    for at in range(0, len(waiting), BATCH):
        some = waiting[at : at + BATCH]
        store(comparer, some)
        _note(cursor, some[-1])
        if time.monotonic() >= until and at + BATCH < len(waiting):
            return False
    return True


def _note(cursor: Recurrence, compared: int) -> None:
    if cursor.compared != compared:
        cursor.compared = compared
        Recurrence.objects.filter(pk=cursor.pk).update(compared=compared)


def store(comparer: Comparer, statements: Sequence[int]) -> None:
    """What these are like, in place of what they were like before; compared before anything is locked."""
    rows = {}
    for statement in statements:
        for pair in comparer.like(statement):
            row = _row(comparer.corpus, pair)
            rows[row.one_id, row.other_id] = row
    with transaction.atomic():
        Lookalike.objects.filter(one__in=statements).delete()
        Lookalike.objects.filter(other__in=statements).delete()
        Lookalike.objects.bulk_create(rows.values())


def _row(corpus: int, pair: Pair) -> Lookalike:
    one, other = sorted((pair.one, pair.other), key=lambda side: side.statement)
    return Lookalike(
        corpus_id=corpus, one_id=one.statement, other_id=other.statement, score=pair.verdict.score,
        fit=pair.verdict.fit, difference=pair.verdict.difference, one_words=one.words, other_words=other.words,
    )  # fmt: skip

"""The index of wordings: every way in which the statements of a corpus have been worded, found by its runs of words.

It stands in the database, so nobody builds it anew: when a statement changes, the job of recurrence puts its wordings
here again (services/due.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from annotations.models import Recurrence, Wording, WordingRun
from annotations.services import bulk_rows, due, known
from annotations.services.known import Known
from annotations.services.run_index import RunIndex
from annotations.text import reuse, shelf
from annotations.text.reuse import Passage

RUNS = RunIndex(WordingRun._meta.db_table, "wording")
#: Bits of a run in the index, from the top: the corpus; whether the wording is a gloss; the run.
RUN_BITS = 32
#: Columns of a Wording as Known has them.
TOLD = ("statement", "kind", "words", "fit", "difference", "own", "gloss")
#: So many wordings are read at once.
READ = 5_000
BY_ID, BY_STATEMENT = (
    "SELECT id, bare, statement_id, kind, words, fit, difference, own, gloss "
    f"FROM annotations_wording WHERE {column} IN ({{marks}})"
    for column in ("id", "statement_id")
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A wording in the index; `bare`: its words as they are compared."""

    pk: int
    bare: str
    known: Known


def first_run(corpus_id: int, gloss: bool) -> int:
    """What a run of words of this corpus is in the index, less the run itself."""
    return (corpus_id * 2 + gloss) << RUN_BITS


def put(corpus_id: int, statements: Collection[int]) -> None:
    """The wordings of these statements, in place of those they had; none of one that is gone. What says too little to
    be known again is left out. Statements that are worded otherwise than before are due to be compared."""
    made = {one.words: _ready(one.words) for one in known.of_corpus(corpus_id, statements, glosses=True)}
    with transaction.atomic():
        list(Recurrence.objects.select_for_update().filter(pk=corpus_id))  # one job at a time, and by what is true now
        wanted: dict[int, set[Known]] = {pk: set() for pk in statements}
        for one in known.of_corpus(corpus_id, statements, glosses=True):
            made[one.words] = made.get(one.words) or _ready(one.words)
            if made[one.words][1]:
                wanted[one.statement].add(one)
        present: dict[int, set[Known]] = {pk: set() for pk in statements}
        for row in Wording.objects.filter(statement__in=list(statements)).values_list(*TOLD):
            present[row[0]].add(Known(*row))
        changed = [pk for pk in statements if wanted[pk] != present[pk]]
        _drop(changed)
        _write(corpus_id, [(one, *made[one.words]) for pk in changed for one in sorted(wanted[pk], key=_order)])
        due.add(corpus_id, due.ALIKE, changed)


def _order(one: Known) -> tuple[bool, str]:
    """What a statement says itself comes first."""
    return not one.own, one.words


def _drop(statements: Sequence[int]) -> None:
    old = list(Wording.objects.filter(statement__in=statements).values_list("pk", flat=True))
    WordingRun.objects.filter(wording__in=old).delete()
    Wording.objects.filter(pk__in=old).delete()


def _write(corpus_id: int, rows: Sequence[tuple[Known, str, list[int]]]) -> None:
    """Wordings, each with its words as they are compared and its runs."""
    ids = bulk_rows.take_ids(Wording, len(rows))
    kept = list(zip(ids, rows, strict=True))
    values = [
        (pk, one.statement, one.kind, one.words, one.fit, one.difference, one.own, one.gloss, bare)
        for pk, (one, bare, _) in kept
    ]  # fmt: skip
    bulk_rows.insert(Wording, ("id", "statement_id", *TOLD[1:], "bare"), values)
    RUNS.write((first_run(corpus_id, one.gloss) + run, pk) for pk, (one, _, runs) in kept for run in runs)


def _ready(words: str) -> tuple[str, list[int]]:
    """The words as they are compared, and the runs by which they are found; no runs where they say too little."""
    made = reuse.passage(words)
    return made.words.words, reuse.kept(reuse.runs(made.tokens)) if made.weight >= reuse.LEAST else []


def of_statements(statements: Collection[int]) -> list[Indexed]:
    """The wordings of these statements that are in the index."""
    return _rows(BY_STATEMENT, list(statements))


def _rows(sql: str, wanted: Sequence[int]) -> list[Indexed]:
    found = []
    for at in range(0, len(wanted), READ):
        for pk, bare, statement, kind, words, fit, difference, own, gloss in bulk_rows.fetch(
            sql, (), wanted[at : at + READ]
        ):
            one = Known(statement, kind, words, fit, difference, bool(own), bool(gloss))
            found.append(Indexed(pk, bare, one))
    return found


def any_of(corpus_id: int) -> bool:
    """Whether the corpus has a wording to be found in texts at all."""
    within = (first_run(corpus_id, False), first_run(corpus_id, True) - 1)
    return WordingRun.objects.filter(run__range=within).exists()


class Alike:
    """What in the index may repeat some passages, or parts of them, or be repeated in them: all looked up at once."""

    def __init__(self, corpus_id: int, passages: Iterable[Passage], limit: int, *, glosses: bool = False) -> None:
        asked = {one.text: list(dict.fromkeys(reuse.runs(one.tokens))) for one in passages}
        runs = sorted({run for some in asked.values() for run in some})
        places = [self._places(first_run(corpus_id, gloss), runs) for gloss in ((False, True) if glosses else (False,))]
        self.ranked: dict[str, list[int]] = {}
        for text, some in asked.items():
            holding = ([pk for found in places for pk in found.get(run, ())][: shelf.COMMON] for run in some)
            self.ranked[text] = shelf.ranked([pks for pks in holding if pks], limit)
        pks = sorted({pk for some in self.ranked.values() for pk in some})
        self.rows: Mapping[int, Indexed] = {row.pk: row for row in _rows(BY_ID, pks)}

    @staticmethod
    def _places(first: int, runs: Sequence[int]) -> dict[int, list[int]]:
        found = RUNS.places([first + run for run in runs])
        return {run - first: pks for run, pks in found.items()}

    def to(self, passage: Passage) -> list[Indexed]:
        """Those of one passage, the likeliest first."""
        return [self.rows[pk] for pk in self.ranked[passage.text] if pk in self.rows]

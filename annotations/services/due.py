"""What the job of recurrence has still to look at, step by step, so that every turn of it can end where its time is
over. Noted from the events of the corpus; settled when done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from time import monotonic

import orjson
from django.db import transaction
from django.db.models import Max

from annotations.models import CorpusHead, Due, Event, EventObject, Occurrence, Recurrence, Statement

#: Steps over statements: put their wordings into the index; compare them with others; find texts that hold them. Then
#: over documents: look through those texts.
WORDS, ALIKE, PLACES, TEXTS = STEPS = ("words", "alike", "places", "texts")
#: So many are taken at once before the clock is asked.
BATCH = 25
#: So many things become due in one transaction.
ENLISTED = 1_000
#: So many events are read at once.
EVENTS = 20_000
#: Events after which a statement may be found in other places than before, or be like another one.
TELLING = (
    "statement.created", "statement.restored", "statement.updated", "occurrence.created", "occurrence.restored",
    "occurrence.updated", "occurrence.removed", "annotation.removed", "annotation.restored", "document.removed",
    "document.restored",
)  # fmt: skip
#: Events after which its passages have other words, no more.
WORDING = (
    "statement.removed", "statement.merged", "annotation.anchored", "annotation.let_go", "annotation.sought",
    "version.added",
)  # fmt: skip
#: Events that name statements besides the one they are about.
TOUCHING = ("statement.merged", "statement.restored", "bulk", "bulk.imported")
#: Of the fields of a statement those whose change makes it another one to look for.
FIELDS = ("text", "gloss_en")
#: How an occurrence is reached from what an event tells of.
COLUMNS = {"occurrence": "pk", "annotation": "annotation", "document": "annotation__document"}


def add(corpus_id: int, step: str, things: Collection[int]) -> None:
    """These are to be looked at in this step. What waits already waits anew: whoever is at it may have read what was
    there before."""
    named = sorted(things)
    for at in range(0, len(named), ENLISTED):
        some = named[at : at + ENLISTED]
        with transaction.atomic():
            Due.objects.filter(corpus=corpus_id, step=step, thing__in=some).delete()
            Due.objects.bulk_create([Due(corpus_id=corpus_id, step=step, thing=pk) for pk in some])


def waiting(corpus_id: int, step: str, limit: int) -> dict[int, list[int]]:
    """The next things of this step, each with its rows, to be given to `settle`."""
    rows = Due.objects.filter(corpus=corpus_id, step=step).order_by("thing", "id")
    found: dict[int, list[int]] = {}
    for pk, thing in rows.values_list("pk", "thing")[:limit]:
        found.setdefault(thing, []).append(pk)
    return found


def settle(taken: Mapping[int, list[int]]) -> None:
    """These were looked at."""
    Due.objects.filter(pk__in=[pk for rows in taken.values() for pk in rows]).delete()


def in_turn(corpus_id: int, step: str, until: float, work: Callable[[list[int]], None], limit: int = 0) -> bool:
    """Do what is due in a step, so many (BATCH) at once, until this time of the monotonic clock; whether nothing is
    left."""
    while taken := waiting(corpus_id, step, limit or BATCH):
        work(list(taken))
        settle(taken)
        if monotonic() >= until:
            return not waiting(corpus_id, step, 1)
    return True


def enlist(cursor: Recurrence, until: float) -> bool:
    """The wordings of statements that came since the cursor are due; whether those of all are."""
    rows = Statement.objects.filter(corpus=cursor.corpus_id).order_by("pk")
    while some := list(rows.filter(pk__gt=cursor.shelved).values_list("pk", flat=True)[:ENLISTED]):
        add(cursor.corpus_id, WORDS, some)
        cursor.shelved = some[-1]
        Recurrence.objects.filter(pk=cursor.pk).update(shelved=cursor.shelved)
        if monotonic() >= until:
            return False
    return True


def corpora() -> list[int]:
    """Ids of the corpora in which something may have to be looked at."""
    heads = dict(CorpusHead.objects.values_list("pk", "seq"))
    seen = {row.pk: row for row in Recurrence.objects.all()}
    newest = dict(Statement.objects.order_by().values_list("corpus").annotate(Max("pk")))
    left = set(Due.objects.order_by().values_list("corpus", flat=True).distinct())
    never = Recurrence(seq=-1)

    def behind(pk: int, seq: int) -> bool:
        row = seen.get(pk, never)
        return row.seq != seq or row.shelved < newest.get(pk, 0)

    return sorted(pk for pk, seq in heads.items() if pk in left or behind(pk, seq))


def take_up(corpus_id: int) -> tuple[Recurrence, bool]:
    """Note what the next events made due; (the cursor, whether these were all). At the first look everything is
    new, and no event has to tell of it."""
    head = CorpusHead.objects.values_list("seq", flat=True).get(pk=corpus_id)  # before the cursor: see `enlist`
    cursor, _ = Recurrence.objects.get_or_create(pk=corpus_id)
    last = min(head, cursor.seq + EVENTS) if cursor.seq else head
    if last > cursor.seq:
        said, worded = changed(corpus_id, cursor.seq, last) if cursor.seq else (set(), set())
        add(corpus_id, WORDS, {pk for pk in said | worded if pk <= cursor.shelved})
        add(corpus_id, ALIKE, said)
        add(corpus_id, PLACES, said)
        Recurrence.objects.filter(pk=corpus_id, seq__lt=last).update(seq=last)
    return cursor, last >= head


def changed(corpus_id: int, after: int, last: int) -> tuple[set[int], set[int]]:
    """Ids of the statements that were made, reworded, brought back, or got or lost a passage after one event and up to
    another; and of those whose passages may have other words."""
    events = Event.objects.filter(corpus=corpus_id, seq__gt=after, seq__lte=last)
    columns = ("kind", "object_id", "payload")
    said = _told_by(corpus_id, events.filter(kind__in=TELLING).values_list(*columns).iterator())
    worded = _told_by(corpus_id, events.filter(kind__in=WORDING).values_list(*columns).iterator())
    touching = events.filter(kind__in=TOUCHING).values_list("pk", flat=True)
    touched = EventObject.objects.filter(event__in=list(touching), object_type="statement")
    return said | set(touched.values_list("object_id", flat=True)), worded


def _told_by(corpus_id: int, events: Iterator[tuple[str, int, str]]) -> set[int]:
    found: set[int | None] = set()
    places: dict[str, set[int]] = {thing: set() for thing in COLUMNS}
    for kind, pk, payload in events:
        thing = kind.partition(".")[0]
        if thing == "version":  # of the document
            places["document"].add(pk)
        elif thing in places:
            places[thing].add(pk)
            moved = orjson.loads(payload or "{}").get("changes", {}) if kind == "occurrence.updated" else {}
            found.update(moved.get("statement", ()))
        elif kind != "statement.updated" or any(name in orjson.loads(payload or "{}")["changes"] for name in FIELDS):
            found.add(pk)
    links = Occurrence.objects.filter(corpus=corpus_id)
    for thing, pks in places.items():
        some = sorted(pks)
        for at in range(0, len(some), EVENTS):
            column = f"{COLUMNS[thing]}__in"
            found.update(links.filter(**{column: some[at : at + EVENTS]}).values_list("statement", flat=True))
    return {pk for pk in found if pk is not None}

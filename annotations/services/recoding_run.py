"""The rows of a great merge or split, or of one taken back, batch by batch: short locks, exactly once, whatever dies.

A batch moves rows, the cursor of its recoding and one event in one transaction. A job that was killed is taken up by
another one where the last committed batch ended; of two at once, the slower finds its batch done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import orjson

from annotations.models import Event, EventObject, Recoding, RecodingList
from annotations.services import following
from annotations.services.op import Op, Replayed, writing
from annotations.services.pace import Pace
from annotations.services.recoding import CARRIERS, carry, holders, rows_of
from annotations.services.recoding_undo import give_back

TURN = 5.0  # seconds of one job; others want the thread, too
FIRST, SMALLEST, LARGEST = 100, 20, 500  # things in a batch


@dataclass(frozen=True, slots=True)
class Portion:
    """What the next batch takes; `part` and `after` are where the one after it goes on; `both`: those of it that
    carried both tags before the step that is taken back."""

    ids: list[int]
    part: int
    after: int
    both: Collection[int] = ()


def unfinished() -> list[int]:
    """Recodings that wait for a job: looked at every few minutes, should one have been lost."""
    return list(Recoding.objects.filter(finished_at=None).order_by("pk").values_list("pk", flat=True))


def nobody(seconds: float) -> None:
    """Hears for how long a batch had the write lock, and says nothing."""


def run(pk: int, *, seconds: float = TURN, hold: Callable[[float], object] = nobody) -> bool:
    """Batches for some seconds; whether it is finished. `hold` hears how long each batch had the write lock."""
    pace, until = Pace(FIRST, SMALLEST, LARGEST), time.monotonic() + seconds
    while True:
        row = Recoding.objects.select_related("tag__tag_set", "into__tag_set", "by__corpus", "of", "undoes").get(pk=pk)
        if row.finished_at is not None:
            return True
        portion = _next(row, pace.size)
        held, worked = _write(row, portion)
        hold(held)
        pace.took(held, worked, len(portion.ids))
        if time.monotonic() > until:
            return False


def _write(row: Recoding, portion: Portion) -> tuple[float, float]:
    """One batch; for how many seconds it had the write lock, and how many of them were work."""
    begun, worked = time.perf_counter(), time.thread_time()
    try:
        with writing(by=row.by, key=following.batch_key(row, row.batches)) as op:
            begun, worked = time.perf_counter(), time.thread_time()
            _batch(op, row, portion)
    except Replayed:
        pass  # somebody else did it
    return time.perf_counter() - begun, time.thread_time() - worked


def _batch(op: Op, row: Recoding, portion: Portion) -> None:
    """Rows, cursor and event; nothing when somebody else did this batch, or the whole was stopped."""
    mine = Recoding.objects.select_for_update().filter(pk=row.pk, batches=row.batches, finished_at=None)
    if not mine.exists():
        return
    moved, both = _moved(op, row, portion)
    row.done, row.batches = row.done + len(moved), row.batches + 1
    row.part, row.after = portion.part, portion.after
    if not portion.ids and not (row.kind == "merge" and rows_of(row.tag).exists()):
        _finish(op, row)
    row.save(update_fields=["done", "batches", "part", "after", "finished_at"])
    name = row.tag.tag_set.scope
    old, new = (row.tag, row.into) if row.kind in ("merge", "split") else (row.into, row.tag)
    payload = {
        "label": old.label, "into": new.label, "count": len(moved), "both": both,
        "recoding": row.pk, "done": row.done, "total": row.total, "finished": row.finished_at is not None,
    }  # fmt: skip
    op.log("codebook.followed", row.tag, payload, touched=[(name, pk) for pk in moved])


def _moved(op: Op, row: Recoding, portion: Portion) -> tuple[list[int], list[int]]:
    """Which things of the portion went over, and which of them carry, or carried, both tags."""
    if not portion.ids:
        return [], []
    if row.kind in ("separate", "rejoin"):
        moved = give_back(op, row.tag, row.into, portion.ids, portion.both)
        return moved, [pk for pk in moved if pk in portion.both]
    still = holders(CARRIERS[row.tag.tag_set.scope], row.tag, portion.ids)
    return still, carry(op, row.tag, row.into, still)


def _finish(op: Op, row: Recoding) -> None:
    """Nobody is read as another one any more."""
    row.finished_at = op.at
    if row.kind in ("merge", "separate"):
        row.tag.refresh_from_db()
        row.tag.leads_to = None
        row.tag.version += 1
        row.tag.save(update_fields=["leads_to", "version"])


def _next(row: Recoding, size: int) -> Portion:
    """Outside the lock. An empty one says that nothing is left."""
    if row.kind == "merge":
        name = CARRIERS[row.tag.tag_set.scope].owner
        return Portion(list(rows_of(row.tag).order_by("pk").values_list(name, flat=True)[:size]), 0, 0)
    portion = _listed if row.lists.exists() else _touched
    part, after = row.part, row.after
    while True:
        found = portion(row, part, after, size)
        if found is None:
            return Portion([], part, 0)
        if found.ids:
            return found
        part, after = part + 1, 0


def _listed(row: Recoding, part: int, after: int, size: int) -> Portion | None:
    """Of the ids that it was told; None beyond the last list."""
    one = RecodingList.objects.filter(recoding=row, number=part).first()
    if one is None:
        return None
    return Portion(one.ids[after : after + size], part, after + size)


def _touched(row: Recoding, part: int, after: int, size: int) -> Portion | None:
    """Of what a batch of the step that is taken back touched, or, done in one transaction, the step itself."""
    if row.of is not None:
        key = following.batch_key(row.of, part)
        event = Event.objects.filter(actor=row.of.by_id, op=key).first() if part < row.of.batches else None
    else:
        event = row.undoes if part == 0 else None
    if event is None:
        return None
    rows = EventObject.objects.filter(event=event, object_type=row.tag.tag_set.scope, pk__gt=after).order_by("pk")
    found = list(rows.values_list("pk", "object_id")[:size])
    last = found[-1][0] if found else after
    said = orjson.loads(event.payload or "{}")
    return Portion([pk for _, pk in found], part, last, frozenset(said.get("both", ())))

"""Tags whose rows are going over to another one in batches: what they are read as meanwhile, and who has to wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from annotations.models import Annotation, Document, Event, Recoding, RecodingList, Statement, Tag
from annotations.rules.errors import Refused, noop
from annotations.services import queue
from annotations.services.op import Op

#: So many things go over at once: some 20 ms of write lock. More of them follow in batches (recoding_run.py).
SMALL = 300
LISTED = 1_000  # ids in one list


def leads(corpus_id: int) -> dict[int, int]:
    """tag -> the tag that its rows are read as; empty but for the minutes in which many rows go over."""
    return dict(Tag.objects.filter(corpus_id=corpus_id).exclude(leads_to=None).values_list("pk", "leads_to_id"))


def seen(ids: Iterable[int], leading: Mapping[int, int]) -> list[int]:
    """Tags as they are read, each once, in order."""
    return list(dict.fromkeys(leading.get(pk, pk) for pk in ids))


def held_as(ids: Iterable[int], leading: Mapping[int, int]) -> set[int]:
    """The tags of the rows behind tags as they are read."""
    wanted = set(ids)
    return wanted | {old for old, new in leading.items() if new in wanted}


def widened(corpus_id: int, ids: Iterable[int]) -> list[int]:
    """The tags of the rows that are read as one of these: who asks for the old tag asks for the new one."""
    leading = leads(corpus_id)
    wanted = seen(ids, leading)
    return sorted(held_as(wanted, leading))


def carried(thing: Annotation | Statement | Document) -> list[int]:
    """The tags of a thing as they are read, in the order in which they were put on."""
    ids = thing.tag_rows.order_by("pk").values_list("tag_id", flat=True)
    return seen(ids, leads(thing.corpus_id))


def under_way(corpus_id: int) -> QuerySet[Recoding]:
    rows = Recoding.objects.filter(corpus_id=corpus_id, finished_at=None)
    return rows.select_related("tag__tag_set", "into", "by").order_by("pk")


def check_idle(tag: Tag, *others: Tag) -> None:
    """Refused while rows go over to or from one of these tags."""
    tags = [tag.pk, *(other.pk for other in others)]
    _refuse(under_way(tag.corpus_id).filter(Q(tag__in=tags) | Q(into__in=tags)).first())


def check_settled(tag: Tag) -> None:
    """Refused while it is not certain yet whether the tag is in use: it is being merged, or gets rows."""
    merging = Q(kind__in=("merge", "separate")) & (Q(tag=tag) | Q(into=tag))
    _refuse(under_way(tag.corpus_id).filter(merging | Q(kind="split", into=tag)).first())


def _refuse(busy: Recoding | None) -> None:
    if busy is not None:
        message = noop(
            "“%(label)s” and “%(into)s” are being recoded: %(done)s of %(total)s are done. Wait until all are."
        )
        raise Refused("recoding_under_way", message, label=busy.tag.label, into=busy.into.label, done=busy.done,
                      total=busy.total)  # fmt: skip


def begin(
    op: Op, kind: str, tag: Tag, into: Tag, total: int, *, ids: Sequence[int] = (), undoes: Event | None = None,
    of: Recoding | None = None,
) -> Recoding:  # fmt: skip
    """Have the rows follow after the commit. `ids`: which, for a split; instead of them those that the event `undoes`
    touched, or the batches of its recoding `of`."""
    made = Recoding.objects.create(
        corpus=op.corpus, kind=kind, tag=tag, into=into, by=op.by, op=op.key, undoes=undoes, of=of, total=total,
        begun_at=op.at,
    )  # fmt: skip
    lists = range(0, len(ids), LISTED)
    RecodingList.objects.bulk_create(
        RecodingList(recoding=made, number=number, ids=ids[at : at + LISTED]) for number, at in enumerate(lists)
    )
    queue.enqueue("recode", made.pk)
    return made


def listed(row: Recoding) -> list[int]:
    """The ids that a recoding was told."""
    return [pk for ids in row.lists.order_by("number").values_list("ids", flat=True) for pk in ids]


def of_event(event: Event, payload: Mapping[str, Any]) -> Recoding | None:
    """The recoding that this event began, if its rows were too many for one transaction."""
    return Recoding.objects.filter(corpus_id=event.corpus_id, pk=payload.get("recoding", 0)).first()


def stop(op: Op, row: Recoding | None) -> None:
    """What has gone over stays where it is; nothing more follows. Locks the row: a batch is whole or not at all."""
    if row is not None:
        Recoding.objects.select_for_update().get(pk=row.pk)
        Recoding.objects.filter(pk=row.pk, finished_at=None).update(finished_at=op.at)
        row.refresh_from_db()


def batch_key(row: Recoding, number: int) -> str:
    """The op of a batch: with it the table of events itself keeps a batch from being done twice."""
    return f"recoding-{row.pk}-{number}"

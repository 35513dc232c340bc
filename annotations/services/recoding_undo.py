"""What merging, splitting and moving tags did, taken back: only what it touched, and only while no one else went on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from annotations.models import Event, EventObject, Recoding, Tag, TagSet
from annotations.rules.errors import Missing, Refused, noop
from annotations.services import codebook, editions, following, placing, recoding, view_tags
from annotations.services.inverting import Payload, check_alone, fetch
from annotations.services.op import Op
from annotations.services.recoding import CARRIERS, Carrier, carried_by, carry, holders, rows_of, run, steps, touch

LOOK = 500  # events looked at in one query
TAGGED = ("annotation.tagged", "statement.tagged", "document.tagged")


def separate(op: Op, event: Event, payload: Payload) -> None:
    """A merge taken back: what carried the tag carries it again, the tag is in use again, views ask for it again. Many
    rows come back in batches, and are read as the other tag until the last one is back."""
    tag, into = _pair(op, event, payload, halt=True)
    codebook.check_name(tag.tag_set, tag.label, tag)
    old = {name: pair[0] for name, pair in payload["changes"].items() if name in ("deprecated", "key")}
    codebook.check_key(op.corpus, str(old.get("key", "")), tag, tag.tag_set.scope)
    back = _back(op, "separate", event, payload, tag, into)
    for name, value in old.items():
        setattr(tag, name, value)
    tag.merged_into_id = payload["changes"].get("merged_into", [None])[0]
    tag.leads_to = into if back.begun else None
    tag.version += 1
    tag.save()
    views = view_tags.exchange(op, into, tag, payload["views"])
    more = {"changes": payload["changes"], "views": views, **back.more}
    recoding.log(op, "codebook.tag_separated", tag, into, back.ids, payload["both"], more)
    editions.close(op)


def merge_again(op: Op, event: Event, payload: Payload) -> None:
    tag, into = _pair(op, event, payload)
    recoding.merge_tag(op, tag, into)


def rejoin(op: Op, event: Event, payload: Payload) -> None:
    """A split taken back: what went to the other tag comes back."""
    tag, into = _pair(op, event, payload, halt=True)
    back = _back(op, "rejoin", event, payload, tag, into)
    recoding.log(op, "codebook.tag_rejoined", tag, into, back.ids, payload["both"], back.more)
    editions.close(op)


def split_again(op: Op, event: Event, payload: Payload) -> None:
    tag, into = _pair(op, event, payload)
    of = following.of_event(event, payload)
    if of is not None:
        ids = following.listed(of.of) if of.of else []
        begun = following.begin(op, "split", tag, into, len(ids) or of.done, ids=ids, undoes=event, of=of)
        recoding.log(op, "codebook.tag_split", tag, into, [], [], {"recoding": begun.pk, "count": begun.total})
        editions.close(op)
        return
    still = set(carried_by(tag))
    recoding.split_tag(op, tag, [recoding.Part([pk for pk in touched(event, tag) if pk in still], into)])


@dataclass(frozen=True, slots=True)
class Back:
    """What came back at once, or what was begun for it to come back."""

    ids: list[int]
    begun: Recoding | None = None

    @property
    def more(self) -> dict[str, Any]:
        return {"recoding": self.begun.pk, "count": self.begun.total} if self.begun else {}


def _back(op: Op, kind: str, event: Event, payload: Payload, tag: Tag, into: Tag) -> Back:
    of = following.of_event(event, payload)
    if of is not None or payload["count"] > following.SMALL:
        total = of.done if of else payload["count"]
        return Back([], following.begin(op, kind, tag, into, total, undoes=event, of=of))
    return Back(give_back(op, tag, into, touched(event, tag), payload["both"]))


def place_back(op: Op, event: Event, payload: Payload) -> None:
    check_alone(op, event)
    tag: Tag = fetch(event)
    (old_set, new_set), (old_parent, new_parent) = payload["changes"]["tag_set"], payload["changes"]["parent"]
    if (tag.tag_set_id, tag.parent_id) != (new_set, new_parent):
        raise Refused("tag_moved_on", noop("“%(label)s” was moved again since."), label=tag.label)
    home = TagSet.objects.filter(corpus=op.corpus, pk=old_set, removed_at=None).first()
    if home is None:
        raise Missing("gone", noop("What this step changed is no longer there."))
    placing.place_tag(op, tag, home, Tag.objects.filter(pk=old_parent, tag_set=home).first() if old_parent else None)


def unadd(op: Op, event: Event, payload: Payload) -> None:
    """A new tag is retired again, unless something carries it by now; its row stays, as the history names it."""
    check_alone(op, event)
    tag: Tag = fetch(event)
    leaving = following.under_way(tag.corpus_id).filter(kind="rejoin", into=tag)  # they go back in batches
    uses = rows_of(tag).count() - sum(row.total for row in leaving)
    if uses > 0:
        raise Refused("tag_in_use", noop("%(count)s carry “%(label)s” by now; retire it instead."), count=uses,
                      label=tag.label)  # fmt: skip
    codebook.update_tag(op, tag, deprecated=True, key="")


def unadd_set(op: Op, event: Event, payload: Payload) -> None:
    """A new set goes again, unless tags of it are in use or carried; whatever it holds is retired by then."""
    check_alone(op, event)
    codebook.set_removed(op, fetch(event), gone=True)


def readd_set(op: Op, event: Event, payload: Payload) -> None:
    check_alone(op, event)
    codebook.set_removed(op, fetch(event), gone=False)


def unchange(op: Op, event: Event, payload: Payload) -> None:
    """Old values of a tag, or of a set, put back where the new ones still stand."""
    check_alone(op, event)
    row = fetch(event)
    old: dict[str, Any] = {}
    for name, (before, after) in payload["changes"].items():
        present = getattr(row, row._meta.get_field(name).attname)
        if present != after:
            raise Refused(
                "value_moved_on", noop("“%(name)s” was changed again since; undoing would undo that."), name=name
            )
        old[name] = Tag.objects.filter(pk=before).first() if name == "parent" else before
    if isinstance(row, TagSet):
        codebook.update_set(op, row, **old)
    else:
        codebook.update_tag(op, row, **old)


def unname(op: Op, event: Event, payload: Payload) -> None:
    check_alone(op, event)
    editions.name(op, payload["number"], payload["changes"]["note"][0])


def give_back(op: Op, tag: Tag, into: Tag, ids: Sequence[int], both: Collection[int]) -> list[int]:
    """Things that still carry `into` carry `tag` again: instead of it, or beside it if they did before. Those of which
    somebody took it off since are left alone. Answers which got it."""
    carrier = CARRIERS[tag.tag_set.scope]
    twice, found = set(both), []
    for some in steps(ids):
        here = holders(carrier, into, some)
        carry(op, into, tag, [pk for pk in here if pk not in twice])
        _beside(op, carrier, tag, into, [pk for pk in here if pk in twice])
        found += here
    return sorted(found)


def _beside(op: Op, carrier: Carrier, tag: Tag, into: Tag, ids: Sequence[int]) -> None:
    """A second link like the first, for another tag."""
    held = set(holders(carrier, tag, ids))
    names = [str(field.column) for field in carrier.links._meta.local_fields if field.name not in ("id", "tag")]
    some = ", ".join(names)
    run(
        f"INSERT INTO {carrier.table} (tag_id, {some}) SELECT %s, {some} FROM {carrier.table} "
        f"WHERE tag_id = %s AND {carrier.owner} IN ({{marks}})",
        [tag.pk, into.pk], [pk for pk in ids if pk not in held],
    )  # fmt: skip
    touch(op, carrier, ids)


def _pair(op: Op, event: Event, payload: Payload, *, halt: bool = False) -> tuple[Tag, Tag]:
    """Both tags, on which nothing else is under way; Refused when others went on with any of what was touched. `halt`:
    a step whose rows still go over is stopped where it is; taking a step back again has to wait for its end."""
    check_alone(op, event)
    tag: Tag = fetch(event)
    into = Tag.objects.select_related("tag_set").filter(corpus=op.corpus, pk=payload["into_id"]).first()
    if into is None or into.tag_set.scope != tag.tag_set.scope:
        raise Missing("gone", noop("What this step changed is no longer there."))
    of = following.of_event(event, payload)
    if halt:
        following.stop(op, of)
    following.check_idle(tag, into)
    _check_untouched(op, event, tag.tag_set.scope, _events(event, of))
    return tag, into


def _events(event: Event, of: Recoding | None) -> list[int]:
    """The event and those of its batches."""
    found = [event.pk]
    if of is None:
        return found
    for some in steps(range(of.batches)):
        keys = [following.batch_key(of, number) for number in some]
        found += Event.objects.filter(actor=of.by_id, op__in=keys).values_list("pk", flat=True)
    return found


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    while some := list(islice(rows, size)):
        yield some


def touched(event: Event, tag: Tag) -> list[int]:
    rows = EventObject.objects.filter(event=event, object_type=tag.tag_set.scope)
    return sorted(rows.values_list("object_id", flat=True))


def _check_untouched(op: Op, event: Event, scope: str, events: Sequence[int]) -> None:
    """Nobody else changed the tags since of something that one of these events touched."""
    later = Event.objects.filter(corpus=op.corpus, seq__gt=event.seq, object_type=scope, kind__in=TAGGED)
    others = later.exclude(actor=op.by).order_by("seq").values_list("object_id", "actor__name")
    ours = set(events)
    for some in _batched(others.iterator(LOOK), LOOK):
        rows = EventObject.objects.filter(object_type=scope, object_id__in={pk for pk, _ in some})
        met = {pk for pk, of in rows.values_list("object_id", "event_id") if of in ours}
        name = next((name for pk, name in some if pk in met), None)
        if name is not None:
            raise Refused(
                "others_went_on", noop("%(name)s changed this after you; undoing would undo their work."), name=name
            )

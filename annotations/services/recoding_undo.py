"""What merging, splitting and moving tags did, taken back: only what it touched, and only while no one else went on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from annotations.models import Event, EventObject, Tag, TagSet
from annotations.rules.errors import Missing, Refused, noop
from annotations.services import codebook, editions, recoding, view_tags
from annotations.services.inverting import Payload, check_alone, fetch
from annotations.services.op import Op
from annotations.services.recoding import CARRIERS, carried_by, carry, steps, touch

TAGGED = ("annotation.tagged", "statement.tagged", "document.tagged")


def separate(op: Op, event: Event, payload: Payload) -> None:
    """A merge taken back: what carried the tag carries it again, the tag is in use again, views ask for it again."""
    tag, into, ids = _pair(op, event, payload)
    codebook.check_name(tag.tag_set, tag.label, tag)
    old = {name: pair[0] for name, pair in payload["changes"].items() if name in ("deprecated", "key")}
    codebook.check_key(op.corpus, str(old.get("key", "")), tag, tag.tag_set.scope)
    back = give_back(op, tag, into, ids, payload["both"])
    for name, value in old.items():
        setattr(tag, name, value)
    tag.merged_into_id = payload["changes"].get("merged_into", [None])[0]
    _save(tag)
    views = view_tags.exchange(op, into, tag, payload["views"])
    _log(op, "codebook.tag_separated", tag, into, back, {**_kept(payload), "views": views})


def merge_again(op: Op, event: Event, payload: Payload) -> None:
    tag, into, _ = _pair(op, event, payload)
    recoding.merge_tag(op, tag, into)


def rejoin(op: Op, event: Event, payload: Payload) -> None:
    """A split taken back: what went to the other tag comes back."""
    tag, into, ids = _pair(op, event, payload)
    back = give_back(op, tag, into, ids, payload["both"])
    _log(op, "codebook.tag_rejoined", tag, into, back, {"both": payload["both"]})


def split_again(op: Op, event: Event, payload: Payload) -> None:
    tag, into, ids = _pair(op, event, payload)
    still = set(carried_by(tag))
    recoding.split_tag(op, tag, [recoding.Part([pk for pk in ids if pk in still], into)])


def place_back(op: Op, event: Event, payload: Payload) -> None:
    check_alone(op, event)
    tag: Tag = fetch(event)
    (old_set, new_set), (old_parent, new_parent) = payload["changes"]["tag_set"], payload["changes"]["parent"]
    if (tag.tag_set_id, tag.parent_id) != (new_set, new_parent):
        raise Refused("tag_moved_on", noop("“%(label)s” was moved again since."), label=tag.label)
    home = TagSet.objects.filter(corpus=op.corpus, pk=old_set, removed_at=None).first()
    if home is None:
        raise Missing("gone", noop("What this step changed is no longer there."))
    recoding.place_tag(op, tag, home, Tag.objects.filter(pk=old_parent, tag_set=home).first() if old_parent else None)


def unadd(op: Op, event: Event, payload: Payload) -> None:
    """A new tag is retired again, unless something carries it by now; its row stays, as the history names it."""
    check_alone(op, event)
    tag: Tag = fetch(event)
    uses = len(carried_by(tag))
    if uses:
        raise Refused("tag_in_use", noop("%(count)s carry “%(label)s” by now; retire it instead."), count=uses,
                      label=tag.label)  # fmt: skip
    codebook.update_tag(op, tag, deprecated=True, key="")


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
        links = carrier.links._default_manager.filter(tag=into, **{f"{carrier.name}_id__in": some})
        here = list(links.values_list(f"{carrier.name}_id", flat=True))
        carry(op, into, tag, [pk for pk in here if pk not in twice])
        _beside(op, tag, links, [pk for pk in here if pk in twice])
        found += here
    return sorted(found)


def _beside(op: Op, tag: Tag, links: Any, ids: Sequence[int]) -> None:
    """A second link like the first, for another tag."""
    if not ids:
        return
    carrier = CARRIERS[tag.tag_set.scope]
    owner = f"{carrier.name}_id"
    there = carrier.links._default_manager.filter(tag=tag, **{f"{owner}__in": ids})
    held = set(there.values_list(owner, flat=True))
    rows = [row for row in links.filter(**{f"{owner}__in": ids}) if getattr(row, owner) not in held]
    for row in rows:
        row.pk, row.tag = None, tag
    carrier.links._default_manager.bulk_create(rows)
    touch(op, carrier, ids)


def _pair(op: Op, event: Event, payload: Payload) -> tuple[Tag, Tag, list[int]]:
    """Both tags and what the event touched; Refused when others went on with any of it."""
    check_alone(op, event)
    tag: Tag = fetch(event)
    into = Tag.objects.select_related("tag_set").filter(corpus=op.corpus, pk=payload["into_id"]).first()
    if into is None or into.tag_set.scope != tag.tag_set.scope:
        raise Missing("gone", noop("What this step changed is no longer there."))
    scope = tag.tag_set.scope
    touched = EventObject.objects.filter(event=event, object_type=scope)
    ids = sorted(touched.values_list("object_id", flat=True))
    _check_untouched(op, event, scope, set(ids))
    return tag, into, ids


def _check_untouched(op: Op, event: Event, scope: str, ids: set[int]) -> None:
    """Nobody else changed the tags of one of these since, nor one of the two tags."""
    later = Event.objects.filter(corpus=op.corpus, seq__gt=event.seq, object_type=scope, kind__in=TAGGED)
    others = later.exclude(actor=op.by).order_by("seq").values_list("object_id", "actor__name")
    name = next((name for pk, name in others.iterator(2000) if pk in ids), None)
    if name is not None:
        raise Refused(
            "others_went_on", noop("%(name)s changed this after you; undoing would undo their work."), name=name
        )


def _kept(payload: Payload) -> dict[str, Any]:
    return {name: payload[name] for name in ("both", "changes")}


def _save(tag: Tag) -> None:
    tag.version += 1
    tag.save()


def _log(op: Op, kind: str, tag: Tag, into: Tag, ids: Sequence[int], more: dict[str, Any]) -> None:
    payload = {"label": tag.label, "into": into.label, "into_id": into.pk, "count": len(ids), **more}
    op.log(kind, tag, payload, touched=[(tag.tag_set.scope, pk) for pk in ids])
    editions.close(op)

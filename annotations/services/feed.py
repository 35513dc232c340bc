"""The feed: the events of a corpus as one member may see them; the others leave as {seq, kind: "hidden"}."""

from __future__ import annotations

from typing import Any

import orjson

from annotations.models import Annotation, Event, Member
from annotations.services import history


def page(member: Member, after: int, limit: int = 500) -> list[dict[str, Any]]:
    """The next events after seq `after`, oldest first; no seq is left out, so that a reader sees gaps."""
    events = list(history.since(member.corpus, after, limit))
    hidden = hidden_annotations(member, events)
    return [shape(event) if history.may_see(member, event, hidden) else blank(event) for event in events]


def hidden_annotations(member: Member, events: list[Event]) -> set[int]:
    ids = {event.object_id for event in events if event.object_type == "annotation"}
    layered = Annotation.objects.filter(pk__in=ids, layer__round__closed_at=None, layer__round__blind=True)
    return set(layered.exclude(layer__member=member).values_list("pk", flat=True))


def blank(event: Event) -> dict[str, Any]:
    return {"seq": event.seq, "kind": "hidden"}


def shape(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at,
        "op": event.op,
        "actor": {"id": event.actor_id, "name": str(event.actor or "")},
        "object_type": event.object_type,
        "object_id": event.object_id,
        "version": event.object_version,
        "document": event.document_id,
        "payload": orjson.loads(event.payload) if event.payload else None,
    }

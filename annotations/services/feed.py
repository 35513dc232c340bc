"""The feed: the events of a corpus as one member may see them; the others leave as {seq, kind: "hidden"}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from annotations.models import Event, Member
from annotations.services import history, sight


def page(member: Member, after: int, limit: int = 500) -> list[dict[str, Any]]:
    """The next events after seq `after`, oldest first; no seq is left out, so that a reader sees gaps."""
    events = list(history.since(member.corpus, after, limit))
    return shapes(member, events)


def shapes(member: Member, events: Sequence[Event]) -> list[dict[str, Any]]:
    """These events as this member may see them, in their order."""
    hidden = sight.hidden(member, events)
    return [blank(event) if event.seq in hidden else shape(event) for event in events]


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

"""The feed: the events of a corpus as one member may see them; the others leave as {seq, kind: "hidden"}."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from annotations.models import CorpusHead, Event, Member
from annotations.services import activity, history, sight
from annotations.services.activity import Asked


@dataclass(frozen=True, slots=True)
class Frame:
    """One event, written once for all readers; who may not see it gets its seq and nothing else."""

    seq: int
    object_type: str
    object_id: int
    told: bytes
    facts: sight.Facts

    def json_for(self, member: int) -> bytes:
        return b'{"seq":%d,"kind":"hidden"}' % self.seq if self.facts.hides(self.seq, member) else self.told


def frames(corpus: int, after: int, limit: int = 200) -> list[Frame]:
    """The next events of a corpus for any number of readers, oldest first, with what decides who may see them."""
    events = list(history.since(corpus, after, limit))
    facts = sight.facts(events)
    return [
        Frame(event.seq, event.object_type, event.object_id, orjson.dumps(shape(event), default=str), facts)
        for event in events
    ]


def head(corpus: int) -> int:
    """The seq of the last event of a corpus."""
    return CorpusHead.objects.values_list("seq", flat=True).get(pk=corpus)


def heads(corpora: Collection[int]) -> dict[int, int]:
    """The same for several, in one query."""
    return dict(CorpusHead.objects.filter(pk__in=corpora).values_list("pk", "seq"))


def page(member: Member, after: int, limit: int = 500) -> list[dict[str, Any]]:
    """The next events after seq `after`, oldest first; no seq is left out, so that a reader sees gaps."""
    events = list(history.since(member.corpus_id, after, limit))
    return shapes(member, events)


def some(member: Member, asked: Asked, after: int, limit: int = 500) -> tuple[list[dict[str, Any]], bool]:
    """Those that are asked for, and whether there are more. Hidden ones are left out: their place would tell."""
    found = list(activity.events(member, asked).filter(seq__gt=after).order_by("seq")[: limit + 1])
    hidden = sight.hidden(member, found)
    return [shape(event) for event in found[:limit] if event.seq not in hidden], len(found) > limit


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

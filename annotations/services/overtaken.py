"""Who was quicker: which statements somebody else changed, in the columns that an action writes, since one looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import orjson

from annotations.models import Event, Member
from annotations.rules.errors import Stale, noop

#: The columns that an action of services.bulk writes over; tags are put on and taken off, which keeps those of others.
WRITES: Mapping[str, frozenset[str]] = {
    "assign": frozenset({"assignee"}),
    "due": frozenset({"due"}),
    "tag": frozenset(),
    "type": frozenset({"type", "mechanism"}),
    "move": frozenset({"work", "public"}),
    "triage": frozenset({"q1", "q2", "q3", "q4", "specificity", "work"}),
}


def overtaken(member: Member, ids: Collection[int], action: str, seen: int) -> dict[int, Stale]:
    """By statement, the refusal that names who changed it after the event `seen`."""
    events = Event.objects.filter(corpus_id=member.corpus_id, seq__gt=seen, object_type="statement")
    found: dict[int, Stale] = {}
    for event in events.exclude(actor=member).select_related("actor").order_by("seq"):
        changed = orjson.loads(event.payload or "{}").get("changes") or {}
        if event.object_id in ids and WRITES[action] & set(changed):
            said = noop("%(name)s changed this meanwhile. Look at it, then send it again.")
            found[event.object_id] = Stale("changed_meanwhile", said, name=str(event.actor or "…"))
    return found

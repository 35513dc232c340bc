"""Notices as their person may see them now: newest first, told by their events; what is hidden or gone is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from annotations.models import Comment, Event, Member, Notice, Statement, Verification, WatchHit
from annotations.rules import roles
from annotations.rules.events import EVENTS
from annotations.rules.notices import REASONS
from annotations.services import sight, watches, webhooks

MOST = 100
#: What an event may be about, and how what is left of it is asked for.
THINGS: Mapping[str, Any] = {"comment": Comment, "statement": Statement, "verification": Verification}


@dataclass(frozen=True, slots=True)
class Item:
    """One line: why, what, when, and the way there."""

    notice: Notice
    reason: str
    sentence: str
    words: str
    path: str
    at: datetime


def items(member: Member, *, unread: bool = False) -> list[Item]:
    """The newest notices of a member that they may see."""
    rows = Notice.objects.filter(member=member).order_by("-seq")
    return told(member, rows.filter(read_at=None) if unread else rows)


def count(member: Member, reason: str = "") -> int:
    """How many of them (of this reason only, when one is named) are unread; nothing else is looked up when there are
    none."""
    rows = Notice.objects.filter(member=member, read_at=None).order_by("-seq")
    return len(visible(member, rows.filter(reason=reason) if reason else rows))


def told(member: Member, rows: QuerySet[Notice]) -> list[Item]:
    found = visible(member, rows)
    events = [event for _, event in found]
    said, hits = _said(events), _finds(member, events)
    return [_item(notice, event, said.get(event.seq, ""), _path(member, event, hits)) for notice, event in found]


def visible(member: Member, rows: QuerySet[Notice]) -> list[tuple[Notice, Event]]:
    """Each with its event, as far as the member may see the event now and its thing is still there."""
    notices = list(rows[:MOST])
    if not notices:
        return []
    found = Event.objects.filter(corpus_id=member.corpus_id, seq__in=[one.seq for one in notices])
    events = list(found.select_related("actor"))
    shown = {event.seq: event for event in [*_there(member, events), *_sent(member, events), *_finds(member, events)]}
    for seq in sight.hidden(member, events):
        shown.pop(seq, None)
    return [(one, shown[one.seq]) for one in notices if one.seq in shown]


def _there(member: Member, events: Sequence[Event]) -> list[Event]:
    """Those of these events whose thing this member can still go to."""
    ids: dict[str, list[int]] = {}
    for event in events:
        ids.setdefault(event.object_type, []).append(event.object_id)
    there = {
        (kind, pk)
        for kind, model in THINGS.items()
        if kind in ids
        for pk in model.objects.filter(pk__in=ids[kind]).visible_to(member).values_list("pk", flat=True)
    }
    return [event for event in events if (event.object_type, event.object_id) in there]


def _sent(member: Member, events: Sequence[Event]) -> list[Event]:
    """Those of a webhook that is still there, for whoever may look after it."""
    about = [event for event in events if event.object_type == "webhook"]
    if not about or not roles.allows(member.role, "send_webhooks"):
        return []
    there = set(webhooks.live(member).values_list("pk", flat=True))
    return [event for event in about if event.object_id in there]


def _finds(member: Member, events: Sequence[Event]) -> dict[Event, WatchHit]:
    """What the member's watches found in documents that are still there, by the event that tells of it."""
    about = {event.object_id: event for event in events if event.object_type == "watch"}
    if not about:
        return {}
    rows = watches.found_by(member).filter(watch__in=list(about))
    hits = {(hit.watch_id, hit.text_id): hit for hit in rows}
    keys = {event: (event.object_id, payload_of(event).get("version")) for event in events}
    return {event: hits[key] for event, key in keys.items() if key in hits}


def payload_of(event: Event) -> dict[str, Any]:
    return orjson.loads(event.payload) if event.payload else {}


def _item(notice: Notice, event: Event, words: str, path: str) -> Item:
    kind = EVENTS.get(event.kind)
    values = {"actor": str(event.actor or "…"), **payload_of(event)}
    return Item(
        notice=notice, reason=gettext(REASONS.get(notice.reason, notice.reason)),
        sentence=kind.sentence(values, gettext) if kind else event.kind,
        words=words, path=path, at=datetime.fromisoformat(event.at),
    )  # fmt: skip


def _said(events: Sequence[Event]) -> dict[int, str]:
    """seq -> what was said in the comments that these events tell of, as it stands now."""
    comments = {event.seq: event.object_id for event in events if event.object_type == "comment"}
    bodies = dict(Comment.objects.filter(pk__in=comments.values()).values_list("pk", "body"))
    return {seq: bodies[pk] for seq, pk in comments.items() if pk in bodies}


def _path(member: Member, event: Event, hits: Mapping[Event, WatchHit]) -> str:
    """The reader at the passage, the page of the webhook, or the page of the statement."""
    payload, slug = payload_of(event), member.corpus.slug
    if event in hits:
        return watches.path_of(hits[event])
    if event.object_type == "webhook":
        return reverse("webhook_detail", args=[slug, event.object_id])
    if event.object_type == "comment" and payload.get("annotation"):
        return reverse("annotation_permalink", args=[payload["annotation"]])
    page = reverse("statement_detail", args=[slug, str(payload.get("label", ""))])
    return f"{page}#comments" if event.object_type == "comment" else page


def mark_read(member: Member, *, notice: int | None = None, up_to: int | None = None) -> None:
    """One, or all that can be seen up to an event. A convenience of one person, no change of the corpus: no event."""
    rows = Notice.objects.filter(member=member, read_at=None).order_by("-seq")
    rows = rows.filter(pk=notice) if notice is not None else rows.filter(seq__lte=up_to or 0)
    seen = [one.pk for one, _ in visible(member, rows)]
    Notice.objects.filter(pk__in=seen).update(read_at=timezone.now())

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

from annotations.models import Comment, Event, Member, Notice, Statement, Verification
from annotations.rules.events import EVENTS
from annotations.rules.notices import REASONS
from annotations.services import sight

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
    said = _said([event for _, event in found])
    return [_item(member, notice, event, said.get(event.seq, "")) for notice, event in found]


def visible(member: Member, rows: QuerySet[Notice]) -> list[tuple[Notice, Event]]:
    """Each with its event, as far as the member may see the event now and its thing is still there."""
    notices = list(rows[:MOST])
    if not notices:
        return []
    found = Event.objects.filter(corpus_id=member.corpus_id, seq__in=[one.seq for one in notices])
    events = list(found.select_related("actor"))
    shown = {event.seq: event for event in _there(member, events)}
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


def _item(member: Member, notice: Notice, event: Event, words: str) -> Item:
    payload = orjson.loads(event.payload) if event.payload else {}
    kind = EVENTS.get(event.kind)
    values = {"actor": str(event.actor or "…"), **payload}
    return Item(
        notice=notice, reason=gettext(REASONS.get(notice.reason, notice.reason)),
        sentence=kind.sentence(values, gettext) if kind else event.kind,
        words=words, path=_path(member, event, payload), at=datetime.fromisoformat(event.at),
    )  # fmt: skip


def _said(events: Sequence[Event]) -> dict[int, str]:
    """seq -> what was said in the comments that these events tell of, as it stands now."""
    comments = {event.seq: event.object_id for event in events if event.object_type == "comment"}
    bodies = dict(Comment.objects.filter(pk__in=comments.values()).values_list("pk", "body"))
    return {seq: bodies[pk] for seq, pk in comments.items() if pk in bodies}


def _path(member: Member, event: Event, payload: Mapping[str, Any]) -> str:
    """The reader at the passage, or the page of the statement."""
    if event.object_type == "comment" and payload.get("annotation"):
        return reverse("annotation_permalink", args=[payload["annotation"]])
    page = reverse("statement_detail", args=[member.corpus.slug, str(payload.get("label", ""))])
    return f"{page}#comments" if event.object_type == "comment" else page


def mark_read(member: Member, *, notice: int | None = None, up_to: int | None = None) -> None:
    """One, or all that can be seen up to an event. A convenience of one person, no change of the corpus: no event."""
    rows = Notice.objects.filter(member=member, read_at=None).order_by("-seq")
    rows = rows.filter(pk=notice) if notice is not None else rows.filter(seq__lte=up_to or 0)
    seen = [one.pk for one, _ in visible(member, rows)]
    Notice.objects.filter(pk__in=seen).update(read_at=timezone.now())

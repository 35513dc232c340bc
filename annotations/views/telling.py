"""Events as sentences a person reads: who did what to what, with the way there; hidden ones left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.urls import reverse
from django.utils.translation import gettext

from annotations.models import Document, Event, Member
from annotations.rules.event_fields import FIELDS, word_of
from annotations.rules.events import EVENTS
from annotations.services import sight

#: Where the lines of a kind of object lead that has neither a number nor a document.
PLACES = {"tag": "codebook", "tagset": "codebook", "member": "member_list", "invitation": "member_list"}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the history: when, the sentence, what changed from what to what, where it leads."""

    seq: int
    at: datetime
    actor: str
    actor_id: int | None
    op: str
    sentence: str
    url: str
    changes: tuple[tuple[str, str, str], ...]
    words: str
    kind: str
    label: str
    values: dict[str, Any]


def tell(events: Iterable[Event], member: Member) -> list[Told]:
    """The visible ones of these events, told in the language of the page."""
    rows = list(events)
    hidden = sight.hidden(member, rows)
    titles = dict(
        Document.objects.filter(pk__in={row.document_id for row in rows if row.document_id}).values_list("pk", "title")
    )
    return [_told(row, member, titles) for row in rows if row.seq not in hidden]


def _told(event: Event, member: Member, titles: dict[int, str]) -> Told:
    payload: dict[str, Any] = orjson.loads(event.payload) if event.payload else {}
    values = {"actor": str(event.actor or "…"), "document": titles.get(event.document_id or 0, ""), **payload}
    kind = EVENTS.get(event.kind)
    return Told(
        seq=event.seq,
        at=datetime.fromisoformat(event.at),
        actor=str(event.actor or ""),
        actor_id=event.actor_id,
        op=event.op,
        sentence=kind.sentence(values, gettext) if kind else event.kind,
        url=_url(event, payload, member),
        changes=_changes(payload),
        words=str(payload.get("reason") or payload.get("note") or payload.get("comment") or payload.get("quote") or ""),
        kind=event.kind,
        label=str(payload.get("label", "")),
        values=values,
    )


def _url(event: Event, payload: dict[str, Any], member: Member) -> str:
    """Where a line leads: the passage, the statement or its check, the document, the source."""
    slug = member.corpus.slug
    if event.object_type == "annotation":
        return reverse("annotation_permalink", args=[event.object_id])
    if event.object_type == "comment" and payload.get("annotation"):
        return reverse("annotation_permalink", args=[payload["annotation"]])
    if event.object_type == "watch" and event.document_id:
        return reverse("document_read", args=[slug, event.document_id])
    label = str(payload.get("label", ""))
    if label[:2] in ("C-", "P-") and event.object_type != "tag":
        at = "#check" if event.object_type in ("verification", "review") else ""
        return reverse("statement_detail", args=[slug, label]) + at
    if event.document_id:
        return reverse("document_read", args=[slug, event.document_id])
    if event.object_type in ("source", "snapshot", "capture"):
        return reverse("source_detail", args=[slug, payload.get("source", event.object_id)])
    if event.object_type == "batch":
        return f"{reverse('document_list', args=[slug])}?batch={event.object_id}"
    return reverse(PLACES[event.object_type], args=[slug]) if event.object_type in PLACES else ""


def _word(name: str, value: object) -> str:
    """A value as a person reads it: codes by their labels."""
    if not value:
        return "—"
    label = word_of(name, str(value))
    return str(value) if label is None else gettext(label)


def _changes(payload: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """(field, from, to) of texts and codes; ids and lists are told by the sentence alone."""
    found = payload.get("changes")
    if not isinstance(found, dict):
        return ()
    return tuple(
        (gettext(FIELDS.get(name, name)), _word(name, pair[0]), _word(name, pair[1]))
        for name, pair in found.items()
        if isinstance(pair, list) and len(pair) == 2 and all(value is None or isinstance(value, str) for value in pair)
    )

"""The activity of a corpus: its events as one member may see them, filtered, and summed up by who did what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, Max, Q, QuerySet, Value, When
from django.utils import timezone

from annotations.models import Event, EventObject, Member, Statement
from annotations.rules import activity
from annotations.rules.activity import Part
from annotations.services import history, sight
from annotations.services.op import stamp

LABEL = re.compile(r"([CP])-?([0-9]{1,9})", re.ASCII | re.IGNORECASE)
KINDS = {"C": "claim", "P": "proposal"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the activity keeps to; everything that is set must hold. Days are of the local calendar."""

    person: int | None = None
    document: int | None = None
    statement: str = ""
    group: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """How much one person did of one part: events, things, documents; `last` is the newest event of it."""

    part: Part
    person: int | None
    name: str
    events: int
    things: int
    documents: int
    last: int

    @property
    def count(self) -> int:
        """What the unit of the part counts."""
        return self.events if self.part.unit == "change" else self.things


def events(member: Member, asked: Asked | None = None) -> QuerySet[Event]:
    """What this member may see and asks for, newest first; hidden events are left out before anything is counted."""
    asked = asked or Asked()
    rows = about(member, asked.statement) if asked.statement else Event.objects.filter(corpus_id=member.corpus_id)
    rows = rows.exclude(sight.hidden_from(member))
    if asked.person is not None:
        rows = rows.filter(actor_id=asked.person)
    if asked.document is not None:
        rows = rows.filter(within(member.corpus_id, asked.document))
    if asked.group:
        rows = rows.filter(kind__in=activity.kinds_of(asked.group))
    if asked.first:
        rows = rows.filter(at__gte=beginning(asked.first))
    if asked.last and asked.last < date.max:
        rows = rows.filter(at__lt=beginning(asked.last + timedelta(days=1)))
    return rows.select_related("actor").order_by("-seq")


def about(member: Member, label: str) -> QuerySet[Event]:
    """The events of the statement with this number and of what hangs on it; none when there is no such statement."""
    statement = named(member, label)
    if statement is None:
        return Event.objects.none()
    found = history.of_statement(statement).order_by()  # in no order: else the whole history is walked in its own
    return Event.objects.filter(pk__in=found.values("pk"), corpus_id=member.corpus_id)


def named(member: Member, label: str) -> Statement | None:
    """The statement with this number, removed and merged ones, too: their history stays."""
    found = LABEL.fullmatch(label.strip())
    if found is None:
        return None
    kind, number = KINDS[found[1].upper()], int(found[2])
    return Statement.objects.filter(corpus_id=member.corpus_id, kind=kind, number=number).first()


def within(corpus: int, document: int) -> Q:
    """Events of a document, those of many rows at once included."""
    bulk = EventObject.objects.filter(object_type="document", object_id=document, event__corpus_id=corpus)
    many = list(bulk.values_list("event_id", flat=True))
    if not many:
        return Q(document_id=document)
    found = Event.objects.filter(Q(document_id=document) | Q(pk__in=many), corpus_id=corpus)
    return Q(pk__in=found.values("pk"))


def beginning(day: date) -> str:
    """The first moment of a local day, as events write it."""
    return stamp(timezone.make_aware(datetime.combine(day, time.min)))


def of_others(member: Member, since: int) -> QuerySet[Event]:
    """What others did after the event `since`, as far as this member may see it, newest first."""
    return events(member).filter(seq__gt=since).exclude(actor=member)


def digest(member: Member, since: int) -> list[Sum]:
    """The same summed up by person and part, the latest first; one query."""
    part = Case(*[When(kind__in=one.kinds, then=Value(one.code)) for one in activity.PARTS], default=Value(""))
    rows = of_others(member, since).annotate(share=part).order_by().values_list("actor_id", "actor__name", "share")
    counted = rows.annotate(
        Count("pk"), Count("object_id", distinct=True), Count("document_id", distinct=True), Max("seq")
    )
    return sorted(sums(counted), key=lambda one: -one.last)


def sums(rows: Iterable[tuple[int | None, str | None, str, int, int, int, int]]) -> list[Sum]:
    """Lines of the database as sums; a kind of a later version, which no part knows, is left to the feed."""
    parts = {one.code: one for one in activity.PARTS}
    return [Sum(parts[row[2]], row[0], row[1] or "", *row[3:]) for row in rows if row[2] in parts]

"""A corpus at a glance: counts by status, verdict and progress, one's own work, progress of reading. Counts name
their unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from annotations.models import Annotation, Document, Event, Member, ReadingState, Statement
from annotations.rules import roles, vocabulary
from annotations.rules.workflow import shown_status
from annotations.services import activity

#: Where nothing is left to do for the one to whom a statement was given.
SETTLED = Q(work__in=("approved", "set_aside")) | Q(public="withdrawn")


@dataclass(frozen=True, slots=True)
class Bar:
    """One count: code of its vocabulary, number, and the query of the Tracker that lists them."""

    code: str
    count: int
    query: str


def statements(member: Member) -> QuerySet[Statement]:
    return Statement.objects.visible_to(member).filter(redirect_to=None)


def by_status(member: Member, kind: str) -> list[Bar]:
    """Statements of this kind by shown status, in workflow order, empty ones left out."""
    rows = statements(member).filter(kind=kind).values("work", "public").annotate(n=Count("id")).order_by()
    found: dict[str, int] = {}
    for row in rows:
        status = shown_status(row["work"], row["public"])
        found[status] = found.get(status, 0) + row["n"]
    return [Bar(code, found[code], f"kind={kind}&status={code}") for code in vocabulary.STATUSES.codes if code in found]


def by_verdict(member: Member) -> list[Bar]:
    rows = (
        statements(member).filter(kind="claim").exclude(verdict="").values("verdict").annotate(n=Count("id")).order_by()
    )
    found = {row["verdict"]: row["n"] for row in rows}
    return [Bar(code, found[code], f"verdict={code}") for code in vocabulary.VERDICTS.codes if code in found]


def by_progress(member: Member) -> list[Bar]:
    tracked = statements(member).filter(kind="proposal", work="tracked")
    found = {row["progress"]: row["n"] for row in tracked.values("progress").annotate(n=Count("id")).order_by()}
    return [
        Bar(code, found[code], f"kind=proposal&status=tracked&progress={code}")
        for code in vocabulary.PROGRESS.codes
        if code in found
    ]


def matrix(member: Member) -> list[tuple[str, int, int]]:
    """(status, claims, proposals) for every status that occurs."""
    claims = {bar.code: bar.count for bar in by_status(member, "claim")}
    proposals = {bar.code: bar.count for bar in by_status(member, "proposal")}
    codes = [code for code in vocabulary.STATUSES.codes if code in claims or code in proposals]
    return [(code, claims.get(code, 0), proposals.get(code, 0)) for code in codes]


def mine(member: Member, today: date) -> dict[str, QuerySet[Statement]]:
    """One's own work lists, as far as one's role goes."""
    rows = statements(member)
    found = {"triage": rows.filter(work="untriaged", public="none")} if roles.allows(member.role, "triage") else {}
    if roles.allows(member.role, "verify"):
        found["check"] = rows.filter(assignee=member, work__in=("queued", "in_progress", "changes_requested"))
    if roles.allows(member.role, "review"):
        own = Q(verifications__author=member, verifications__state="in_review")
        found["review"] = rows.filter(work="in_review").exclude(own)
    found["given"] = rows.filter(assignee=member).exclude(SETTLED)
    found["due"] = due(member, today)
    return found


def due(member: Member, until: date) -> QuerySet[Statement]:
    """What was given to this member and is to be done until then, or should have been."""
    return statements(member).filter(assignee=member, due__lte=until).exclude(SETTLED)


def reading(member: Member) -> Mapping[str, int]:
    """Documents read, being read and unread by this member."""
    total = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None).count()
    states = ReadingState.objects.filter(member=member, document__removed_at=None, document__corpus_id=member.corpus_id)
    read = states.filter(state__in=("read", "nothing")).count()
    begun = states.filter(state="reading").count()
    return {"total": total, "read": read, "reading": begun, "unread": total - read - begun}


def continue_reading(member: Member) -> ReadingState | None:
    """The document one was last reading."""
    begun = ReadingState.objects.filter(member=member, state="reading", document__removed_at=None)
    return begun.select_related("document__current").order_by("-updated_at").first()


def marked_by(member: Member, document: Document) -> int:
    return Annotation.objects.filter(document=document, created_by=member, removed_at=None).count()


def lately(member: Member, limit: int = 6) -> QuerySet[Event]:
    """The last things others did, whether seen or not, newest first."""
    return activity.of_others(member, 0)[:limit]


def documents_progress(member: Member, limit: int = 6) -> list[dict[str, object]]:
    """The newest documents with passages and how many people have read them."""
    rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None).order_by("-id")
    rows = rows.annotate(readers=Count("reading", filter=Q(reading__state__in=("read", "nothing"))))
    return [{"document": row, "passages": row.annotation_count, "readers": row.readers} for row in rows[:limit]]

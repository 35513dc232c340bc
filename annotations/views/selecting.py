"""Selecting evidence in a snapshot: for which claim and answer, what was taken from it already, what scripts need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from annotations.models import Answer, Evidence, Member, Snapshot, Source, Statement
from annotations.rules import roles, vocabulary
from annotations.services import lookup, quotes
from annotations.views.door import PageRequest
from annotations.views.reader import labels, words
from annotations.views.statements import statement_of


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody came for: evidence for a statement, under an answer of its check when that is theirs to write.

    `carry` is the query that takes it along ("?for=C-2&answer=7"; "" without a statement). `missed`: an answer was
    named and cannot be used.
    """

    statement: Statement | None = None
    answer: Answer | None = None
    carry: str = ""
    missed: bool = False


def purpose_of(request: PageRequest) -> Purpose:
    """`?for=C-2` and `&answer=7`, as far as this member may attach evidence there; 404 for an unknown statement."""
    label, asked = request.GET.get("for", ""), request.GET.get("answer", "")
    if not label or not roles.allows(request.member.role, "add_evidence"):
        return Purpose()
    statement = statement_of(request, label)
    answer = answer_of(request.member, statement, int(asked)) if asked.isdecimal() else None
    named = {"for": statement.label} | ({"answer": str(answer.pk)} if answer else {})
    return Purpose(statement, answer, f"?{urlencode(named)}", bool(asked) and answer is None)


def answer_of(member: Member, statement: Statement, pk: int) -> Answer | None:
    """An answer of the check that this member is writing; None for any other."""
    rows = Answer.objects.filter(pk=pk, question__verification__statement=statement)
    found = rows.select_related("question__verification").first()
    check = found.question.verification if found else None
    if check is None or check.state not in ("in_progress", "changes_requested"):
        return None
    writes = roles.allows(member.role, "verify") and member.pk in (check.author_id, statement.assignee_id)
    return found if writes else None


@dataclass(frozen=True, slots=True)
class Taken:
    """Evidence as the page of a snapshot shows it. `place`: where it stands there; `stance`: "" when it is private."""

    row: Evidence
    stance: str
    place: tuple[int, int] | None


def taken(source: Source, snapshot: Snapshot | None, member: Member) -> list[Taken]:
    """What rests on this source, as far as it was taken from this snapshot or stands in it, too; in reading order, what
    has no place at the end."""
    live = source.evidence.filter(removed_at=None, statement__removed_at=None)
    rows = list(live.select_related("statement", "created_by", "snapshot").order_by("id"))
    seen = lookup.stances_seen(rows, member)
    found = []
    for row in rows:
        place = quotes.place_in(snapshot, row) if snapshot else None
        if place or snapshot is None or row.snapshot_id in (None, snapshot.pk):
            found.append(Taken(row, row.stance if row.pk in seen else "", place))
    return sorted(found, key=lambda one: (one.place is None, one.place or (0, 0)))


def selecting(request: PageRequest, source: Source, snapshot: Snapshot | None, purpose: Purpose) -> dict[str, Any]:
    """The context of a page that shows a snapshot to select in; without one only what is described is shown."""
    found = taken(source, snapshot, request.member)
    slug = source.corpus.slug
    return {
        "purpose": purpose,
        "marked": [one for one in found if one.place],
        "unmarked": [one for one in found if not one.place],
        "records": [record(one, request.member, slug) for one in found if one.place],
        "boot": boot(request, source, snapshot, purpose) if snapshot else None,
    }


def record(one: Taken, member: Member, slug: str) -> dict[str, Any]:
    """A marked piece of evidence for the scripts (js/snapshot/records.js); its stance is "" while it is private."""
    row, (start, end) = one.row, one.place or (0, 0)
    statement = row.statement
    return {
        "id": row.pk, "version": row.version, "start": start, "end": end, "quote": row.quote, "stance": one.stance,
        "locator": row.locator, "medium": row.medium, "note": row.note, "snapshot": row.snapshot_id,
        "created_at": row.created_at,
        "creator": {"id": row.created_by_id, "name": str(row.created_by)},
        "own": row.created_by_id == member.pk and roles.allows(member.role, "add_evidence"),
        "statement": claim(statement), "page": reverse("statement_detail", args=[slug, statement.label]),
    }  # fmt: skip


def claim(row: Statement) -> dict[str, Any]:
    return {"id": row.pk, "label": row.label, "kind": row.kind, "text": row.text}


def boot(request: PageRequest, source: Source, snapshot: Snapshot, purpose: Purpose) -> dict[str, Any]:
    """What the scripts need to know besides the evidence itself; the words come apart (js_strings)."""
    member, slug = request.member, source.corpus.slug
    statement, answer = purpose.statement, purpose.answer
    return {
        "member": {"id": member.pk, "name": member.name, "can": roles.allows(member.role, "add_evidence")},
        "source": source.pk,
        "snapshot": snapshot.pk,
        "medium": "pdf" if snapshot.mime == "application/pdf" else "web_text",
        "purpose": {**claim(statement), "answer": answer.pk if answer else None} if statement else None,
        "cite": {"title": source.title, "author": ", ".join(source.authors), "date": source.published_date},
        "labels": {
            "stance": words(vocabulary.EVIDENCE_STANCES),
            "medium": words(vocabulary.MEDIUMS),
            "status": labels()["status"],
        },
        "keys": {"single": request.user.single_keys},  # type: ignore[union-attr]
        "urls": {
            "evidence": reverse("api_evidence", args=[0]).replace("/0/", "/{id}/"),
            "item": reverse("api_evidence_item", args=[0]).replace("/0/", "/{id}/"),
            "statement": reverse("statement_detail", args=[slug, "LABEL"]).replace("LABEL", "{label}"),
            "statements": reverse("api_statements", args=[member.corpus_id]),
            "undo": reverse("api_undo", args=[member.corpus_id]),
            "redo": reverse("api_redo", args=[member.corpus_id]),
        },
    }

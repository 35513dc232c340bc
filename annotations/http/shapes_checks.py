"""The shapes in which evidence, checks, milestones and relations leave over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from annotations.models import (
    Answer,
    Evidence,
    Member,
    Milestone,
    Question,
    Review,
    Statement,
    Verification,
)
from annotations.services import lookup, milestones
from annotations.services.relations import Seen


def evidence(row: Evidence, *, stance: bool) -> dict[str, Any]:
    """One piece of evidence; the stance is null while the verdict it bears on is private (UX.md 4.6)."""
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "statement": row.statement_id,
        "answer": row.answer_id, "source": row.source_id, "snapshot": row.snapshot_id, "quote": row.quote,
        "start": row.start, "end": row.end, "locator": row.locator, "medium": row.medium, "note": row.note,
        "stance": row.stance if stance else None,
        "quote_found": row.quote_found, "quote_stands": row.quote_stands,
        "created_at": row.created_at, "created_by": row.created_by_id,
    }  # fmt: skip


def evidence_for(rows: Sequence[Evidence], member: Member) -> list[dict[str, Any]]:
    seen = lookup.stances_seen(rows, member)
    return [evidence(row, stance=row.pk in seen) for row in rows]


def milestone(row: Milestone) -> dict[str, Any]:
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "statement": row.statement_id,
        "status": row.status, "date": row.date, "source": row.source_id, "note": row.note,
        "state": milestones.state_of(row), "created_by": row.created_by_id, "confirmed_by": row.confirmed_by_id,
        "refused_by": row.refused_by_id, "refused_reason": row.refused_reason, "created_at": row.created_at,
    }  # fmt: skip


def end(row: Statement) -> dict[str, Any]:
    """A statement as one end of a relation."""
    return {"id": row.pk, "label": row.label, "kind": row.kind, "text": row.text}


def relation(seen: Seen) -> dict[str, Any]:
    """A relation as one of its statements sees it."""
    row = seen.row
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "type": row.type, "state": row.state,
        "rationale": row.rationale, "source": row.source_id, "target": row.target_id, "outward": seen.outward,
        "other": end(seen.other), "created_by": row.created_by_id, "created_at": row.created_at,
    }  # fmt: skip


def verification(row: Verification, member: Member) -> dict[str, Any]:
    """A check as this member may read it. `hidden`: only that it exists; a reviewer sees questions and quotes, but no
    answers, stances or verdict, until their own verdict is recorded (UX.md 4.6)."""
    found = {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "statement": row.statement_id,
        "number": row.number, "state": row.state, "author": row.author_id, "created_at": row.created_at,
        "updated_at": row.updated_at, "approved_at": row.approved_at,
    }  # fmt: skip
    if Verification.objects.filter(pk=row.pk).readable_by(member).exists():
        return {**found, "hidden": False, **contents(row)}
    blind = lookup.blind(row, member)
    return {**found, "hidden": True, **({"questions": [blind_question(q) for q in questions(row)]} if blind else {})}


def contents(row: Verification) -> dict[str, Any]:
    """Everything that is private until the check is approved."""
    return {
        "verdict": row.verdict, "flags": row.flags, "justification": row.justification, "as_of_date": row.as_of_date,
        "limitations": row.limitations, "claimant_contacted": row.claimant_contacted,
        "claimant_note": row.claimant_note, "sole_source_reason": row.sole_source_reason,
        "search_log": row.search_log, "contributors": [one.pk for one in row.contributors.order_by("id")],
        "questions": [question(one) for one in questions(row)], "reviews": [review(one) for one in row.reviews.all()],
    }  # fmt: skip


def questions(row: Verification) -> list[Question]:
    live = Prefetch("answers__evidence", Evidence.objects.filter(removed_at=None).order_by("id"))
    return list(row.questions.prefetch_related("answers", live))


def question(row: Question) -> dict[str, Any]:
    return {"id": row.pk, "text": row.text, "order": row.order, "answers": [answer(one) for one in row.answers.all()]}


def answer(row: Answer) -> dict[str, Any]:
    return {
        "id": row.pk, "text": row.text, "type": row.type, "boolean_explanation": row.boolean_explanation,
        "evidence": [evidence(one, stance=True) for one in row.evidence.all()],
    }  # fmt: skip


def blind_question(row: Question) -> dict[str, Any]:
    """A question with the quotes that were found, and nothing of what the checker made of them."""
    quotes = [one for answer in row.answers.all() for one in answer.evidence.all()]
    return {
        "id": row.pk, "text": row.text, "order": row.order,
        "quotes": [{"source": one.source_id, "quote": one.quote, "locator": one.locator} for one in quotes],
    }  # fmt: skip


def review(row: Review) -> dict[str, Any]:
    return {
        "id": row.pk, "reviewer": row.reviewer_id, "blind_verdict": row.blind_verdict,
        "blind_reason": row.blind_reason, "after_discussion": row.after_discussion, "decision": row.decision,
        "comment": row.comment, "created_at": row.created_at,
    }  # fmt: skip

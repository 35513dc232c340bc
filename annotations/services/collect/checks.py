"""Checks, evidence and milestones as records; an unreviewed check only for those who worked on it (UX.md 4.6)."""

from __future__ import annotations

from collections.abc import Iterator

from annotations import models as m
from annotations import records as r
from annotations.models import Member
from annotations.services.collect.texts import utc

CHUNK = 500


def _uid(row: object) -> str | None:
    return str(row.uid) if row is not None else None  # type: ignore[attr-defined]


def verifications(member: Member) -> Iterator[r.VerificationRecord]:
    rows = m.Verification.objects.filter(corpus_id=member.corpus_id).visible_to(member).order_by("id")
    rows = rows.select_related("statement", "author").prefetch_related("questions__answers", "reviews__reviewer")
    for row in rows.filter(statement__removed_at=None).iterator(CHUNK):
        yield r.VerificationRecord(
            uid=str(row.uid), statement=str(row.statement.uid), number=row.number, author=_uid(row.author),
            state=row.state, verdict=row.verdict, flags=tuple(row.flags), justification=row.justification,
            as_of_date=row.as_of_date, limitations=row.limitations, claimant_contacted=row.claimant_contacted,
            sole_source_reason=row.sole_source_reason, search_log=tuple(row.search_log),
            questions=tuple(_question(one) for one in row.questions.all()),
            reviews=tuple(_review(one) for one in row.reviews.all()), created_at=utc(row.created_at),
        )  # fmt: skip


def _question(row: m.Question) -> r.QuestionRecord:
    answers = tuple(
        r.AnswerRecord(str(one.uid), one.text, one.type, one.boolean_explanation) for one in row.answers.all()
    )
    return r.QuestionRecord(str(row.uid), row.text, row.order, answers)


def _review(row: m.Review) -> r.ReviewRecord:
    return r.ReviewRecord(
        uid=str(row.uid), reviewer=_uid(row.reviewer), blind_verdict=row.blind_verdict,
        after_discussion=row.after_discussion, decision=row.decision, comment=row.comment,
        created_at=utc(row.created_at),
    )  # fmt: skip


def evidence(member: Member) -> Iterator[r.EvidenceRecord]:
    """Placed evidence belongs to its check and is as private; what waits unplaced belongs to who added it."""
    visible = m.Verification.objects.filter(corpus_id=member.corpus_id).visible_to(member).values("pk")
    rows = m.Evidence.objects.filter(corpus_id=member.corpus_id, removed_at=None, statement__removed_at=None)
    placed = rows.filter(answer__question__verification__in=visible)
    loose = rows.filter(answer=None)
    own = loose.filter(created_by=member) | loose.exclude(statement__verifications__state__in=UNREVIEWED)
    for row in (placed | own).distinct().order_by("id").select_related("statement", "answer", "source", "created_by"):
        yield r.EvidenceRecord(
            uid=str(row.uid), statement=str(row.statement.uid), answer=_uid(row.answer), source=str(row.source.uid),
            quote=row.quote, locator=row.locator, stance=row.stance, medium=row.medium, note=row.note,
            created_at=utc(row.created_at), created_by=_uid(row.created_by),
        )  # fmt: skip


UNREVIEWED = ("in_progress", "in_review", "changes_requested")


def milestones(member: Member) -> Iterator[r.MilestoneRecord]:
    rows = m.Milestone.objects.filter(corpus_id=member.corpus_id, removed_at=None, refused_by=None)
    rows = rows.filter(statement__removed_at=None).order_by("id")
    for row in rows.select_related("statement", "source", "created_by", "confirmed_by"):
        yield r.MilestoneRecord(
            uid=str(row.uid), statement=str(row.statement.uid), status=row.status, date=row.date,
            source=_uid(row.source), note=row.note, created_by=_uid(row.created_by),
            confirmed_by=_uid(row.confirmed_by), created_at=utc(row.created_at),
        )  # fmt: skip

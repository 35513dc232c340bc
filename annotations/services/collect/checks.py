"""Checks, evidence and milestones as records of the dump. Who may see which of them stands in scope.py."""

from __future__ import annotations

from collections.abc import Iterator

from annotations import models as m
from annotations import records as r
from annotations.services.collect.scope import Scope
from annotations.services.collect.texts import uid, utc

CHUNK = 500


def verifications(scope: Scope) -> Iterator[r.VerificationRecord]:
    rows = scope.verifications.select_related("statement", "author", "created_by")
    brought = scope.brought_in
    for row in rows.prefetch_related("questions__answers", "reviews__reviewer", "contributors").iterator(CHUNK):
        yield r.VerificationRecord(
            uid=str(row.uid), statement=str(row.statement.uid), number=row.number, author=uid(row.author),
            state=row.state, verdict=row.verdict, flags=tuple(row.flags), justification=row.justification,
            as_of_date=row.as_of_date, limitations=row.limitations, claimant_contacted=row.claimant_contacted,
            sole_source_reason=row.sole_source_reason, search_log=tuple(row.search_log),
            questions=tuple(_question(one) for one in row.questions.all()),
            reviews=tuple(_review(one) for one in row.reviews.all()), created_at=utc(row.created_at),
            updated_at=utc(row.updated_at), approved_at=utc(row.approved_at), created_by=uid(row.created_by),
            claimant_note=row.claimant_note,
            contributors=_contributors(row, scope.member.pk if row.pk in brought else 0),
        )  # fmt: skip


def _contributors(row: m.Verification, reader: int) -> tuple[str, ...]:
    """Besides the author; without `reader`, who imported the check and has only read it."""
    people = (one for one in row.contributors.all() if one.pk not in (row.author_id, reader))
    return tuple(str(one.uid) for one in sorted(people, key=lambda one: one.pk))


def _question(row: m.Question) -> r.QuestionRecord:
    answers = tuple(
        r.AnswerRecord(str(one.uid), one.text, one.type, one.boolean_explanation) for one in row.answers.all()
    )
    return r.QuestionRecord(str(row.uid), row.text, row.order, answers)


def _review(row: m.Review) -> r.ReviewRecord:
    return r.ReviewRecord(
        uid=str(row.uid), reviewer=uid(row.reviewer), blind_verdict=row.blind_verdict,
        after_discussion=row.after_discussion, decision=row.decision, comment=row.comment,
        created_at=utc(row.created_at), blind_reason=row.blind_reason,
    )  # fmt: skip


def evidence(scope: Scope) -> Iterator[r.EvidenceRecord]:
    rows = scope.evidence.select_related("statement", "answer", "source", "snapshot", "created_by")
    for row in rows.iterator(CHUNK):
        yield r.EvidenceRecord(
            uid=str(row.uid), statement=str(row.statement.uid), answer=uid(row.answer), source=str(row.source.uid),
            quote=row.quote, locator=row.locator, stance=row.stance, medium=row.medium, note=row.note,
            created_at=utc(row.created_at), created_by=uid(row.created_by), updated_at=utc(row.updated_at),
            snapshot=uid(row.snapshot), start=row.start, end=row.end,
        )  # fmt: skip


def milestones(scope: Scope) -> Iterator[r.MilestoneRecord]:
    rows = scope.milestones.select_related("statement", "source", "created_by", "confirmed_by", "refused_by")
    for row in rows.iterator(CHUNK):
        source = row.source if row.source and row.source.removed_at is None else None
        yield r.MilestoneRecord(
            uid=str(row.uid), statement=str(row.statement.uid), status=row.status, date=row.date, source=uid(source),
            note=row.note, created_by=uid(row.created_by), confirmed_by=uid(row.confirmed_by),
            created_at=utc(row.created_at), updated_at=utc(row.updated_at), confirmed_at=utc(row.confirmed_at),
            refused_by=uid(row.refused_by), refused_reason=row.refused_reason,
        )  # fmt: skip

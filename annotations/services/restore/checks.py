"""Importing checks with questions, answers and reviews; evidence; milestones."""

from __future__ import annotations

from collections.abc import Sequence

from annotations import models as m
from annotations import records as r
from annotations.services.restore.context import Restoring, moment


def verifications(job: Restoring, records: Sequence[r.VerificationRecord]) -> None:
    answers = job.ids.setdefault("answers", {})
    answers.update({str(uid): pk for uid, pk in m.Answer.objects.filter(corpus=job.corpus).values_list("uid", "pk")})
    for record in job.new("verifications", m.Verification, records):
        row = m.Verification.objects.create(
            corpus=job.corpus, uid=record.uid, statement_id=job.ids["statements"][record.statement],
            number=record.number, author_id=job.member(record.author), state=record.state, verdict=record.verdict,
            flags=list(record.flags), justification=record.justification, as_of_date=record.as_of_date,
            limitations=record.limitations, claimant_contacted=record.claimant_contacted,
            sole_source_reason=record.sole_source_reason, search_log=[dict(entry) for entry in record.search_log],
            created_at=moment(record.created_at), updated_at=job.op.at, created_by_id=job.member(record.author),
        )  # fmt: skip
        if row.author_id:
            row.contributors.add(row.author_id)
        job.keep("verifications", record.uid, row)
        for question in record.questions:
            _question(job, row, question)
        for review in record.reviews:
            m.Review.objects.create(
                corpus=job.corpus, uid=review.uid, verification=row, reviewer_id=job.member(review.reviewer),
                blind_verdict=review.blind_verdict, after_discussion=review.after_discussion,
                decision=review.decision, comment=review.comment, created_at=moment(review.created_at),
            )  # fmt: skip


def _question(job: Restoring, check: m.Verification, record: r.QuestionRecord) -> None:
    row = m.Question.objects.create(
        corpus=job.corpus, uid=record.uid, verification=check, text=record.text, order=record.order
    )
    for answer in record.answers:
        made = m.Answer.objects.create(
            corpus=job.corpus, uid=answer.uid, question=row, text=answer.text, type=answer.type,
            boolean_explanation=answer.boolean_explanation,
        )  # fmt: skip
        job.ids["answers"][answer.uid] = made.pk


def evidence(job: Restoring, records: Sequence[r.EvidenceRecord]) -> None:
    for record in job.new("evidence", m.Evidence, records):
        row = m.Evidence.objects.create(
            corpus=job.corpus, uid=record.uid, statement_id=job.ids["statements"][record.statement],
            answer_id=job.id("answers", record.answer), source_id=job.ids["sources"][record.source],
            quote=record.quote, locator=record.locator, stance=record.stance, medium=record.medium, note=record.note,
            created_at=moment(record.created_at), updated_at=job.op.at, created_by_id=job.member(record.created_by),
        )  # fmt: skip
        job.keep("evidence", record.uid, row)


def milestones(job: Restoring, records: Sequence[r.MilestoneRecord]) -> None:
    for record in job.new("milestones", m.Milestone, records):
        row = m.Milestone.objects.create(
            corpus=job.corpus, uid=record.uid, statement_id=job.ids["statements"][record.statement],
            status=record.status, date=record.date, source_id=job.id("sources", record.source), note=record.note,
            created_at=moment(record.created_at), updated_at=job.op.at, created_by_id=job.member(record.created_by),
            confirmed_by_id=job.member(record.confirmed_by),
            confirmed_at=job.op.at if record.confirmed_by else None,
        )  # fmt: skip
        job.keep("milestones", record.uid, row)

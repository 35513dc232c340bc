"""Importing checks with questions, answers and reviews; evidence; milestones."""

from __future__ import annotations

from collections.abc import Sequence

from annotations import models as m
from annotations import records as r
from annotations.services import quotes
from annotations.services.restore.context import Restoring, moment, some_moment


def verifications(job: Restoring, records: Sequence[r.VerificationRecord]) -> None:
    """Who imports a check under way has read it and counts as one who worked on it: never as its blind reviewer."""

    def build(record: r.VerificationRecord) -> m.Verification:
        return m.Verification(
            corpus=job.corpus, uid=record.uid, statement_id=job.ids["statements"][record.statement],
            number=record.number, author_id=job.member(record.author), state=record.state, verdict=record.verdict,
            flags=list(record.flags), justification=record.justification, as_of_date=record.as_of_date,
            limitations=record.limitations, claimant_contacted=record.claimant_contacted,
            sole_source_reason=record.sole_source_reason, search_log=[dict(entry) for entry in record.search_log],
            claimant_note=record.claimant_note, approved_at=some_moment(record.approved_at),
            created_at=moment(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.created_by or record.author),
        )  # fmt: skip

    pairs = job.write("verifications", m.Verification, records, build)
    for record, row in pairs:
        wrote = {row.author_id, *(job.member(one) for one in record.contributors)}
        readers = set() if record.state == "approved" else {job.op.by.pk}
        row.contributors.add(*((wrote | readers) - {None}))
    _questions(job, pairs)
    _reviews(job, pairs)


Pairs = Sequence[tuple[r.VerificationRecord, m.Verification]]


def _questions(job: Restoring, pairs: Pairs) -> None:
    asked = [(question, row) for record, row in pairs for question in record.questions]
    checks = {question.uid: row for question, row in asked}

    def question(record: r.QuestionRecord) -> m.Question:
        return m.Question(
            corpus=job.corpus, uid=record.uid, verification=checks[record.uid], text=record.text, order=record.order
        )

    made = job.write("questions", m.Question, [each for each, _ in asked], question)
    parents = {answer.uid: row for record, row in made for answer in record.answers}

    def answer(record: r.AnswerRecord) -> m.Answer:
        return m.Answer(
            corpus=job.corpus, uid=record.uid, question=parents[record.uid], text=record.text, type=record.type,
            boolean_explanation=record.boolean_explanation,
        )  # fmt: skip

    job.write("answers", m.Answer, [each for record, _ in made for each in record.answers], answer)


def _reviews(job: Restoring, pairs: Pairs) -> None:
    found = [(review, row) for record, row in pairs for review in record.reviews]
    checks = {review.uid: row for review, row in found}

    def build(record: r.ReviewRecord) -> m.Review:
        return m.Review(
            corpus=job.corpus, uid=record.uid, verification=checks[record.uid], reviewer_id=job.member(record.reviewer),
            blind_verdict=record.blind_verdict, after_discussion=record.after_discussion, decision=record.decision,
            comment=record.comment, created_at=moment(record.created_at), blind_reason=record.blind_reason,
        )  # fmt: skip

    job.write("reviews", m.Review, [each for each, _ in found], build)


def evidence(job: Restoring, records: Sequence[r.EvidenceRecord]) -> None:
    job.know("answers", m.Answer)
    job.know("snapshots", m.Snapshot)

    newest = quotes.newest_by_source(job.corpus)

    def build(record: r.EvidenceRecord) -> m.Evidence:
        row = m.Evidence(
            corpus=job.corpus, uid=record.uid, statement_id=job.ids["statements"][record.statement],
            answer_id=job.id("answers", record.answer), source_id=job.ids["sources"][record.source],
            quote=record.quote, locator=record.locator, stance=record.stance, medium=record.medium, note=record.note,
            snapshot_id=job.id("snapshots", record.snapshot), created_at=moment(record.created_at),
            updated_at=job.when(record.updated_at), created_by_id=job.member(record.created_by), start=record.start,
            end=record.end,
        )  # fmt: skip
        quotes.judge(row, newest.get(row.source_id))
        return row

    job.write("evidence", m.Evidence, records, build)


def milestones(job: Restoring, records: Sequence[r.MilestoneRecord]) -> None:
    def build(record: r.MilestoneRecord) -> m.Milestone:
        return m.Milestone(
            corpus=job.corpus, uid=record.uid, statement_id=job.ids["statements"][record.statement],
            status=record.status, date=record.date, source_id=job.id("sources", record.source), note=record.note,
            created_at=moment(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.created_by), confirmed_by_id=job.member(record.confirmed_by),
            confirmed_at=job.when(record.confirmed_at) if record.confirmed_by else None,
            refused_by_id=job.member(record.refused_by), refused_reason=record.refused_reason,
        )  # fmt: skip

    job.write("milestones", m.Milestone, records, build)

"""Importing statements, occurrences and relations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from annotations import models as m
from annotations import records as r
from annotations.services.restore.context import Restoring, moment
from annotations.services.statements import strengthen, take_number
from annotations.text.folding import fold_text

ROLES = ("proposer", "actor", "addressee", "beneficiary", "enforcer", "monitor")


def statements(job: Restoring, records: Sequence[r.StatementRecord]) -> None:
    redirects: list[tuple[m.Statement, str]] = []
    for record in job.new("statements", m.Statement, records):
        row = _statement(job, record)
        row.save(force_insert=True)
        job.keep("statements", record.uid, row)
        m.StatementTag.objects.bulk_create(
            m.StatementTag(statement=row, tag_id=job.ids["tags"][tag], corpus=job.corpus) for tag in record.tags
        )
        if record.proposal:
            _agents(job, row, record.proposal)
        if record.redirect_to:
            redirects.append((row, record.redirect_to))
    for row, target in redirects:
        row.redirect_to_id = job.id("statements", target)
        row.save(update_fields=["redirect_to"])


def _statement(job: Restoring, record: r.StatementRecord) -> m.Statement:
    answers = dict(record.triage_answers)
    row = m.Statement(
        corpus=job.corpus, uid=record.uid, kind=record.kind, number=_number(job, record), text=record.text,
        fold=fold_text(record.text), gloss_en=record.gloss_en, language=record.language,
        type=record.types[0] if record.types else "", more_types=list(record.types[1:]), wording=record.wording,
        work=record.work, public=record.public, verdict=record.verdict, verdict_as_of=record.verdict_as_of,
        progress=record.progress, progress_date=record.progress_date, triage_reason=record.triage_reason,
        triage_note=str(answers.get("note", "")), checkworthiness=record.checkworthiness, q1=answers.get("q1", ""),
        q2=answers.get("q2"), q3=answers.get("q3"), q4=answers.get("q4", ""), priority=record.priority,
        assignee_id=job.member(record.assignee), due=_date(record.due), about_date=record.about_date,
        reference_year=record.reference_year, resolve_by=_date(record.resolve_by),
        resolution_criteria=record.resolution_criteria, note=record.note, created_at=moment(record.created_at),
        updated_at=moment(record.updated_at), created_by_id=job.member(record.created_by),
    )  # fmt: skip
    if record.proposal:
        for name in ("mechanism", "instrument", "bindingness", "target", "deadline", "specificity"):
            setattr(row, name, getattr(record.proposal, name))
    return row


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(job: Restoring, record: r.StatementRecord) -> int:
    """Its own number where that is free, else the next one; a changed number is reported."""
    taken = m.Statement.objects.filter(corpus=job.corpus, kind=record.kind, number=record.number)
    if not taken.exists():
        return record.number
    number = take_number(job.corpus.pk, record.kind)
    prefix = "C" if record.kind == "claim" else "P"
    job.renumbered.append((f"{prefix}-{record.number}", f"{prefix}-{number}"))
    return number


def _agents(job: Restoring, row: m.Statement, proposal: r.ProposalRecord) -> None:
    m.StatementAgent.objects.bulk_create(
        m.StatementAgent(statement=row, agent_id=job.ids["agents"][uid], role=role)
        for role in ROLES
        for uid in getattr(proposal, role)
    )


def occurrences(job: Restoring, records: Sequence[r.OccurrenceRecord]) -> None:
    for record in job.new("occurrences", m.Occurrence, records):
        row = m.Occurrence.objects.create(
            corpus=job.corpus, uid=record.uid, annotation_id=job.ids["annotations"][record.annotation],
            statement_id=job.ids["statements"][record.statement], voice=record.voice,
            attributed_to_id=job.id("agents", record.attributed_to), reported_via=record.reported_via,
            author_stance=record.author_stance, modality=record.modality, utterance_date=record.utterance_date,
            fit=record.fit, difference=record.difference, prefilled=list(record.prefilled),
            created_at=moment(record.created_at), updated_at=job.op.at, created_by_id=job.member(record.created_by),
        )  # fmt: skip
        job.keep("occurrences", record.uid, row)
    ids = [job.ids["statements"][record.statement] for record in records]
    for statement in m.Statement.objects.filter(pk__in=ids, kind="proposal"):
        strengthen(statement)


def relations(job: Restoring, records: Sequence[r.RelationRecord]) -> None:
    for record in job.new("relations", m.Relation, records):
        row = m.Relation.objects.create(
            corpus=job.corpus, uid=record.uid, source_id=job.ids["statements"][record.source],
            target_id=job.ids["statements"][record.target], type=record.type, state=record.state,
            rationale=record.rationale, created_at=moment(record.created_at), updated_at=job.op.at,
            created_by_id=job.member(record.created_by),
        )  # fmt: skip
        job.keep("relations", record.uid, row)

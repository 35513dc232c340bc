"""Importing statements, occurrences and relations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from annotations import models as m
from annotations import records as r
from annotations.rules.vocabulary import PROPOSAL_ROLES
from annotations.services.occurrences import strengthen
from annotations.services.restore.context import Restoring, moment, some_moment
from annotations.text.folding import fold_text

ANATOMY = ("mechanism", "instrument", "bindingness", "target", "deadline", "specificity")


def statements(job: Restoring, records: Sequence[r.StatementRecord]) -> None:
    taken = set(m.Statement.objects.filter(corpus=job.corpus).values_list("kind", "number"))
    wanted = {(record.kind, record.number) for record in records}
    checks = _published(job)

    def build(record: r.StatementRecord) -> m.Statement:
        return _statement(job, record, _number(job, record, taken, wanted), checks)

    pairs = job.write("statements", m.Statement, records, build)
    job.link(
        m.StatementTag,
        (
            m.StatementTag(statement=row, tag_id=tag, corpus=job.corpus)
            for record, row in pairs
            for tag in job.tags(record.tags)
        ),
    )
    job.link(m.StatementAgent, (agent for record, row in pairs for agent in _agents(job, row, record.proposal)))
    _corrections(job, pairs)
    merged = [(record, row) for record, row in pairs if record.redirect_to]
    for record, row in merged:
        row.redirect_to_id = job.id("statements", record.redirect_to)
    m.Statement.objects.bulk_update([row for _, row in merged], ["redirect_to"], batch_size=100)


def _corrections(job: Restoring, pairs: Sequence[tuple[r.StatementRecord, m.Statement]]) -> None:
    found = [(correction, row) for record, row in pairs for correction in record.corrections]
    corrected = {correction.uid: row for correction, row in found}

    def build(record: r.CorrectionRecord) -> m.Correction:
        return m.Correction(
            corpus=job.corpus, uid=record.uid, statement=corrected[record.uid], from_version=record.from_version,
            to_version=record.to_version, kind=record.kind, public_note=record.public_note,
            requested_by=record.requested_by, created_at=moment(record.created_at),
            created_by_id=job.member(record.created_by),
        )  # fmt: skip

    job.write("corrections", m.Correction, [each for each, _ in found], build)


def _published(job: Restoring) -> dict[str, int]:
    """The newest approved check of each statement: the one that is public where the statement is."""
    found: dict[str, int] = {}
    for record in job.ready.tables["verifications"]:
        if record.state == "approved":
            found[record.statement] = max(record.number, found.get(record.statement, 0))
    return found


def _statement(job: Restoring, record: r.StatementRecord, number: int, checks: dict[str, int]) -> m.Statement:
    answers: dict[str, Any] = dict(record.triage_answers)  # checking.py has looked at their types
    row = m.Statement(
        corpus=job.corpus, uid=record.uid, kind=record.kind, number=number, text=record.text,
        fold=fold_text(record.text), gloss_en=record.gloss_en, language=record.language,
        type=record.types[0] if record.types else "", more_types=list(record.types[1:]), wording=record.wording,
        work=record.work, public=record.public, verdict=record.verdict, verdict_as_of=record.verdict_as_of,
        published_version=_public_check(record, checks), published_at=some_moment(record.published_at),
        progress=record.progress, progress_date=record.progress_date, triage_reason=record.triage_reason,
        triage_note=str(answers.get("note", "")), checkworthiness=record.checkworthiness, q1=answers.get("q1", ""),
        q2=answers.get("q2"), q3=answers.get("q3"), q4=answers.get("q4", ""), priority=record.priority,
        assignee_id=job.member(record.assignee), due=_date(record.due), about_date=record.about_date,
        reference_year=record.reference_year, resolve_by=_date(record.resolve_by),
        resolution_criteria=record.resolution_criteria, note=record.note, created_at=moment(record.created_at),
        updated_at=moment(record.updated_at), created_by_id=job.member(record.created_by),
    )  # fmt: skip
    for name in ANATOMY if record.proposal else ():
        setattr(row, name, getattr(record.proposal, name))
    return row


def _public_check(record: r.StatementRecord, checks: dict[str, int]) -> int | None:
    """The number of the check that is public. Older dumps do not tell it: the newest approved one then was."""
    if record.published_version is not None or record.public not in ("published", "paused"):
        return record.published_version
    return checks.get(record.uid)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(
    job: Restoring, record: r.StatementRecord, taken: set[tuple[str, int]], wanted: set[tuple[str, int]]
) -> int:
    """Its own number where that is free, else the next that nobody has or wants; a changed number is reported."""
    number = record.number
    if (record.kind, number) in taken:
        highest = max(used for kind, used in taken | wanted if kind == record.kind)
        number = max(highest, _last(job, record.kind)) + 1
        prefix = m.statement.PREFIX[record.kind]
        job.renumbered.append((f"{prefix}-{record.number}", f"{prefix}-{number}"))
    taken.add((record.kind, number))
    return number


def _last(job: Restoring, kind: str) -> int:
    head = m.CorpusHead.objects.get(corpus=job.corpus)
    return head.last_claim if kind == "claim" else head.last_proposal


def _agents(job: Restoring, row: m.Statement, proposal: r.ProposalRecord | None) -> list[m.StatementAgent]:
    roles = PROPOSAL_ROLES.codes if proposal else ()
    known = {(part.role, part.agent): part for part in proposal.parts} if proposal else {}

    def agent(role: str, uid: str) -> m.StatementAgent:
        found = m.StatementAgent(statement=row, agent_id=job.ids["agents"][uid], role=role)
        if part := known.get((role, uid)):
            found.rests_on, found.prefilled = part.rests_on, part.prefilled
        return found

    return [agent(role, uid) for role in roles for uid in getattr(proposal, role)]


def occurrences(job: Restoring, records: Sequence[r.OccurrenceRecord]) -> None:
    def build(record: r.OccurrenceRecord) -> m.Occurrence:
        return m.Occurrence(
            corpus=job.corpus, uid=record.uid, annotation_id=job.ids["annotations"][record.annotation],
            statement_id=job.ids["statements"][record.statement], voice=record.voice,
            attributed_to_id=job.id("agents", record.attributed_to), reported_via=record.reported_via,
            author_stance=record.author_stance, modality=record.modality, utterance_date=record.utterance_date,
            fit=record.fit, difference=record.difference, prefilled=list(record.prefilled),
            created_at=moment(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.created_by),
        )  # fmt: skip

    pairs = job.write("occurrences", m.Occurrence, records, build)
    worded = {row.statement_id for record, row in pairs if record.modality}
    for statement in m.Statement.objects.filter(pk__in=worded, kind="proposal"):
        strengthen(statement)


def relations(job: Restoring, records: Sequence[r.RelationRecord]) -> None:
    def build(record: r.RelationRecord) -> m.Relation:
        return m.Relation(
            corpus=job.corpus, uid=record.uid, source_id=job.ids["statements"][record.source],
            target_id=job.ids["statements"][record.target], type=record.type, state=record.state,
            rationale=record.rationale, created_at=moment(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.created_by),
        )  # fmt: skip

    job.write("relations", m.Relation, records, build)

"""Statements with their anatomy and corrections, and relations, as records of the dump."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Prefetch

from annotations import models as m
from annotations import records as r
from annotations.rules.vocabulary import PROPOSAL_ROLES
from annotations.services.collect import passage_tables
from annotations.services.collect.scope import Scope
from annotations.services.collect.texts import day, uid, utc

CHUNK = 500
#: Words of a proposal; its number is `specificity`, its agents stand in rows of their own.
ANATOMY = ("mechanism", "instrument", "bindingness", "target", "deadline")


def statements(scope: Scope) -> Iterator[r.StatementRecord]:
    links = m.StatementTag.objects.filter(tag__in=scope.tags).order_by("id")
    tags = passage_tables.uids(scope)
    roles = m.StatementAgent.objects.select_related("agent").order_by("id")
    rows = scope.statements.select_related("created_by", "assignee", "redirect_to")
    corrections = m.Correction.objects.select_related("created_by").order_by("id")
    rows = rows.prefetch_related(
        Prefetch("tag_rows", links), Prefetch("agent_rows", roles), Prefetch("corrections", corrections)
    )
    for row in rows.iterator(CHUNK):
        yield statement(row, tags)


def statement(row: m.Statement, tags: Mapping[int, str]) -> r.StatementRecord:
    return r.StatementRecord(
        uid=str(row.uid), number=row.number, kind=row.kind, text=row.text, gloss_en=row.gloss_en,
        language=row.language, types=_types(row), wording=row.wording,
        work=row.work, public=row.public, verdict=row.verdict, verdict_as_of=row.verdict_as_of, progress=row.progress,
        progress_date=row.progress_date, triage_reason=row.triage_reason, checkworthiness=row.checkworthiness,
        triage_answers=_answers(row), priority=row.priority, assignee=uid(row.assignee), due=day(row.due),
        about_date=row.about_date, reference_year=row.reference_year, resolve_by=day(row.resolve_by),
        resolution_criteria=row.resolution_criteria, note=row.note, redirect_to=uid(row.redirect_to),
        tags=tuple(dict.fromkeys(tags[link.tag_id] for link in row.tag_rows.all())), created_at=utc(row.created_at),
        created_by=uid(row.created_by), updated_at=utc(row.updated_at),
        proposal=_proposal(row) if row.kind == "proposal" or _has_anatomy(row) else None,
        published_version=row.published_version, published_at=utc(row.published_at),
        corrections=tuple(_correction(one) for one in row.corrections.all()),
    )  # fmt: skip


def _types(row: m.Statement) -> tuple[str, ...]:
    """The primary one first; "" stands there when only further ones were chosen."""
    return (row.type, *row.more_types) if row.type or row.more_types else ()


def _correction(row: m.Correction) -> r.CorrectionRecord:
    return r.CorrectionRecord(
        uid=str(row.uid), from_version=row.from_version, to_version=row.to_version, kind=row.kind,
        public_note=row.public_note, requested_by=row.requested_by, created_at=utc(row.created_at),
        created_by=uid(row.created_by),
    )  # fmt: skip


def _answers(row: m.Statement) -> dict[str, object]:
    found = {"q1": row.q1, "q2": row.q2, "q3": row.q3, "q4": row.q4, "note": row.triage_note}
    return {name: value for name, value in found.items() if value not in ("", None)}


def _has_anatomy(row: m.Statement) -> bool:
    """A claim that has been given facts of a proposal keeps them."""
    return any(getattr(row, name) for name in ANATOMY) or row.specificity is not None or bool(row.agent_rows.all())


def _proposal(row: m.Statement) -> r.ProposalRecord:
    by_role: dict[str, list[str]] = {}
    parts = []
    for link in row.agent_rows.all():
        by_role.setdefault(link.role, []).append(str(link.agent.uid))
        if link.rests_on or link.prefilled:
            parts.append(r.PartRecord(link.role, str(link.agent.uid), link.rests_on, link.prefilled))
    return r.ProposalRecord(
        proposer=tuple(by_role.get("proposer", ())), actor=tuple(by_role.get("actor", ())),
        addressee=tuple(by_role.get("addressee", ())), beneficiary=tuple(by_role.get("beneficiary", ())),
        enforcer=tuple(by_role.get("enforcer", ())), monitor=tuple(by_role.get("monitor", ())),
        mechanism=row.mechanism, instrument=row.instrument, bindingness=row.bindingness, target=row.target,
        deadline=row.deadline, specificity=row.specificity,
        parts=tuple(sorted(parts, key=lambda part: PROPOSAL_ROLES.codes.index(part.role))),
    )  # fmt: skip


def relations(scope: Scope) -> Iterator[r.RelationRecord]:
    for row in scope.relations.select_related("source", "target", "created_by").iterator(CHUNK):
        yield r.RelationRecord(
            uid=str(row.uid), source=str(row.source.uid), target=str(row.target.uid), type=row.type, state=row.state,
            rationale=row.rationale, created_at=utc(row.created_at), created_by=uid(row.created_by),
            updated_at=utc(row.updated_at),
        )  # fmt: skip

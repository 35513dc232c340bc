"""The tables of the lossless dump: one generator a table, every reference a uid, in the order of records.TABLES."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from annotations import models as m
from annotations import records as r
from annotations.services.collect import checks, passage_tables
from annotations.services.collect.scope import Scope
from annotations.services.collect.texts import day, uid, utc
from annotations.text.blocks import Block

CHUNK = 500
#: Documents carry their whole texts.
TEXTS_AT_ONCE = 20


def members(scope: Scope) -> Iterator[r.MemberRecord]:
    for row in scope.members:
        yield r.MemberRecord(uid=str(row.uid), name=row.name, role=row.role)


def agents(scope: Scope) -> Iterator[r.AgentRecord]:
    for row in scope.agents.iterator(CHUNK):
        yield r.AgentRecord(str(row.uid), row.name, row.type, tuple(row.aliases), row.url, row.note)


def tag_sets(scope: Scope) -> Iterator[r.TagSetRecord]:
    for row in scope.tag_sets:
        yield r.TagSetRecord(str(row.uid), row.name, row.scope, row.many, row.closed, row.order)


def tags(scope: Scope) -> Iterator[r.TagRecord]:
    for row in scope.tags.select_related("tag_set", "parent"):
        yield r.TagRecord(
            uid=str(row.uid), tag_set=str(row.tag_set.uid), code=row.code, label=row.label,
            label_zh_hans=row.label_zh_hans, label_zh_hant=row.label_zh_hant, definition=row.definition,
            colour=row.colour, key=row.key, parent=uid(row.parent), deprecated=row.deprecated, order=row.order,
        )  # fmt: skip


def sources(scope: Scope) -> Iterator[r.SourceRecord]:
    for row in scope.sources.select_related("created_by").iterator(CHUNK):
        yield r.SourceRecord(
            uid=str(row.uid), title=row.title, type=row.type, publisher=row.publisher, authors=tuple(row.authors),
            published_date=row.published_date, url=row.url, identifier=row.identifier, language=row.language,
            reliability_note=row.reliability_note, interests_note=row.interests_note,
            independent_group=row.independent_group, created_at=utc(row.created_at), created_by=uid(row.created_by),
        )  # fmt: skip


def documents(scope: Scope) -> Iterator[r.DocumentRecord]:
    versions = m.Version.objects.select_related("text", "file", "created_by").order_by("number")
    links = m.DocumentTag.objects.filter(tag__in=scope.tags).select_related("tag").order_by("id")
    rows = scope.documents.select_related("created_by", "batch")
    rows = rows.prefetch_related(Prefetch("versions", versions), Prefetch("tag_rows", links))
    for row in rows.iterator(TEXTS_AT_ONCE):
        yield r.DocumentRecord(
            uid=str(row.uid), title=row.title, language=row.language, genre=row.genre, authors=tuple(row.authors),
            affiliation=row.affiliation, publisher=row.publisher, source_note=row.source_note, url=row.url,
            published_date=row.published_date, not_before=row.not_before, reference_year=row.reference_year,
            rights=row.rights, proposed=tuple(row.proposed), batch=row.batch.label if row.batch else "",
            tags=tuple(str(link.tag.uid) for link in row.tag_rows.all()), note=row.note,
            created_at=utc(row.created_at), created_by=uid(row.created_by),
            versions=tuple(version(one) for one in row.versions.all()),
        )  # fmt: skip


def version(row: m.Version) -> r.VersionRecord:
    return r.VersionRecord(
        uid=str(row.uid), number=row.number, sha256=row.sha256, raw_text=row.text.raw, clean_text=row.text.clean,
        cleaner=row.cleaner, offset_map=row.text.offsets, blocks=tuple(Block(*one) for one in row.text.block_rows),
        file_name=row.file_name, file_sha256=row.file.sha256 if row.file else "", reader=row.reader,
        created_at=utc(row.created_at), created_by=uid(row.created_by),
    )  # fmt: skip


def statements(scope: Scope) -> Iterator[r.StatementRecord]:
    links = m.StatementTag.objects.filter(tag__in=scope.tags).select_related("tag").order_by("id")
    roles = m.StatementAgent.objects.select_related("agent").order_by("id")
    rows = scope.statements.select_related("created_by", "assignee", "redirect_to")
    rows = rows.prefetch_related(Prefetch("tag_rows", links), Prefetch("agent_rows", roles))
    for row in rows.iterator(CHUNK):
        yield statement(row)


def statement(row: m.Statement) -> r.StatementRecord:
    return r.StatementRecord(
        uid=str(row.uid), number=row.number, kind=row.kind, text=row.text, gloss_en=row.gloss_en,
        language=row.language, types=tuple(code for code in (row.type, *row.more_types) if code), wording=row.wording,
        work=row.work, public=row.public, verdict=row.verdict, verdict_as_of=row.verdict_as_of, progress=row.progress,
        progress_date=row.progress_date, triage_reason=row.triage_reason, checkworthiness=row.checkworthiness,
        triage_answers=_answers(row), priority=row.priority, assignee=uid(row.assignee), due=day(row.due),
        about_date=row.about_date, reference_year=row.reference_year, resolve_by=day(row.resolve_by),
        resolution_criteria=row.resolution_criteria, note=row.note, redirect_to=uid(row.redirect_to),
        tags=tuple(str(link.tag.uid) for link in row.tag_rows.all()), created_at=utc(row.created_at),
        created_by=uid(row.created_by), updated_at=utc(row.updated_at),
        proposal=_proposal(row) if row.kind == "proposal" else None,
    )  # fmt: skip


def _answers(row: m.Statement) -> dict[str, object]:
    found = {"q1": row.q1, "q2": row.q2, "q3": row.q3, "q4": row.q4, "note": row.triage_note}
    return {name: value for name, value in found.items() if value not in ("", None)}


def _proposal(row: m.Statement) -> r.ProposalRecord:
    by_role: dict[str, list[str]] = {}
    for link in row.agent_rows.all():
        by_role.setdefault(link.role, []).append(str(link.agent.uid))
    return r.ProposalRecord(
        proposer=tuple(by_role.get("proposer", ())), actor=tuple(by_role.get("actor", ())),
        addressee=tuple(by_role.get("addressee", ())), beneficiary=tuple(by_role.get("beneficiary", ())),
        enforcer=tuple(by_role.get("enforcer", ())), monitor=tuple(by_role.get("monitor", ())),
        mechanism=row.mechanism, instrument=row.instrument, bindingness=row.bindingness, target=row.target,
        deadline=row.deadline, specificity=row.specificity,
    )  # fmt: skip


def relations(scope: Scope) -> Iterator[r.RelationRecord]:
    for row in scope.relations.select_related("source", "target", "created_by").iterator(CHUNK):
        yield r.RelationRecord(
            uid=str(row.uid), source=str(row.source.uid), target=str(row.target.uid), type=row.type, state=row.state,
            rationale=row.rationale, created_at=utc(row.created_at), created_by=uid(row.created_by),
        )  # fmt: skip


def saved_views(scope: Scope) -> Iterator[r.SavedViewRecord]:
    for row in scope.saved_views.select_related("created_by"):
        yield r.SavedViewRecord(str(row.uid), row.name, uid(row.created_by), row.shared, row.query, tuple(row.columns))


Table = Callable[[Scope], Iterator[Any]]
TABLES: Mapping[str, Table] = {
    "members": members, "agents": agents, "tag_sets": tag_sets, "tags": tags, "sources": sources,
    "documents": documents, "annotations": passage_tables.annotation_records, "statements": statements,
    "occurrences": passage_tables.occurrences, "relations": relations, "verifications": checks.verifications,
    "evidence": checks.evidence, "milestones": checks.milestones, "saved_views": saved_views,
}  # fmt: skip

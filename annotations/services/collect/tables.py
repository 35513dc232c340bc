"""The tables of the lossless dump: one generator a table, every reference a uid, in the order of records.TABLES."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from annotations import models as m
from annotations import records as r
from annotations.models import Member
from annotations.services.collect import checks
from annotations.services.collect.texts import day, utc
from annotations.text.blocks import Block

CHUNK = 500


def uid(row: Any) -> str | None:
    return str(row.uid) if row is not None else None


def _live(model: Any, member: Member) -> QuerySet[Any]:
    return model.objects.filter(corpus_id=member.corpus_id, removed_at=None).order_by("id")


#: Where members are named. Accounts and rights are not content: only who wrote something goes along.
NAMED: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (m.Document, ("created_by",)), (m.Version, ("created_by",)), (m.Annotation, ("created_by",)),
    (m.Statement, ("created_by", "assignee")), (m.Occurrence, ("created_by",)), (m.Relation, ("created_by",)),
    (m.Source, ("created_by",)), (m.Evidence, ("created_by",)), (m.Verification, ("author",)),
    (m.Review, ("reviewer",)), (m.Milestone, ("created_by", "confirmed_by")), (m.SavedView, ("created_by",)),
)  # fmt: skip


def members(member: Member) -> Iterator[r.MemberRecord]:
    """Everybody whose name stands at something."""
    named: set[int | None] = set()
    for model, fields in NAMED:
        for name in fields:
            named |= set(model.objects.filter(corpus_id=member.corpus_id).values_list(name, flat=True).distinct())
    for row in m.Member.objects.filter(pk__in=named - {None}).order_by("id"):
        yield r.MemberRecord(uid=str(row.uid), name=row.name, role=row.role)


def agents(member: Member) -> Iterator[r.AgentRecord]:
    for row in m.Agent.objects.filter(corpus_id=member.corpus_id).order_by("id"):
        yield r.AgentRecord(str(row.uid), row.name, row.type, tuple(row.aliases), row.url, row.note)


def tag_sets(member: Member) -> Iterator[r.TagSetRecord]:
    for row in m.TagSet.objects.filter(corpus_id=member.corpus_id, removed_at=None).order_by("id"):
        yield r.TagSetRecord(str(row.uid), row.name, row.scope, row.many, row.closed, row.order)


def tags(member: Member) -> Iterator[r.TagRecord]:
    rows = m.Tag.objects.filter(corpus_id=member.corpus_id).select_related("tag_set", "parent").order_by("id")
    for row in rows:
        yield r.TagRecord(
            uid=str(row.uid), tag_set=str(row.tag_set.uid), code=row.code, label=row.label,
            label_zh_hans=row.label_zh_hans, label_zh_hant=row.label_zh_hant, definition=row.definition,
            colour=row.colour, key=row.key, parent=uid(row.parent), deprecated=row.deprecated, order=row.order,
        )  # fmt: skip


def sources(member: Member) -> Iterator[r.SourceRecord]:
    for row in _live(m.Source, member).select_related("created_by").iterator(CHUNK):
        yield r.SourceRecord(
            uid=str(row.uid), title=row.title, type=row.type, publisher=row.publisher, authors=tuple(row.authors),
            published_date=row.published_date, url=row.url, identifier=row.identifier, language=row.language,
            reliability_note=row.reliability_note, interests_note=row.interests_note,
            independent_group=row.independent_group, created_at=utc(row.created_at), created_by=uid(row.created_by),
        )  # fmt: skip


def documents(member: Member) -> Iterator[r.DocumentRecord]:
    versions = m.Version.objects.select_related("text", "file", "created_by").order_by("number")
    rows = _live(m.Document, member).select_related("created_by", "batch")
    rows = rows.prefetch_related(Prefetch("versions", versions), "tag_rows__tag")
    for row in rows.iterator(50):
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


def annotations(member: Member) -> Iterator[r.AnnotationRecord]:
    anchors = m.Anchor.objects.select_related("version").order_by("version__number")
    rows = m.Annotation.objects.visible_to(member).filter(document__removed_at=None).order_by("id")
    rows = rows.select_related("document", "created_by").prefetch_related(Prefetch("anchors", anchors), "tag_rows__tag")
    for row in rows.iterator(CHUNK):
        yield r.AnnotationRecord(
            uid=str(row.uid), document=str(row.document.uid), created_by=uid(row.created_by),
            created_at=utc(row.created_at), updated_at=utc(row.updated_at), note=row.note, confidence=row.confidence,
            tags=tuple(str(link.tag.uid) for link in row.tag_rows.all()),
            anchors=tuple(anchor(one) for one in row.anchors.all()),
        )  # fmt: skip


def anchor(row: m.Anchor) -> r.AnchorRecord:
    return r.AnchorRecord(
        version=str(row.version.uid), start=row.start, end=row.end, exact=row.exact, quote_clean=row.quote,
        prefix=row.prefix, suffix=row.suffix, state=row.state, method=row.method, similarity=row.similarity,
    )  # fmt: skip


def statements(member: Member) -> Iterator[r.StatementRecord]:
    rows = m.Statement.objects.visible_to(member).order_by("id").select_related("created_by", "assignee", "redirect_to")
    for row in rows.prefetch_related("tag_rows__tag", "agent_rows__agent").iterator(CHUNK):
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
    roles = {role: tuple(by_role.get(role, ())) for role in AGENT_ROLES}
    return r.ProposalRecord(
        **roles, mechanism=row.mechanism, instrument=row.instrument, bindingness=row.bindingness, target=row.target,
        deadline=row.deadline, specificity=row.specificity,
    )  # fmt: skip


AGENT_ROLES = ("proposer", "actor", "addressee", "beneficiary", "enforcer", "monitor")


def occurrences(member: Member) -> Iterator[r.OccurrenceRecord]:
    visible = m.Annotation.objects.visible_to(member).filter(document__removed_at=None)
    rows = _live(m.Occurrence, member).filter(annotation__in=visible, statement__removed_at=None)
    rows = rows.select_related("annotation", "statement", "attributed_to", "created_by")
    for row in rows.iterator(CHUNK):
        yield r.OccurrenceRecord(
            uid=str(row.uid), annotation=str(row.annotation.uid), statement=str(row.statement.uid), voice=row.voice,
            attributed_to=uid(row.attributed_to), reported_via=row.reported_via, author_stance=row.author_stance,
            modality=row.modality, utterance_date=row.utterance_date, fit=row.fit, difference=row.difference,
            prefilled=tuple(row.prefilled), created_at=utc(row.created_at), created_by=uid(row.created_by),
        )  # fmt: skip


def relations(member: Member) -> Iterator[r.RelationRecord]:
    rows = _live(m.Relation, member).filter(source__removed_at=None, target__removed_at=None)
    for row in rows.select_related("source", "target", "created_by").iterator(CHUNK):
        yield r.RelationRecord(
            uid=str(row.uid), source=str(row.source.uid), target=str(row.target.uid), type=row.type, state=row.state,
            rationale=row.rationale, created_at=utc(row.created_at), created_by=uid(row.created_by),
        )  # fmt: skip


def saved_views(member: Member) -> Iterator[r.SavedViewRecord]:
    for row in _live(m.SavedView, member).filter(shared=True).select_related("created_by"):
        yield r.SavedViewRecord(
            str(row.uid), row.name, uid(row.created_by), row.shared, row.query, tuple(row.columns)
        )


TABLES: Mapping[str, Callable[[Member], Iterator[object]]] = {
    "members": members, "agents": agents, "tag_sets": tag_sets, "tags": tags, "sources": sources,
    "documents": documents, "annotations": annotations, "statements": statements, "occurrences": occurrences,
    "relations": relations, "verifications": checks.verifications, "evidence": checks.evidence,
    "milestones": checks.milestones, "saved_views": saved_views,
}  # fmt: skip

COUNTED: Mapping[str, Any] = {
    "members": m.Member, "agents": m.Agent, "tags": m.Tag, "tag_sets": m.TagSet, "sources": m.Source,
    "documents": m.Document, "annotations": m.Annotation, "statements": m.Statement, "occurrences": m.Occurrence,
    "relations": m.Relation, "verifications": m.Verification, "evidence": m.Evidence, "milestones": m.Milestone,
    "saved_views": m.SavedView,
}  # fmt: skip


def count(name: str, member: Member) -> int:
    """How many rows a table of the dump has, roughly as cheap as a COUNT."""
    model = COUNTED[name]
    rows = model.objects.filter(corpus_id=member.corpus_id)
    return int(rows.filter(removed_at=None).count() if hasattr(model, "removed_at") else rows.count())

"""The tables of the lossless dump: one generator a table, every reference a uid, in the order of records.TABLES."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from annotations import models as m
from annotations import records as r
from annotations.services import editions
from annotations.services.collect import checks, discussion, passage_tables, statement_tables
from annotations.services.collect.scope import Scope
from annotations.services.collect.texts import uid, utc
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
        yield editions.set_record(row)


def tags(scope: Scope) -> Iterator[r.TagRecord]:
    for row in scope.tags.select_related(*editions.RELATED):
        yield editions.tag_record(row, scope.live_sets)


def sources(scope: Scope) -> Iterator[r.SourceRecord]:
    shots = Prefetch("snapshots", m.Snapshot.objects.select_related("file", "created_by").order_by("id"))
    for row in scope.sources.select_related("created_by").prefetch_related(shots).iterator(TEXTS_AT_ONCE):
        yield r.SourceRecord(
            uid=str(row.uid), title=row.title, type=row.type, publisher=row.publisher, authors=tuple(row.authors),
            published_date=row.published_date, url=row.url, identifier=row.identifier, language=row.language,
            reliability_note=row.reliability_note, interests_note=row.interests_note,
            independent_group=row.independent_group, created_at=utc(row.created_at), created_by=uid(row.created_by),
            updated_at=utc(row.updated_at), no_snapshot_reason=row.no_snapshot_reason,
            snapshots=tuple(_snapshot(one) for one in row.snapshots.all()),
        )  # fmt: skip


def _snapshot(row: m.Snapshot) -> r.SnapshotRecord:
    return r.SnapshotRecord(
        str(row.uid), utc(row.retrieved_at), row.sha256, row.mime, row.text, row.http_status, row.archive_url, row.way,
        blocks=tuple(tuple(block) for block in row.block_rows), proposed=row.proposed, final_url=row.final_url,
        redirects=tuple(row.redirects), file_sha256=row.file.sha256 if row.file else "", file_name=row.file_name,
        created_by=uid(row.created_by),
    )  # fmt: skip


def documents(scope: Scope) -> Iterator[r.DocumentRecord]:
    versions = m.Version.objects.select_related("text", "file", "created_by").order_by("number")
    links = m.DocumentTag.objects.filter(tag__in=scope.tags).order_by("id")
    tags = passage_tables.uids(scope)
    rows = scope.documents.select_related("created_by", "batch__created_by", "translation_of")
    rows = rows.prefetch_related(Prefetch("versions", versions), Prefetch("tag_rows", links))
    for row in rows.iterator(TEXTS_AT_ONCE):
        yield r.DocumentRecord(
            uid=str(row.uid), title=row.title, language=row.language, genre=row.genre, authors=tuple(row.authors),
            affiliation=row.affiliation, publisher=row.publisher, source_note=row.source_note, url=row.url,
            published_date=row.published_date, not_before=row.not_before, reference_year=row.reference_year,
            rights=row.rights, proposed=tuple(row.proposed), batch=row.batch.label if row.batch else "",
            tags=tuple(dict.fromkeys(tags[link.tag_id] for link in row.tag_rows.all())), note=row.note,
            created_at=utc(row.created_at), created_by=uid(row.created_by),
            versions=tuple(version(one) for one in row.versions.all()), author_note=row.author_note,
            updated_at=utc(row.updated_at), came_with=_batch(row.batch) if row.batch else None,
            translation_of=uid(row.translation_of),
        )  # fmt: skip


def _batch(row: m.Batch) -> r.BatchRecord:
    return r.BatchRecord(str(row.uid), utc(row.created_at), uid(row.created_by))


def version(row: m.Version) -> r.VersionRecord:
    return r.VersionRecord(
        uid=str(row.uid), number=row.number, sha256=row.sha256, raw_text=row.text.raw, clean_text=row.text.clean,
        cleaner=row.cleaner, offset_map=row.text.offsets, blocks=tuple(Block(*one) for one in row.text.block_rows),
        file_name=row.file_name, file_sha256=row.file.sha256 if row.file else "", reader=row.reader,
        created_at=utc(row.created_at), created_by=uid(row.created_by), charset=row.charset,
        notices=tuple(row.notices),
    )  # fmt: skip


def saved_views(scope: Scope) -> Iterator[r.SavedViewRecord]:
    for row in scope.saved_views.select_related("created_by"):
        yield r.SavedViewRecord(
            str(row.uid), row.name, uid(row.created_by), row.shared, row.query, tuple(row.columns),
            utc(row.created_at), utc(row.updated_at),
        )  # fmt: skip


Table = Callable[[Scope], Iterator[Any]]
TABLES: Mapping[str, Table] = {
    "members": members, "agents": agents, "tag_sets": tag_sets, "tags": tags, "sources": sources,
    "documents": documents, "annotations": passage_tables.annotation_records, "statements": statement_tables.statements,
    "occurrences": passage_tables.occurrences, "relations": statement_tables.relations,
    "verifications": checks.verifications, "evidence": checks.evidence, "milestones": checks.milestones,
    "saved_views": saved_views, "comments": discussion.comments,
}  # fmt: skip

"""Importing people, agents, tags, sources with their snapshots, and shared views."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from annotations import models as m
from annotations import records as r
from annotations.services import editions
from annotations.services.codebook import name_key
from annotations.services.restore.context import Restoring, moment
from annotations.services.sources import url_key
from annotations.text.folding import fold_text


def members(job: Restoring, records: Sequence[r.MemberRecord]) -> None:
    """Authors of imported work: names without an account here. They cannot log in."""

    def build(record: r.MemberRecord) -> m.Member:
        return m.Member(
            corpus=job.corpus, uid=record.uid, name=record.name, role=record.role, active=False, joined_at=job.op.at
        )

    job.write("members", m.Member, records, build)


def agents(job: Restoring, records: Sequence[r.AgentRecord]) -> None:
    """A name that is here already, in either script, is the same agent."""
    known = job.know("agents", m.Agent)
    by_fold = dict(m.Agent.objects.filter(corpus=job.corpus).values_list("fold", "pk"))
    new = []
    for record in records:
        fold = fold_text(record.name)
        if record.uid not in known and fold in by_fold:
            known[record.uid] = by_fold[fold]
        else:
            new.append(record)

    def build(record: r.AgentRecord) -> m.Agent:
        return m.Agent(
            corpus=job.corpus, uid=record.uid, name=record.name, type=record.type, aliases=list(record.aliases),
            url=record.url, note=record.note, fold=fold_text(record.name),
        )  # fmt: skip

    job.write("agents", m.Agent, new, build)


def tag_sets(job: Restoring, records: Sequence[r.TagSetRecord]) -> None:
    """A set of the same name and scope is the same set."""
    known = job.know("tag_sets", m.TagSet)
    rows = m.TagSet.objects.filter(corpus=job.corpus, removed_at=None)
    here = {(row.scope, row.name): row.pk for row in rows}
    for record in records:
        if record.uid not in known and (record.scope, record.name) in here:
            known[record.uid] = here[record.scope, record.name]

    def build(record: r.TagSetRecord) -> m.TagSet:
        return m.TagSet(
            corpus=job.corpus, uid=record.uid, name=record.name, scope=record.scope, many=record.many,
            closed=record.closed, order=record.order,
        )  # fmt: skip

    job.write("tag_sets", m.TagSet, [record for record in records if record.uid not in known], build)


def tags(job: Restoring, records: Sequence[r.TagRecord]) -> None:
    """A tag with the same code or name in the same set is the same tag. A digit that is taken stays where it is."""
    known = job.know("tags", m.Tag)
    labels = _meet(job, known, records)
    keys = set(m.Tag.objects.filter(corpus=job.corpus).exclude(key="").values_list("tag_set__scope", "key"))
    scopes = dict(m.TagSet.objects.filter(corpus=job.corpus).values_list("pk", "scope"))

    def build(record: r.TagRecord) -> m.Tag:
        tag_set = job.ids["tag_sets"][record.tag_set]
        return m.Tag(
            corpus=job.corpus, uid=record.uid, tag_set_id=tag_set, code=record.code, label=labels[record.uid],
            label_zh_hans=record.label_zh_hans, label_zh_hant=record.label_zh_hant, definition=record.definition,
            definition_zh_hans=record.definition_zh_hans, definition_zh_hant=record.definition_zh_hant,
            use_when=record.use_when, not_when=record.not_when, examples=record.examples, colour=record.colour,
            key="" if (scopes[tag_set], record.key) in keys else record.key, deprecated=record.deprecated,
            order=record.order,
        )  # fmt: skip

    pairs = job.write("tags", m.Tag, [record for record in records if record.uid not in known], build)
    tied = [(record, row) for record, row in pairs if record.parent or record.merged_into or record.split_from]
    for record, row in tied:
        row.parent_id, row.merged_into_id = job.id("tags", record.parent), job.id("tags", record.merged_into)
        row.split_from_id = job.id("tags", record.split_from)
    m.Tag.objects.bulk_update([row for _, row in tied], ["parent", "merged_into", "split_from"], batch_size=100)
    if pairs:
        editions.close(job.op)


def _meet(job: Restoring, known: dict[str, int], records: Sequence[r.TagRecord]) -> dict[str, str]:
    """Let records be the tags that are here already; the labels of the others by uid. Two tags in use of one name in
    one set, which older houses allowed, are told apart by a number."""
    rows = m.Tag.objects.filter(corpus=job.corpus)
    codes = {(row.tag_set_id, row.code): row.pk for row in rows}
    names = {(row.tag_set_id, name_key(row.label)): row.pk for row in rows if not row.deprecated}
    taken, labels = set(names), {}
    for record in records:
        tag_set, name = job.ids["tag_sets"].get(record.tag_set, 0), name_key(record.label)
        same = codes.get((tag_set, record.code)) or (names.get((tag_set, name)) if not record.deprecated else None)
        if record.uid not in known and same:
            known[record.uid] = same
        label, number = record.label, 2
        while not record.deprecated and record.uid not in known and (tag_set, name_key(label)) in taken:
            label, number = f"{record.label[:70]} ({number})", number + 1
        labels[record.uid] = label
        if not record.deprecated:
            taken.add((tag_set, name_key(label)))
    return labels


def sources(job: Restoring, records: Sequence[r.SourceRecord]) -> None:
    def build(record: r.SourceRecord) -> m.Source:
        return m.Source(
            corpus=job.corpus, uid=record.uid, title=record.title, type=record.type, publisher=record.publisher,
            authors=list(record.authors), published_date=record.published_date, url=record.url,
            url_key=url_key(record.url), identifier=record.identifier, language=record.language,
            reliability_note=record.reliability_note, interests_note=record.interests_note,
            independent_group=record.independent_group, no_snapshot_reason=record.no_snapshot_reason,
            created_at=moment(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.created_by),
        )  # fmt: skip

    job.write("sources", m.Source, records, build)
    _snapshots(job, records)


def _snapshots(job: Restoring, records: Sequence[r.SourceRecord]) -> None:
    sources = {shot.uid: record.uid for record in records for shot in record.snapshots}

    def build(record: r.SnapshotRecord) -> m.Snapshot:
        return m.Snapshot(
            corpus=job.corpus, uid=record.uid, source_id=job.ids["sources"][sources[record.uid]],
            retrieved_at=moment(record.retrieved_at), sha256=record.sha256, mime=record.mime, text=record.text,
            http_status=record.http_status, archive_url=record.archive_url, way=record.way,
            text_sha256=hashlib.sha256(record.text.encode()).hexdigest(),
            block_rows=[list(row) for row in record.blocks], proposed=dict(record.proposed),
            final_url=record.final_url, redirects=[dict(hop) for hop in record.redirects],
            file=job.file(record.file_sha256), file_name=record.file_name, created_by_id=job.member(record.created_by),
        )  # fmt: skip

    job.write("snapshots", m.Snapshot, [shot for record in records for shot in record.snapshots], build)


def saved_views(job: Restoring, records: Sequence[r.SavedViewRecord]) -> None:
    def build(record: r.SavedViewRecord) -> m.SavedView:
        return m.SavedView(
            corpus=job.corpus, uid=record.uid, name=record.name, query=record.query, columns=list(record.columns),
            shared=record.shared, created_at=job.when(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.owner),
        )  # fmt: skip

    job.write("saved_views", m.SavedView, records, build)

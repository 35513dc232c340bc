"""Importing people, agents, tags, sources and shared views."""

from __future__ import annotations

from collections.abc import Sequence

from annotations import models as m
from annotations import records as r
from annotations.services.restore.context import Restoring, moment
from annotations.services.sources import url_key
from annotations.text.folding import fold_text


def members(job: Restoring, records: Sequence[r.MemberRecord]) -> None:
    """Authors of imported work: names without an account here. They cannot log in."""
    for record in job.new("members", m.Member, records):
        row = m.Member.objects.create(
            corpus=job.corpus, uid=record.uid, name=record.name, role=record.role, active=False, joined_at=job.op.at
        )
        job.keep("members", record.uid, row)


def agents(job: Restoring, records: Sequence[r.AgentRecord]) -> None:
    for record in job.new("agents", m.Agent, records):
        fold = fold_text(record.name)
        row = m.Agent.objects.filter(corpus=job.corpus, fold=fold).first() or m.Agent.objects.create(
            corpus=job.corpus, uid=record.uid, name=record.name, type=record.type, aliases=list(record.aliases),
            url=record.url, note=record.note, fold=fold,
        )  # fmt: skip
        job.keep("agents", record.uid, row)


def tag_sets(job: Restoring, records: Sequence[r.TagSetRecord]) -> None:
    for record in job.new("tag_sets", m.TagSet, records):
        row = m.TagSet.objects.create(
            corpus=job.corpus, uid=record.uid, name=record.name, scope=record.scope, many=record.many,
            closed=record.closed, order=record.order,
        )  # fmt: skip
        job.keep("tag_sets", record.uid, row)


def tags(job: Restoring, records: Sequence[r.TagRecord]) -> None:
    made: list[tuple[m.Tag, str]] = []
    for record in job.new("tags", m.Tag, records):
        row = m.Tag.objects.create(
            corpus=job.corpus, uid=record.uid, tag_set_id=job.ids["tag_sets"][record.tag_set], code=record.code,
            label=record.label, label_zh_hans=record.label_zh_hans, label_zh_hant=record.label_zh_hant,
            definition=record.definition, colour=record.colour, key=record.key, deprecated=record.deprecated,
            order=record.order,
        )  # fmt: skip
        job.keep("tags", record.uid, row)
        if record.parent:
            made.append((row, record.parent))
    for row, parent in made:
        row.parent_id = job.id("tags", parent)
        row.save(update_fields=["parent"])


def sources(job: Restoring, records: Sequence[r.SourceRecord]) -> None:
    for record in job.new("sources", m.Source, records):
        row = m.Source.objects.create(
            corpus=job.corpus, uid=record.uid, title=record.title, type=record.type, publisher=record.publisher,
            authors=list(record.authors), published_date=record.published_date, url=record.url,
            url_key=url_key(record.url), identifier=record.identifier, language=record.language,
            reliability_note=record.reliability_note, interests_note=record.interests_note,
            independent_group=record.independent_group, created_at=moment(record.created_at) or job.op.at,
            updated_at=job.op.at, created_by_id=job.member(record.created_by),
        )  # fmt: skip
        job.keep("sources", record.uid, row)


def saved_views(job: Restoring, records: Sequence[r.SavedViewRecord]) -> None:
    for record in job.new("saved_views", m.SavedView, records):
        row = m.SavedView.objects.create(
            corpus=job.corpus, uid=record.uid, name=record.name, query=record.query, columns=list(record.columns),
            shared=record.shared, created_at=job.op.at, updated_at=job.op.at, created_by_id=job.member(record.owner),
        )  # fmt: skip
        job.keep("saved_views", record.uid, row)

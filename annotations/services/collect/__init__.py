"""Querysets to records: everything an exporter may ask for, streamed in chunks, and only what this member may see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from annotations.formats.base import Format
from annotations.models import Member, Statement
from annotations.records import CorpusRecord, Export
from annotations.services.collect import passages, rows, tables
from annotations.services.collect.counts import Counts
from annotations.services.collect.scope import Scope
from annotations.services.collect.snapshot import steady
from annotations.services.collect.texts import utc


def export(member: Member, statements: QuerySet[Statement], *, filters: str = "", unreviewed: bool = False) -> Export:
    """The corpus as this member may see it. `filters`, when not "", says in words what narrowed `statements`: then only
    these, and what belongs to them, are in it."""
    corpus = member.corpus
    scope = Scope(member, statements if filters else None)
    return Export(
        corpus=CorpusRecord(
            uid=str(corpus.uid), slug=corpus.slug, name=corpus.name, description=corpus.description,
            language=corpus.language, created_at=utc(corpus.created_at), publisher_name=corpus.publisher_name,
            publisher_contact=corpus.publisher_contact, publisher_policy=corpus.publisher_policy,
        ),
        base_url=settings.BASE_URL, generated_at=utc(timezone.now()), filters=filters,
        tables={name: partial(table, scope) for name, table in tables.TABLES.items()},
        rows=partial(rows.of, member, statements, unreviewed), passages=partial(passages.of, scope),
        counts=Counts(scope, statements),
    )  # fmt: skip


def stream(format: Format, found: Export) -> Iterator[bytes]:
    """The file in pieces, read in one view of the database."""
    return steady(format.write(found))

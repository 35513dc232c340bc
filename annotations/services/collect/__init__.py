"""Querysets to records: everything an exporter may ask for, streamed in chunks, and only what this member may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from annotations.formats.base import Format
from annotations.models import Event, Member, ReadingState, Snapshot, Statement
from annotations.records import CorpusRecord, Export
from annotations.services.collect import passages, rows, tables
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
            language=corpus.language, created_at=utc(corpus.created_at),
        ),
        base_url=settings.BASE_URL, generated_at=utc(timezone.now()), filters=filters,
        tables={name: partial(table, scope) for name, table in tables.TABLES.items()},
        rows=partial(rows.of, member, statements, unreviewed), passages=partial(passages.of, scope),
        counts=Counts(scope, statements),
    )  # fmt: skip


def stream(format: Format, found: Export) -> Iterator[bytes]:
    """The file in pieces, read in one view of the database."""
    return steady(format.write(found))


class Counts(Mapping[str, int]):
    """How many of each there are, for loss reports; counted when the first is asked for. Units as in the name."""

    def __init__(self, scope: Scope, statements: QuerySet[Statement]) -> None:
        self._scope, self._statements = scope, statements

    def __getitem__(self, name: str) -> int:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _found(self) -> dict[str, int]:
        scope, member = self._scope, self._scope.member
        found = {name: getattr(scope, name).order_by().count() for name in tables.TABLES}
        all_passages, bare = passages.count(scope)
        documents = scope.documents.order_by().values("pk")
        return {
            **found, "passages": all_passages, "bare_passages": bare,
            "statements": self._statements.order_by().count(),
            "bare_statements": passages.bare_statements(member, self._statements),
            "events": Event.objects.filter(corpus_id=member.corpus_id).count(),
            "snapshots": Snapshot.objects.filter(source__in=scope.sources.order_by().values("pk")).count(),
            "comments": 0, "reading": ReadingState.objects.filter(document__in=documents).count(),
        }  # fmt: skip

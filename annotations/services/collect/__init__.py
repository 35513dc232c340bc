"""Querysets to records: everything an exporter may ask for, streamed in chunks, and only what this member may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from annotations.models import Annotation, Event, Member, ReadingState, Snapshot, Statement
from annotations.records import CorpusRecord, Export
from annotations.services.collect import passages, rows, tables
from annotations.services.collect.texts import utc


def export(
    member: Member, statements: QuerySet[Statement], *, filters: str = "", unreviewed: bool = False
) -> Export:
    """The corpus as this member may see it; `statements` narrows rows, passages and counts (the dump is always whole)."""
    corpus = member.corpus
    narrowed = bool(filters)
    found: Mapping[str, Callable[[], Iterable[object]]] = {
        name: partial(table, member) for name, table in tables.TABLES.items()
    }
    return Export(
        corpus=CorpusRecord(
            uid=str(corpus.uid), slug=corpus.slug, name=corpus.name, description=corpus.description,
            language=corpus.language, created_at=utc(corpus.created_at),
        ),
        base_url=settings.BASE_URL, generated_at=utc(timezone.now()), filters=filters, tables=found,
        rows=partial(rows.of, member, statements, unreviewed),
        passages=partial(passages.of, member, statements if narrowed else None),
        counts=counts(member, statements, narrowed),
    )  # fmt: skip


def counts(member: Member, statements: QuerySet[Statement], narrowed: bool) -> dict[str, int]:
    """How many of each there are, for loss reports; units as in the name."""
    corpus = member.corpus
    visible = Annotation.objects.visible_to(member)
    if narrowed:
        visible = visible.filter(occurrences__statement__in=statements, occurrences__removed_at=None).distinct()
    bare = visible.exclude(occurrences__removed_at=None, occurrences__isnull=False)
    return {
        **{name: tables.count(name, member) for name in tables.TABLES},
        "passages": visible.count(), "bare_passages": 0 if narrowed else bare.count(),
        "statements": statements.count(), "events": Event.objects.filter(corpus=corpus).count(),
        "snapshots": Snapshot.objects.filter(corpus=corpus).count(), "comments": 0,
        "reading": ReadingState.objects.filter(document__corpus=corpus).count(),
    }  # fmt: skip

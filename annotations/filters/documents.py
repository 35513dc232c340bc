"""Filters of documents: text, facts, batch, tag, how far one has read."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.filters.queries import Codes, Ids, Query, run
from annotations.models import AnnotationTag, Document, Member
from annotations.rules import vocabulary
from annotations.services import following
from annotations.text.classes import fold_text


class DocumentFilter(django_filters.FilterSet):
    """Filters of documents. `reading` is one's own state, `unread_by_all` the documents nobody has read."""

    q = django_filters.CharFilter(method="by_text")
    language = Codes(field_name="language")
    genre = Codes(field_name="genre", allowed=vocabulary.GENRES.codes)
    batch = Ids(field_name="batch_id")
    tag = Ids(method="by_tag")
    reading = Codes(method="by_reading", allowed=vocabulary.READING_STATES.codes)
    unread_by_all = django_filters.BooleanFilter(method="by_nobody")
    published_after = django_filters.CharFilter(field_name="published_date", lookup_expr="gte")
    published_before = django_filters.CharFilter(field_name="published_date", lookup_expr="lte")
    id = Ids(field_name="id")

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def by_text(self, rows: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        for word in value.split():
            titled = Q(fold__contains=fold_text(word))
            rows = rows.filter(titled | Q(publisher__icontains=word) | Q(source_note__icontains=word))
        return rows

    def by_tag(self, rows: QuerySet[Document], name: str, value: list[int]) -> QuerySet[Document]:
        """The corpus is named so that the index `passages_by_tag` serves; without it this takes minutes."""
        asked = following.widened(self.member.corpus_id, value)
        carrying = AnnotationTag.objects.filter(
            corpus_id=self.member.corpus_id, tag_id__in=asked, document=OuterRef("pk"), annotation__removed_at=None
        )
        return rows.filter(Exists(carrying))

    def by_reading(self, rows: QuerySet[Document], name: str, value: list[str]) -> QuerySet[Document]:
        where = Q(reading__member=self.member, reading__state__in=value)
        found = rows.filter(where)
        if "unread" in value:
            started = self.member.reading.exclude(state="unread").values("document_id")
            found = rows.filter(~Q(pk__in=started) | Q(pk__in=found.values("pk")))
        return found

    def by_nobody(self, rows: QuerySet[Document], name: str, value: bool) -> QuerySet[Document]:
        read = Q(reading__state__in=("read", "nothing"))
        return rows.exclude(read) if value else rows.filter(read).distinct()


def documents(member: Member, query: Query) -> QuerySet[Document]:
    """The documents of the corpus that this query names; Invalid with the field when it makes no sense."""
    rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None)
    return run(DocumentFilter, rows, query, member=member)

"""The short lists that long exports look things up in: members, agents, tags, documents; each read once."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q

from annotations.models import Agent, Corpus, Document, Member, Tag, Version
from annotations.services import coverage, following
from annotations.services.collect import sql


class Place(NamedTuple):
    """A document with its current version, as exports name it."""

    uid: str
    title: str
    language: str
    published_date: str
    url: str
    current: int | None


class Directory:
    """Names by id in one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._labels: dict[str | None, tuple[str, ...]] = {None: ()}
        self._texts: dict[tuple[int, int], tuple[str, str, str, str, str]] = {}

    @cached_property
    def members(self) -> dict[int | None, str]:
        return {None: "", **dict(Member.objects.filter(corpus=self.corpus).values_list("pk", "name"))}

    @cached_property
    def agents(self) -> dict[int | None, str]:
        return {None: "", **dict(Agent.objects.filter(corpus=self.corpus).values_list("pk", "name"))}

    @cached_property
    def tags(self) -> dict[int, str]:
        return dict(Tag.objects.filter(corpus=self.corpus).values_list("pk", "label"))

    @cached_property
    def leading(self) -> dict[int, int]:
        return following.leads(self.corpus.pk)

    @cached_property
    def documents(self) -> dict[int, Place]:
        """The live ones."""
        base = f"{settings.BASE_URL}/c/{quote(self.corpus.slug)}/documents"
        rows = Document.objects.filter(corpus=self.corpus, removed_at=None)
        found = rows.values_list("pk", "uid", "title", "language", "published_date", "current_id")
        return {
            pk: Place(str(uid), title, language, published, f"{base}/{pk}/", current)
            for pk, uid, title, language, published, current in found
        }

    @cached_property
    def read(self) -> dict[int, str]:
        """How much of each document somebody has read, in per cent; "" where nobody has read anything."""
        return {pk: str(self.shares.get(pk, "")) for pk in self.documents}

    @cached_property
    def shares(self) -> dict[int, int]:
        """The same as numbers, without those that nobody has read anything of."""
        return coverage.anybody(Q(document__corpus=self.corpus, document__removed_at=None))

    @cached_property
    def versions(self) -> dict[int, tuple[str, str]]:
        """uid and time of every version."""
        table = Version._meta.db_table
        query = f"SELECT id, {sql.uid('uid')}, {sql.moment('created_at')} FROM {table} WHERE corpus_id = %s"
        return {pk: (uid, at) for pk, uid, at in sql.fetch(query, [self.corpus.pk])}

    def labels(self, tag_ids: str | None) -> tuple[str, ...]:
        """The labels of `sql.tag_ids`; the same few combinations come again and again."""
        found = self._labels.get(tag_ids)
        if found is None:
            found = self._labels[tag_ids] = tuple(
                self.tags[pk] for pk in following.seen(map(int, str(tag_ids).split(",")), self.leading)
            )
        return found

    def text(self, document_id: int, version_id: int) -> tuple[str, str, str, str, str]:
        """Document (uid, title, address) and version (uid, time) of a passage."""
        found = self._texts.get((document_id, version_id))
        if found is None:
            place = self.documents[document_id]
            found = self._texts[document_id, version_id] = (
                place.uid,
                place.title,
                place.url,
                *self.versions[version_id],
            )
        return found

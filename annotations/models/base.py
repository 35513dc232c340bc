"""Shared bones of the tables: uid, version for optimistic edits, removal that can be undone."""

from __future__ import annotations

import uuid
from typing import Any, Generic, TypeVar

from django.db import models

from annotations.text.classes import fold_text

Row = TypeVar("Row", bound=models.Model, covariant=True)


class Folded(models.TextField[str, str]):
    """The fold of another field of the row, written whenever the row is, so that it is found in either script; at most
    LONGEST code points of it, which is what an index of PostgreSQL can hold."""

    LONGEST = 600

    def __init__(self, of: str = "", **options: Any) -> None:
        super().__init__(**{"editable": False, "default": "", **options})
        self.of = of

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, [self.of, *args], options

    @classmethod
    def of_text(cls, text: str) -> str:
        """What is written for this value of the other field."""
        return fold_text(text)[: cls.LONGEST]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        found = self.of_text(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, found)
        return found


class LiveQuerySet(models.QuerySet[Row], Generic[Row]):
    """Rows of a table whose removal is a date, not a deletion."""

    def live(self) -> LiveQuerySet[Row]:
        """Leave out what was removed (and could be restored)."""
        return self.filter(removed_at=None)

    def in_corpus(self, corpus_id: int) -> LiveQuerySet[Row]:
        return self.filter(corpus_id=corpus_id)


class Thing(models.Model):
    """A row of one corpus with a uid that leaves the house (exports, idempotent imports) and an id that stays in
    URLs."""

    # Every table has an index that begins with the corpus: its uids, its list.
    corpus = models.ForeignKey("annotations.Corpus", models.CASCADE, related_name="+", db_index=False)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Editable(Thing):
    """A Thing that people edit: `version` rises with each change and is the second half of its ETag."""

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    created_by = models.ForeignKey("annotations.Member", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def etag(self) -> str:
        return f'"{self.pk}-{self.version}"'


def unique_uid(table: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["corpus", "uid"], name=f"{table}_uid_in_corpus")

"""Events: the append-only history, which is audit, feed and idempotency store in one; and saved views."""

from __future__ import annotations

from typing import NoReturn

from django.db import models
from django.db.models import Q

from annotations.models.base import Editable, LiveQuerySet, unique_uid
from annotations.models.corpus import Corpus, Member


class EventQuerySet(models.QuerySet["Event"]):
    def delete(self) -> NoReturn:
        raise TypeError("Events are never deleted.")

    def update(self, **values: object) -> NoReturn:
        raise TypeError("Events are never changed.")


class Event(models.Model):
    """One line of the history. `payload` is JSON exactly as hashed; `hash` chains the lines of a corpus (rules:
    DESIGN.md 5)."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="events", db_index=False)
    seq = models.BigIntegerField()
    at = models.CharField(max_length=27)  # ISO 8601 UTC with microseconds, exactly as hashed
    actor = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", db_index=False)
    op = models.CharField(max_length=64)
    part = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=40)
    object_type = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    object_version = models.PositiveIntegerField(default=0)
    document_id = models.BigIntegerField(null=True)
    payload = models.TextField()
    payload_sha256 = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corpus", "seq"], name="event_seq"),
            models.UniqueConstraint(fields=["actor", "op", "part"], name="event_once_per_op"),
        ]
        indexes = [
            models.Index(fields=["corpus", "object_type", "object_id"], name="event_of_object"),
            models.Index(fields=["corpus", "actor", "seq"], name="event_of_person"),
            models.Index(
                fields=["corpus", "document_id", "seq"], name="event_in_document", condition=~Q(document_id=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class EventObject(models.Model):
    """Which objects a `bulk` event touched, so that each finds it in its own history."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="objects_touched")
    object_type = models.CharField(max_length=20)
    object_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="bulk_event_of_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class Undone(models.Model):
    """Whether an op is undone at present. `last_op` is the op to invert next: the undo itself, or the redo after it."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    op = models.CharField(max_length=64)
    last_op = models.CharField(max_length=64)
    undone = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "op"], name="undone_once")]

    def __str__(self) -> str:
        return f"{self.op} {'undone' if self.undone else 'redone'}"


class SavedView(Editable):
    """A named filter of the Tracker with its own columns and grouping."""

    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    shared = models.BooleanField(default=False)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("savedview")]

    def __str__(self) -> str:
        return self.name

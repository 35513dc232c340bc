"""Watches: what a member wants to be told of in newly loaded texts, what was found, and where else it is reported."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from annotations.models.base import Editable, LiveQuerySet, unique_uid
from annotations.models.document import Document, Version
from annotations.models.statement import Statement


class Watch(Editable):
    """A search, or a statement whose repeats are looked for, of the member who made it. `outside`: what it finds is
    sent to the webhooks of the corpus, too."""

    name = models.CharField(max_length=120)
    query = models.CharField(max_length=200, blank=True)
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="watches")
    outside = models.BooleanField(default=False)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("watch"),
            models.CheckConstraint(condition=Q(query="") ^ Q(statement=None), name="watch_one_thing"),
        ]
        indexes = [models.Index(fields=["corpus", "created_by"], name="watch_of_member", condition=Q(removed_at=None))]

    def __str__(self) -> str:
        return self.name


class WatchHit(models.Model):
    """What a watch found in one text, told once: how many places, and the first of them in clean code points."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="hits", db_index=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    text = models.ForeignKey(Version, models.CASCADE, related_name="+")
    count = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "text"], name="watch_hit_once")]

    def __str__(self) -> str:
        return f"{self.watch_id}: {self.count} in {self.text_id}"


class Webhook(Editable):
    """An address outside that is told what the watches of the corpus find.

    `secret` signs, and is kept encrypted (aigov/sealing.py); `failures`: tries that failed since one was taken,
    `paused_until`: when it is tried next because of them, `stopped_at`: when it was switched off because of them.
    """

    url = models.CharField(max_length=2000)
    secret = models.CharField(max_length=255)
    note = models.CharField(max_length=120, blank=True)
    active = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("webhook")]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """The name of the site: the address itself may hold a key."""
        return self.url.split("/")[2]

    @property
    def masked(self) -> str:
        """The site and the last characters of the address, to tell two apart."""
        path = self.url.partition(self.host)[2]
        return f"{self.host}/…{path[-4:]}" if len(path) > 8 else f"{self.host}{path}"

    def get_absolute_url(self) -> str:
        """Its page: what was sent, and what became of it."""
        return reverse("webhook_detail", args=[self.corpus.slug, self.pk])


class Delivery(models.Model):
    """One message to one webhook, sent until it is taken or given up; the receiver knows a repeat by its uid.

    `topic` in `text` (what is watched in which text) is told once; a test has no text.
    `state` is one of rules.vocabulary.DELIVERY_STATES; `status` is what the address answered last, `reason` why
    nothing came.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    text = models.ForeignKey(Version, models.CASCADE, null=True, related_name="+")
    topic = models.CharField(max_length=220)
    body = models.TextField()  # exactly as signed
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    reason = models.JSONField(default=dict)  # {"code": …, "template": …, "params": {…}}
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "text", "topic"], name="delivery_once")]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"

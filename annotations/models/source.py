"""External Sources, their archived Snapshots, and the Evidence taken from them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from annotations.models.base import Editable, LiveQuerySet, Thing, unique_uid
from annotations.models.statement import Statement


class Source(Editable):
    title = models.CharField(max_length=500)
    type = models.CharField(max_length=24)
    publisher = models.CharField(max_length=300, blank=True)
    authors = models.JSONField(default=list)
    published_date = models.CharField(max_length=10, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    url_key = models.CharField(max_length=2000, blank=True)  # normalised, for finding duplicates
    identifier = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    reliability_note = models.TextField(blank=True)
    interests_note = models.TextField(blank=True)
    independent_group = models.CharField(max_length=80, blank=True)
    no_snapshot_reason = models.TextField(blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("source")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source_detail", args=[self.corpus.slug, self.pk])


class Snapshot(Thing):
    """What a Source said at a moment: extracted text with hash and capture time. The stored bytes never change."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="snapshots")
    retrieved_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=80)
    text = models.TextField()
    http_status = models.PositiveSmallIntegerField(null=True)
    archive_url = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [unique_uid("snapshot")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.retrieved_at:%Y-%m-%d}"


class Evidence(Editable):
    """A quoted passage of a Source with a stance on a Statement, or placed under an Answer of its check."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="evidence")
    answer = models.ForeignKey("annotations.Answer", models.SET_NULL, null=True, related_name="evidence")
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="evidence")
    quote = models.TextField(blank=True)
    locator = models.CharField(max_length=200, blank=True)
    stance = models.CharField(max_length=10)
    medium = models.CharField(max_length=10, default="web_text")
    note = models.TextField(blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("evidence")]

    def __str__(self) -> str:
        return f"{self.stance} {self.statement_id}"

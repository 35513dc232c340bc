"""External Sources, their archived Snapshots, and the Evidence taken from them."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from annotations.models.base import Editable, LiveQuerySet, Thing, unique_uid
from annotations.models.corpus import Member
from annotations.models.document import StoredFile
from annotations.models.statement import Statement
from annotations.text.blocks import Block


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
    """What a Source said at a moment: extracted text with hash and capture time. Nothing of it ever changes.

    `sha256` is of the bytes as they came (of the text, when it was pasted); `file` keeps them, as a WARC when they were
    captured. `proposed` is what they state about themselves: title, authors, publisher, published_date, language, url.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="snapshots")
    way = models.CharField(max_length=10, default="pasted")  # rules.vocabulary.SNAPSHOT_WAYS
    retrieved_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64, blank=True)  # the same words on a page with another clock
    mime = models.CharField(max_length=80)
    text = models.TextField()
    block_rows = models.JSONField(default=list)
    proposed = models.JSONField(default=dict)
    http_status = models.PositiveSmallIntegerField(null=True)
    final_url = models.CharField(max_length=2000, blank=True)
    redirects = models.JSONField(default=list)
    archive_url = models.CharField(max_length=2000, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [unique_uid("snapshot")]
        indexes = [models.Index(fields=["corpus", "text_sha256"], name="snapshot_by_text")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.retrieved_at:%Y-%m-%d}"

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(Block(*row) for row in self.block_rows)


class Capture(Thing):
    """One wish to fetch the address of a Source and what came of it; the Snapshot is made at its end, whole or not at
    all.

    `reason` is a Problem of the last try (code, template, params). Whoever works on it holds the lease; when that has
    passed, another may take it up.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="captures")
    url = models.CharField(max_length=2000)
    state = models.CharField(max_length=10, default="queued")  # rules.vocabulary.CAPTURE_STATES
    reason = models.JSONField(default=dict)
    http_status = models.PositiveSmallIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    lease_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, null=True, related_name="+")
    unchanged = models.BooleanField(default=False)  # it said what the snapshot says already

    class Meta:
        constraints = [
            unique_uid("capture"),
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(state__in=("queued", "fetching")), name="capture_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.url}"

    @property
    def is_open(self) -> bool:
        """Whether somebody or something still works on it."""
        return self.ended_at is None


class Evidence(Editable):
    """A quoted passage of a Source with a stance on a Statement, or placed under an Answer of its check.

    `start`, `end`: where it was selected in the text of its snapshot (code points, half-open); null when it was typed.
    `quote_found`: whether the quote stands in the snapshot it was taken from; `quote_stands`: whether it stands in the
    newest one. None while there is nothing to look in. The quote itself never changes by that.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="evidence")
    answer = models.ForeignKey("annotations.Answer", models.SET_NULL, null=True, related_name="evidence")
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="evidence")
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    locator = models.CharField(max_length=200, blank=True)
    stance = models.CharField(max_length=10)
    medium = models.CharField(max_length=10, default="web_text")
    note = models.TextField(blank=True)
    quote_found = models.BooleanField(null=True)
    quote_stands = models.BooleanField(null=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("evidence"),
            models.CheckConstraint(
                condition=models.Q(start=None, end=None)
                | models.Q(start__isnull=False, end__isnull=False, start__lt=models.F("end")),
                name="evidence_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stance} {self.statement_id}"

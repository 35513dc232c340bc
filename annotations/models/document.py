"""Documents, their immutable Versions with text and offset map, uploads, and what each member has read."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.urls import reverse

from annotations.models.base import Editable, Folded, LiveQuerySet, Thing, unique_uid
from annotations.models.corpus import Member
from annotations.text.blocks import Block
from annotations.text.offsets import OffsetMap


class StoredFile(Thing):
    """The bytes as they were uploaded, kept in the file store under their hash."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["corpus", "sha256"], name="file_once_per_corpus")]

    def __str__(self) -> str:
        return self.sha256


class Batch(Thing):
    """Files that came together."""

    label = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.label


class Document(Editable):
    """The work. Its text lives in Versions; its facts are editable, those still only proposed are named in
    `proposed`."""

    title = models.CharField(max_length=500)
    fold = Folded("title")  # 治理報告 and 治理报告 are found by either
    language = models.CharField(max_length=10, default="und")
    genre = models.CharField(max_length=20, blank=True)
    authors = models.JSONField(default=list)
    author_note = models.CharField(max_length=300, blank=True)
    affiliation = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    source_note = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    published_date = models.CharField(max_length=10, blank=True)
    not_before = models.CharField(max_length=10, blank=True)
    reference_year = models.PositiveSmallIntegerField(null=True)
    rights = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    proposed = models.JSONField(default=list)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="documents")
    current = models.ForeignKey("annotations.Version", models.SET_NULL, null=True, related_name="+")
    translation_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="translations")
    suggested = models.PositiveBigIntegerField(null=True)  # the version in which claims were looked for last
    sketched = models.PositiveBigIntegerField(null=True)  # the version in which repeats were looked for last
    annotation_count = models.PositiveIntegerField(default=0)  # live annotations; kept by services, checked by verify

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("document")]
        indexes = [
            models.Index(fields=["corpus", "removed_at", "-id"], name="document_list"),
            models.Index(fields=["corpus", "fold"], name="document_titles"),  # looked through, not looked up in
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document_read", args=[self.corpus.slug, self.pk])


class Version(Thing):
    """One immutable text of a Document. `sha256` is of the raw text; lengths are code points."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField()
    clean_length = models.PositiveIntegerField()
    cleaner = models.CharField(max_length=40)
    reader = models.CharField(max_length=20)
    charset = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=300, blank=True)
    repairs = models.JSONField(default=dict)  # kind -> how many
    folded_blocks = models.PositiveIntegerField(default=0)
    block_count = models.PositiveIntegerField(default=0)
    notices = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            unique_uid("version"),
            models.UniqueConstraint(fields=["document", "number"], name="version_number"),
        ]
        indexes = [models.Index(fields=["corpus", "sha256"], name="version_by_text")]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"

    @property
    def repair_count(self) -> int:
        return sum(n for kind, n in self.repairs.items() if kind in ("gloss", "lost-bytes", "broken-entity"))


class VersionText(models.Model):
    """The text of a Version: raw (the anchor space), clean (the view), the map between them, the blocks. Never
    changes."""

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="text")
    raw = models.TextField()
    clean = models.TextField()  # type: ignore[assignment]  # the word of the domain; Model.clean() is not used here
    offsets = models.TextField()
    block_rows = models.JSONField()

    def __str__(self) -> str:
        return f"text of {self.version_id}"

    @cached_property
    def map(self) -> OffsetMap:
        return OffsetMap.decode(self.offsets)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(Block(*row) for row in self.block_rows)


class Coverage(models.Model):
    """Which blocks of a Version one member has had before their eyes: half-open ranges. `seen` of the `total` blocks
    that are there to be read; `next` is the first of them that is missing."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+", db_index=False)
    version = models.ForeignKey(Version, models.CASCADE, related_name="coverage", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    ranges = models.JSONField(default=list)
    seen = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    next = models.PositiveIntegerField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "member"], name="coverage_once")]
        indexes = [models.Index(fields=["document", "member"], name="coverage_of_document")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.seen}/{self.total} of {self.version_id}"


class ReadingState(models.Model):
    """How far one member has read one document (state of rules.vocabulary.READING_STATES; paragraph counted from 1)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="reading", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="reading")
    state = models.CharField(max_length=10)
    paragraph = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "member"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.state} {self.document_id}"

"""Annotations and their Anchors: a highlighted passage, and where it stands in each Version."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from annotations.models.base import Editable, LiveQuerySet, unique_uid
from annotations.models.codebook import Tag
from annotations.models.corpus import Corpus, Member
from annotations.models.document import Document, Version
from annotations.models.round import Layer


class AnnotationQuerySet(LiveQuerySet["Annotation"]):
    def visible_to(self, member: Member) -> AnnotationQuerySet:
        """What this member may see: everything live of the corpus but other coders' layers of an open blind round."""
        return self.unhidden(member).filter(removed_at=None)

    def unhidden(self, member: Member) -> AnnotationQuerySet:
        """The same with what was removed: whose removal a member may take back."""
        hidden = Q(layer__round__closed_at=None, layer__round__blind=True) & ~Q(layer__member=member)
        return self.filter(Q(layer=None) | ~hidden, corpus_id=member.corpus_id)


class Annotation(Editable):
    """A passage somebody highlighted. Its place stands in `anchors`, one per Version; tags, note and occurrences
    hang here."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="annotations", db_index=False)
    layer = models.ForeignKey(Layer, models.PROTECT, null=True, related_name="annotations")
    note = models.TextField(blank=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, default="draft")  # shown in coding rounds only
    lost_in = models.PositiveIntegerField(null=True)  # number of the version of which a person said: not in it any more
    kinds = models.CharField(max_length=20, blank=True)  # in a layer: claim, proposal, or both with a space between
    tags = models.ManyToManyField(Tag, through="AnnotationTag", related_name="annotations")

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("annotation")]
        indexes = [
            models.Index(fields=["document", "removed_at"], name="annotation_document"),
            models.Index(fields=["corpus", "removed_at", "-id"], name="annotation_list"),
        ]

    def __str__(self) -> str:
        return f"annotation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("annotation_permalink", args=[self.pk])


class Anchor(models.Model):
    """Where an Annotation stands in a Version. `exact == raw[start:end]`; home_* is the place in the first copy
    of a repeated body."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="anchors", db_index=False)
    version = models.ForeignKey(Version, models.CASCADE, related_name="anchors", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    clean_start = models.PositiveIntegerField()
    clean_end = models.PositiveIntegerField()
    home_start = models.PositiveIntegerField()
    home_end = models.PositiveIntegerField()
    exact = models.TextField()
    quote = models.TextField()  # the clean text of the passage
    prefix = models.CharField(max_length=64)
    suffix = models.CharField(max_length=64)
    block = models.PositiveIntegerField()  # index of the block it starts in: its paragraph number is block + 1
    state = models.CharField(max_length=10, default="ok")
    method = models.CharField(max_length=12, default="made")
    similarity = models.FloatField(default=1.0)
    fold_hash = models.CharField(
        max_length=32
    )  # of the folded passage: "the same words elsewhere" is one index look-up

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annotation", "version"], name="anchor_once_per_version"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="anchor_not_empty"),
        ]
        indexes = [
            models.Index(fields=["version", "start"], name="anchor_in_version"),
            models.Index(fields=["fold_hash"], name="anchor_same_words"),
        ]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}) in {self.version_id}"


class AnnotationTag(models.Model):
    """A tag on an Annotation; corpus and document stand here, too, so that counting documents by tag needs no join."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="tag_rows", db_index=False)
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="annotation_rows")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annotation", "tag"], name="annotation_tag_once")]
        indexes = [models.Index(fields=["corpus", "tag", "document", "annotation"], name="passages_by_tag")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.annotation_id}"


class DocumentTag(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="document_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "tag"], name="document_tag_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.document_id}"

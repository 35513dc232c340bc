"""Coding rounds: who codes which documents by which codebook, each coder's layer, and what was settled in the end."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from annotations.models.base import Thing, unique_uid
from annotations.models.corpus import Member
from annotations.models.document import Document, Version


class Round(Thing):
    """A coding round: documents, coders, a frozen codebook; blind until closed.

    `codebook` holds the tags as they were when it was opened: rows of id, uid, label in each language, definition.
    """

    name = models.CharField(max_length=120)
    blind = models.BooleanField(default=True)
    codebook_version = models.PositiveIntegerField()
    codebook = models.JSONField(default=list)
    guide = models.TextField(blank=True)
    coders_per_document = models.PositiveSmallIntegerField(default=2)
    documents = models.ManyToManyField(Document, related_name="rounds")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    report = models.JSONField(default=list)  # worked out once, when it was closed (rules/agreement/report.py)

    class Meta:
        constraints = [unique_uid("round")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round_detail", args=[self.corpus.slug, self.pk])

    @property
    def etag(self) -> str:
        return f'"{self.pk}-{self.version}"'


class Layer(models.Model):
    """One coder's annotations in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="layers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "member"], name="layer_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.member_id}"


class Assignment(models.Model):
    """One document that one coder reads in a round, on the version that was current when the round was opened.

    `state` is one of rules.vocabulary.ASSIGNMENT_STATES: open, done, or nothing (done, nothing found).
    """

    layer = models.ForeignKey(Layer, models.CASCADE, related_name="assignments")
    document = models.ForeignKey(Document, models.CASCADE, related_name="assignments")
    text = models.ForeignKey(Version, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="open")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "document"], name="assignment_once"),
            models.CheckConstraint(condition=Q(state="open") ^ Q(done_at__isnull=False), name="assignment_done_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.layer_id} reads {self.document_id}: {self.state}"


class Ruling(Thing):
    """What became of passages that coders marked at one place: `made` is the annotation for everybody, or none.

    The place is in raw code points of the version that was coded; the coders' own annotations stay in their layers.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="rulings")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    made = models.ForeignKey("annotations.Annotation", models.PROTECT, null=True, related_name="rulings")
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            unique_uid("ruling"),
            models.UniqueConstraint(
                fields=["round", "document", "start", "end"], condition=Q(removed_at=None), name="ruling_once"
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="ruling_not_empty"),
        ]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}) of {self.document_id} in {self.round_id}"

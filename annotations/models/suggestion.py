"""Suggestions: a passage that a machine proposes as a claim, as a proposal, or as a repeat of a known statement. Never
counted, searched or exported as somebody's work: accepted, it becomes an Annotation; turned down, it stays away."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from annotations.models.annotation import Annotation
from annotations.models.base import Thing, unique_uid
from annotations.models.corpus import Member
from annotations.models.document import Document, Version
from annotations.models.round import Round
from annotations.models.statement import Statement


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> SuggestionQuerySet:
        """What waits for somebody's decision, in the text that the document has now."""
        return self.filter(state="open", text_version=F("document__current"), document__removed_at=None)

    def visible_to(self, member: Member) -> SuggestionQuerySet:
        """Coders of an open blind round judge for themselves: its documents show them none."""
        blind = Round.objects.filter(corpus_id=member.corpus_id, closed_at=None, blind=True, documents__isnull=False)
        return self.filter(corpus_id=member.corpus_id).exclude(
            document__in=list(blind.values_list("documents", flat=True))
        )


class Suggestion(Thing):
    """A passage of one text of a document, and what it would be: a new claim or proposal (`kind`), or a repeat of
    `statement` in the same words or as a variant. `reasons` say why, as codes with the words they rest on."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="suggestions", db_index=False)
    text_version = models.ForeignKey(Version, models.CASCADE, related_name="+", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    clean_start = models.PositiveIntegerField()
    clean_end = models.PositiveIntegerField()
    block = models.PositiveIntegerField()
    quote = models.TextField()  # the clean text of the passage
    fold_hash = models.CharField(max_length=32)  # of the folded passage: what was turned down stays away everywhere
    suggester = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, blank=True)
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="suggestions")
    score = models.FloatField()
    fit = models.CharField(max_length=8, default="same")
    difference = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list)  # [{"code": …, "words": […]}]
    state = models.CharField(max_length=10, default="open")
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    annotation = models.ForeignKey(Annotation, models.SET_NULL, null=True, related_name="suggestions")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("suggestion"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="suggestion_not_empty"),
        ]
        indexes = [
            models.Index(fields=["document", "state", "start"], name="suggestion_in_document"),
            models.Index(fields=["corpus", "state", "fold_hash"], name="suggestion_same_words"),
        ]

    def __str__(self) -> str:
        return f"{self.suggester} [{self.start}, {self.end}) in {self.text_version_id}"

    @property
    def etag(self) -> str:
        return f'"{self.pk}-{self.version}"'


class Asked(models.Model):
    """How far a language model was asked about one text of a document. The machine's book-keeping: nobody's work."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="+")
    text_version = models.ForeignKey(Version, models.CASCADE, related_name="+", db_index=False)
    upto = models.PositiveIntegerField(default=0)  # code points of the clean text
    done = models.BooleanField(default=False)
    missing = models.PositiveIntegerField(default=0)  # quotations that do not stand in the text, and were left out
    unusable = models.PositiveIntegerField(default=0)  # pieces of the text for which no answer could be used
    tries = models.PositiveSmallIntegerField(default=0)  # of the piece that is next
    problem = models.JSONField(default=dict)  # {"code", "template", "params"} of the last one, {} when all is well
    lease_until = models.DateTimeField(null=True)  # somebody is asking
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id}: {self.upto}"

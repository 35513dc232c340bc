"""Verifications: one dated, versioned check of a claim, its questions and answers, and the second person's Reviews."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from annotations.models.base import Editable, LiveQuerySet, Thing, unique_uid
from annotations.models.corpus import Member
from annotations.models.statement import Statement

OPEN_STATES = ("in_progress", "in_review", "changes_requested")


class VerificationQuerySet(LiveQuerySet["Verification"]):
    def visible_to(self, member: Member) -> VerificationQuerySet:
        """Approved ones for everybody; an unapproved one for its contributors only (UX.md 4.6)."""
        mine = Q(author=member) | Q(contributors=member)
        return self.filter(Q(state="approved") | mine, corpus_id=member.corpus_id, removed_at=None).distinct()

    def readable_by(self, member: Member) -> VerificationQuerySet:
        """Those, and the ones on which the member recorded a verdict of their own: both stand side by side then."""
        reviewed = Q(reviews__reviewer=member, corpus_id=member.corpus_id, removed_at=None)
        return self.filter(Q(pk__in=self.model.objects.visible_to(member).values("pk")) | reviewed).distinct()


class Verification(Editable):
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="verifications")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Member, models.PROTECT, null=True, related_name="verifications")
    contributors = models.ManyToManyField(Member, related_name="+")
    state = models.CharField(max_length=20, default="in_progress")
    verdict = models.CharField(max_length=20, blank=True)
    flags = models.JSONField(default=list)
    justification = models.TextField(blank=True)
    as_of_date = models.CharField(max_length=10, blank=True)
    limitations = models.TextField(blank=True)
    claimant_contacted = models.CharField(max_length=10, blank=True)
    claimant_note = models.TextField(blank=True)
    sole_source_reason = models.TextField(blank=True)
    search_log = models.JSONField(default=list)
    approved_at = models.DateTimeField(null=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("verification"),
            models.UniqueConstraint(fields=["statement", "number"], name="verification_number"),
            models.UniqueConstraint(
                fields=["statement"], condition=Q(state__in=OPEN_STATES), name="verification_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} v{self.number}"


class Question(Thing):
    verification = models.ForeignKey(Verification, models.CASCADE, related_name="questions")
    text = models.TextField()
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [unique_uid("question")]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def answers_seen(self) -> str:
        """Which answers there are, as a form says that was made from these."""
        return ".".join(str(answer.pk) for answer in self.answers.all())


class Answer(Thing):
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.TextField(blank=True)
    type = models.CharField(max_length=14)
    boolean_explanation = models.TextField(blank=True)

    class Meta:
        constraints = [unique_uid("answer")]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Review(Thing):
    """A second person's decision; the blind verdict is stored before the first verdict is shown."""

    verification = models.ForeignKey(Verification, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Member, models.PROTECT, null=True, related_name="reviews")
    blind_verdict = models.CharField(max_length=20)
    blind_reason = models.TextField(blank=True)
    after_discussion = models.BooleanField(default=False)
    decision = models.CharField(max_length=20, blank=True)
    comment = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [unique_uid("review")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.decision}"


class Correction(Thing):
    """A line of the public record of a check, shown with it for ever: published, paused, withdrawn, or what changed, in
    words."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="corrections")
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=14)
    public_note = models.TextField()
    requested_by = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [unique_uid("correction")]

    def __str__(self) -> str:
        return self.public_note

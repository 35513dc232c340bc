"""Comments: what members say to each other on a passage, a statement or a check; a thread is a comment with replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from annotations.models.annotation import Annotation
from annotations.models.base import Editable, LiveQuerySet, unique_uid
from annotations.models.corpus import Member
from annotations.models.statement import Statement
from annotations.models.verification import Verification

TARGETS = ("annotation", "statement", "verification")


class CommentQuerySet(LiveQuerySet["Comment"]):
    def unhidden(self, member: Member) -> CommentQuerySet:
        """Those that this member may read, removed ones too: as the check, and as the passage, they stand on."""
        passages = Q(annotation=None) | Q(annotation__in=Annotation.objects.unhidden(member).values("pk"))
        readable = Verification.objects.readable_by(member).order_by().values("pk")
        checks = Q(verification=None) | Q(verification__in=readable)
        return self.filter(passages, checks, corpus_id=member.corpus_id)

    def visible_to(self, member: Member) -> CommentQuerySet:
        """The live ones of these, on what is there itself."""
        found = self.unhidden(member).filter(removed_at=None, annotation__removed_at=None, statement__removed_at=None)
        there = found.filter(annotation__document__removed_at=None, verification__removed_at=None)
        return there.filter(verification__statement__removed_at=None)

    def in_threads(self) -> CommentQuerySet:
        """Every thread after the one before it, its replies in the order in which they were written."""
        return self.alias(thread=Coalesce("parent_id", "pk")).order_by("thread", "pk")


class Comment(Editable):
    """Markdown as typed; it stands on exactly one thing. A reply has a `parent` and stands where that stands."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, null=True, related_name="comments")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="comments")
    verification = models.ForeignKey(Verification, models.CASCADE, null=True, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    body = models.TextField()
    resolved_at = models.DateTimeField(null=True)  # of the first comment of a thread only
    resolved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            unique_uid("comment"),
            models.CheckConstraint(
                condition=Q(annotation__isnull=False, statement=None, verification=None)
                | Q(annotation=None, statement__isnull=False, verification=None)
                | Q(annotation=None, statement=None, verification__isnull=False),
                name="comment_on_one_thing",
            ),
            models.CheckConstraint(condition=Q(parent=None) | Q(resolved_at=None), name="comment_thread_is_resolved"),
        ]

    def __str__(self) -> str:
        return self.body[:40]

    @property
    def target(self) -> Annotation | Statement | Verification:
        """What it stands on."""
        found = self.annotation or self.statement or self.verification
        assert found is not None  # the table sees to it
        return found


class Mention(models.Model):
    """This comment names this member: @name."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(Member, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "member"], name="mention_once")]

    def __str__(self) -> str:
        return f"@{self.member_id}"

"""Notices: which event concerns whom, and why; read or not, mailed or not. What they tell is the event's own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from annotations.models.corpus import Corpus, Member


class Notice(models.Model):
    """The event `seq` of the corpus concerns this member. Whether they may see it now is decided when it is shown."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="notices", db_index=False)
    seq = models.BigIntegerField()
    reason = models.CharField(max_length=12)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "seq"], name="notice_once")]
        indexes = [models.Index(fields=["member", "-seq"], name="notice_unread", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return f"{self.reason} {self.seq}"

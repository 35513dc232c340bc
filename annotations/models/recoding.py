"""What goes over from one tag to another in batches, because it is too much for one transaction."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from annotations.models.codebook import Tag
from annotations.models.corpus import Corpus, Member
from annotations.models.history import Event


class Recoding(models.Model):
    """The rows of a merge or split, or of one taken back, on their way: `kind` merge, split, separate or rejoin.

    `done` of `total` things are over; the next batch is number `batches`. Where it goes on stands in `part` (of the
    lists, or of the batches of `of`, or the one event `undoes`) and `after` (within that part).
    """

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")
    into = models.ForeignKey(Tag, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    op = models.CharField(max_length=64)
    undoes = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    of = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    batches = models.PositiveIntegerField(default=0)
    part = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["corpus"], name="recoding_under_way", condition=Q(finished_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} of {self.tag_id} and {self.into_id}: {self.done} of {self.total}"


class RecodingList(models.Model):
    """Ids that a recoding was told, some in a row; a merge needs none, its rows carry the tag."""

    recoding = models.ForeignKey(Recoding, models.CASCADE, related_name="lists", db_index=False)
    number = models.PositiveIntegerField()
    ids = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recoding", "number"], name="recoding_list_once")]

    def __str__(self) -> str:
        return f"list {self.number} of recoding {self.recoding_id}"

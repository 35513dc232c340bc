"""Sketches of sentences, by which repeats are found among all documents of a corpus (text/reuse.py), and how far the
search for repeats has come. Worked out by a job; nothing refers to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from annotations.models.corpus import Corpus
from annotations.models.statement import Statement


class Sketch(models.Model):
    """One run of words of one sentence. The id of a sentence says which corpus and document it is of (decision 0032);
    of a document that was removed since, no such sentence is there any more."""

    pk = models.CompositePrimaryKey("run", "sentence")
    run = models.BigIntegerField()
    sentence = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["sentence"], name="sketch_of_sentence")]

    def __str__(self) -> str:
        return f"{self.run} in {self.sentence}"


class Recurrence(models.Model):
    """Up to which event of a corpus its new passages have been looked for elsewhere, and up to which id its statements
    have been compared with each other."""

    corpus = models.OneToOneField(Corpus, models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)
    compared = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.corpus_id} up to {self.seq}"


class Lookalike(models.Model):
    """Two statements of one kind that may say the same, `one` the older: the wordings that are most alike, and what
    differs between them. What people make of the two stands in a Relation."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)
    one = models.ForeignKey(Statement, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    score = models.FloatField()
    fit = models.CharField(max_length=8)
    difference = models.CharField(max_length=10, blank=True)
    one_words = models.TextField()
    other_words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="lookalikes_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="lookalikes_in_order"),
        ]
        indexes = [models.Index(fields=["corpus", "-score", "id"], name="lookalikes_best_first")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

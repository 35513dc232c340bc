"""Sketches of sentences and of the wordings of statements, by which repeats are found in a corpus (text/reuse.py), and
how far the search for repeats has come. Worked out by a job; nothing refers to them."""

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


class Wording(models.Model):
    """One way in which a statement has been worded (services/known.py), ready to be found by its runs of words: itself,
    a passage of it, its English gloss. `bare`: the words as they are compared (text/bare.py). Never changed, only
    written anew. `kind` is that of the statement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    words = models.TextField()
    bare = models.TextField()
    fit = models.CharField(max_length=8)
    difference = models.CharField(max_length=10, blank=True)
    own = models.BooleanField()
    gloss = models.BooleanField()

    def __str__(self) -> str:
        return self.words


class WordingRun(models.Model):
    """One run of words of one wording. `run` holds the corpus, too, and whether the wording is a gloss: each corpus has
    a stretch of the index of its own (services/wordings.py)."""

    pk = models.CompositePrimaryKey("run", "wording")
    run = models.BigIntegerField()
    wording = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["wording"], name="run_of_wording")]

    def __str__(self) -> str:
        return f"{self.run} in {self.wording}"


class Due(models.Model):
    """A statement or a document that the job of recurrence has still to look at in one of its steps
    (services/due.py)."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)
    step = models.CharField(max_length=8)
    thing = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["corpus", "step", "thing"], name="due_in_turn")]

    def __str__(self) -> str:
        return f"{self.step} {self.thing}"


class Recurrence(models.Model):
    """Up to which event of a corpus, and up to which id of its statements, it is noted what is due."""

    corpus = models.OneToOneField(Corpus, models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)
    shelved = models.PositiveBigIntegerField(default=0)

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

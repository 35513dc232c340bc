"""Sketches of sentences, by which repeats are found among all documents of a corpus (text/reuse.py), and how far the
search for repeats has come. Worked out by a job; nothing refers to them."""

from __future__ import annotations

from django.db import models

from annotations.models.corpus import Corpus


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
    """Up to which event of a corpus its new passages have been looked for elsewhere."""

    corpus = models.OneToOneField(Corpus, models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.corpus_id} up to {self.seq}"

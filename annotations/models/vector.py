"""Vectors of passages, by which they are compared by meaning (services/embedding.py), and which texts have them. Worked
out by a job; nothing refers to them, and where no embedding is set up there are none."""

from __future__ import annotations

from django.db import models

from annotations.models.corpus import Corpus
from annotations.models.document import Document, Version


class Vector(models.Model):
    """The vector that one model makes of some words, for one corpus: kept by the words and not by their place, so that
    a new version of a text, or a passage that was decided on, is not worked out again."""

    pk = models.CompositePrimaryKey("corpus", "model", "words")
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)
    model = models.CharField(max_length=16)  # digest of the model
    words = models.CharField(max_length=32)  # digest of the words
    vector = models.BinaryField()  # half-precision numbers, lowest byte first, of length 1 together

    def __str__(self) -> str:
        return f"{self.words} by {self.model}"


class Embedded(models.Model):
    """All passages of this text have vectors of this model. `lessons`: how many decisions of the corpus there were when
    its suggestions were last looked for with them."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="embedded")
    text_version = models.ForeignKey(Version, models.CASCADE, related_name="+", db_index=False)
    model = models.CharField(max_length=16)
    lessons = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.document_id} by {self.model}"

"""Sentences: clean text inside one block, the unit of the search index; and the words they are made of. The token index
itself stands in services/search_index."""

from __future__ import annotations

from django.db import models

from annotations.models.corpus import Corpus
from annotations.models.document import Document, Version


class Sentence(models.Model):
    """One searchable passage of a current Version; offsets in raw and clean code points."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="sentences", db_index=False)
    block = models.PositiveIntegerField()
    clean_start = models.PositiveIntegerField()
    clean_end = models.PositiveIntegerField()
    duplicate = models.BooleanField(default=False)
    folded = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["version", "clean_start"], name="sentence_order")]

    def __str__(self) -> str:
        return f"{self.version_id} [{self.clean_start}, {self.clean_end})"


class Entry(models.Model):
    """An annotation, a statement, a source or a comment in the index of search; its id says which
    (services/search_entries.py). The terms stand beside it, as those of sentences do."""

    id = models.BigIntegerField(primary_key=True)
    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class Word(models.Model):
    """A word of some sentence, folded: what a search for a part of a word (*govern*) is spelled out by.

    For all corpora together, and it stays when its last sentence goes: it only widens what the index is asked. Two
    writers at once may note a word twice; a unique one would make them wait for each other.
    """

    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["text"], name="word_text")]

    def __str__(self) -> str:
        return self.text

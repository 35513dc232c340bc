"""The codebook: tag sets and tags, versioned data of a corpus. A used tag is deprecated or merged, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from annotations.models.base import LiveQuerySet, Thing, unique_uid
from annotations.models.corpus import Corpus, Member


class TagSet(Thing):
    """Tags that belong together. Scope annotation, statement (the corpus's own Tracker columns) or document."""

    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10)
    many = models.BooleanField(default=True)
    closed = models.BooleanField(default=True)
    order = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        constraints = [unique_uid("tagset")]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Tag(Thing):
    tag_set = models.ForeignKey(TagSet, models.CASCADE, related_name="tags")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=80)
    label_zh_hans = models.CharField(max_length=80, blank=True)
    label_zh_hant = models.CharField(max_length=80, blank=True)
    definition = models.TextField(blank=True)
    definition_zh_hans = models.TextField(blank=True)
    definition_zh_hant = models.TextField(blank=True)
    use_when = models.TextField(blank=True)
    not_when = models.TextField(blank=True)
    examples = models.TextField(blank=True)
    colour = models.CharField(max_length=12)
    key = models.CharField(max_length=1, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    order = models.PositiveIntegerField(default=0)
    deprecated = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    # while its rows go over in batches (models/recoding.py): the tag that they are read as
    leads_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["corpus"], name="tag_leading", condition=~Q(leads_to=None))]
        constraints = [
            unique_uid("tag"),
            models.UniqueConstraint(fields=["tag_set", "code"], name="tag_code"),
            # the service compares more strictly (services/codebook.py): the database knows the case of ASCII only
            models.UniqueConstraint("tag_set", Lower("label"), condition=Q(deprecated=False), name="tag_label_in_use"),
        ]
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.label

    def label_in(self, language: str) -> str:
        """The label in this interface language, else the English one."""
        return str(getattr(self, f"label_{suffix(language)}", "") or self.label)

    def definition_in(self, language: str) -> str:
        return str(getattr(self, f"definition_{suffix(language)}", "") or self.definition)


class CodebookVersion(models.Model):
    """The whole codebook as it stood after one op: `content` holds its sets and tags as the dump writes them, so that
    any edition can be read, compared and exported. `note` is its name, where somebody gave it one."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="codebook_versions", db_index=False)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    op = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=200, blank=True)
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["corpus", "number"], name="codebook_version_number")]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.corpus_id}"


def suffix(language: str) -> str:
    """zh-Hans -> zh_hans: how the columns of a language are named."""
    return language.lower().replace("-", "_")

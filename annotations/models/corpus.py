"""The corpus: a workspace, its counters, its members and invitations. Nothing is visible across corpora."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.models.base import Thing, unique_uid
from annotations.models.user import User


class CorpusQuerySet(models.QuerySet["Corpus"]):
    def of(self, user: User) -> CorpusQuerySet:
        """Corpora in which this person is an active member."""
        return self.filter(members__user=user, members__active=True)


class Corpus(models.Model):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=False)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    codebook_version = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    publisher_name = models.CharField(max_length=200, blank=True)  # who publishes checks, where corrections go
    publisher_contact = models.CharField(max_length=200, blank=True)
    publisher_policy = models.TextField(blank=True)
    sends_to = models.CharField(max_length=255, blank=True)  # the host of the language model that may read its texts
    suggests = models.BooleanField(default=True)  # claims and proposals are suggested in its texts
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = CorpusQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("corpus"), _("corpora")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("corpus_home", args=[self.slug])


class CorpusHead(models.Model):
    """The counters of a corpus: last event and its hash, last statement numbers. Locked by each write, taken last."""

    corpus = models.OneToOneField(Corpus, models.CASCADE, primary_key=True, related_name="head")
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    last_claim = models.PositiveIntegerField(default=0)
    last_proposal = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.corpus_id} @ {self.seq}"


class Member(Thing):
    """A person's place in one corpus: role, and the name that stands at their work. `user` is null for authors of
    imported work."""

    corpus = models.ForeignKey(Corpus, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="memberships")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12)
    active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    seen_seq = models.BigIntegerField(default=0)  # "what changed since my last visit"
    seen_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints = [
            unique_uid("member"),
            models.UniqueConstraint(fields=["corpus", "user"], name="member_once_per_corpus"),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(Thing):
    """A link that makes its first opener a member; only the hash of its secret is stored."""

    role = models.CharField(max_length=12)
    note = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")

    def __str__(self) -> str:
        return f"{self.role} until {self.expires_at:%Y-%m-%d}"

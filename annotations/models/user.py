"""Accounts and API tokens. What a person may do in a corpus stands in Member, not here."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who can log in. `full_name` is shown; Chinese names have no first and last name."""

    full_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, blank=True)
    single_keys = models.BooleanField(default=True)  # WCAG 2.1.4: one-letter shortcuts can be switched off
    digests = models.BooleanField(default=True)  # mail once a day what is unread
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.full_name or self.username


class ApiToken(models.Model):
    """A bearer token of one person; only its SHA-256 is stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("API token"), _("API tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def works(self) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())

"""Bearer tokens: made, shown once, kept as a hash, expiring, revocable."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.models import ApiToken, User
from annotations.rules.errors import Missing, NotSignedIn, Refused, noop
from annotations.services import access

PREFIX = "aigov_"
DAYS = 90  # until a token expires, unless another time is asked for
MOST = 50
USE_STEP = timedelta(minutes=10)  # last_used_at is written at most this often: a read is no reason for a write


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def own(user: User) -> QuerySet[ApiToken]:
    """Every token of this person, also the expired and revoked ones, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-id")


def expiry(days: int | None) -> datetime | None:
    """The moment so many days from now; None for a token that does not expire."""
    return None if days is None else timezone.now() + timedelta(days=days)


def create(user: User, *, name: str, write: bool, expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """A token and its secret, which is shown once. A revoked or expired one makes room for another."""
    live = own(user).filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)
    if live.count() >= MOST:
        raise Refused("too_many_tokens", noop("You have %(limit)s tokens. Revoke one first."), limit=MOST)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name.strip()[:80] or "token", prefix=secret[:12], digest=digest(secret), write=write,
        created_at=timezone.now(), expires_at=expires_at,
    )  # fmt: skip
    return token, secret


def find(secret: str) -> ApiToken:
    """The valid token behind a secret; NotSignedIn without one. Its person must be active."""
    token = access.only(ApiToken.objects.select_related("user").filter(digest=digest(secret), revoked_at=None))
    now = timezone.now()
    if token is None or not token.user.is_active or (token.expires_at and token.expires_at <= now):
        raise NotSignedIn("token_invalid", noop("This token is unknown, expired or revoked."))
    if token.last_used_at is None or now - token.last_used_at > USE_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke(user: User, pk: int) -> None:
    """Make one's own token useless from now on; Missing when it is not one's own."""
    if not own(user).filter(pk=pk).exists():
        raise Missing("token_unknown", noop("You have no such token."))
    ApiToken.objects.filter(user=user, pk=pk, revoked_at=None).update(revoked_at=timezone.now())

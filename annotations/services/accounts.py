"""Accounts as an operator of the installation keeps them: an address is one person's, a lost second factor goes."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from annotations.models import User


def address_taken(email: str, but: int | None = None) -> bool:
    """Whether somebody else signs in by this address; capitals make no other address."""
    others = User.objects.filter(email__iexact=email)
    return bool(email) and (others.exclude(pk=but) if but else others).exists()


def forget_old_addresses(user: User) -> None:
    """After an operator changed the address: the ones before it no longer sign in and get no mail."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()


def is_last_operator(user: User) -> bool:
    """Whether nobody could change accounts without this person."""
    operators = User.objects.filter(is_active=True, is_staff=True, is_superuser=True)
    return operators.filter(pk=user.pk).exists() and not operators.exclude(pk=user.pk).exists()


def forget_second_factors(users: QuerySet[User]) -> list[User]:
    """Remove authenticator apps, passkeys and recovery codes; gives the persons who had some."""
    had = list(users.filter(pk__in=Authenticator.objects.values("user")).order_by("pk"))
    Authenticator.objects.filter(user__in=had).delete()
    return had

"""What a person prefers, kept at the account so that it holds on every device."""

from __future__ import annotations

from annotations.models import User


def set_single_keys(*, user: User, on: bool) -> None:
    """Switch one-letter keys on or off (WCAG 2.1.4). Not a change of any corpus, so no event is written."""
    User.objects.filter(pk=user.pk).update(single_keys=on)
    user.single_keys = on


def set_digests(*, user: User, on: bool) -> None:
    """Switch the daily mail on or off."""
    User.objects.filter(pk=user.pk).update(digests=on)
    user.digests = on

"""The limits in force: the defaults of rules/limits.py, overridden by AIGOV_LIMIT_<NAME>."""

from __future__ import annotations

from django.conf import settings

from annotations.rules.limits import LIMITS


def of(name: str) -> int:
    """The limit of this name. KeyError for a name that is not in the table."""
    return int(settings.AIGOV_LIMITS.get(name, LIMITS[name].default))

"""A limit as this installation has it: AIGOV_LIMIT_<NAME> from the environment, else the default of
annotations/rules/limits.py."""

from django.conf import settings


def limit(name: str) -> int:
    """The number; KeyError for a name that the table of limits does not know."""
    if name in settings.AIGOV_LIMITS:
        return int(settings.AIGOV_LIMITS[name])
    from annotations.rules.limits import LIMITS

    return int(LIMITS[name].default)

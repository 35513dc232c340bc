"""The limits in force: the defaults of rules/limits.py, overridden by AIGOV_LIMIT_<NAME>."""

from __future__ import annotations

from django.conf import settings

from annotations.rules.limits import LIMITS
from annotations.sandbox import Limits


def of(name: str) -> int:
    """The limit of this name. KeyError for a name that is not in the table."""
    return int(settings.AIGOV_LIMITS.get(name, LIMITS[name].default))


def check(name: str, actual: int, field: str | None = None) -> None:
    """Raise the limit's own sentence (TooLarge or Invalid) when `actual` is more than it."""
    most = of(name)
    if actual > most:
        limit = LIMITS[name]
        raise limit.problem(name, limit.sentence, field=field, limit=limit.shown(most), actual=limit.shown(actual))


def of_sandbox() -> Limits:
    """What reading one uploaded file may cost here."""
    return Limits(
        upload=of("upload_bytes"), memory=of("reader_memory"), cpu=of("reader_cpu_seconds"),
        wall=float(of("reader_seconds")), output=of("reader_output"),
    )  # fmt: skip

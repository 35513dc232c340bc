"""The limits in force: the defaults of rules/limits.py, overridden by AIGOV_LIMIT_<NAME>."""

from __future__ import annotations

from annotations.readers.limits import NAMES
from annotations.rules.limits import LIMITS, most
from annotations.sandbox import Limits


def of(name: str) -> int:
    """The limit of this name. KeyError for a name that is not in the table."""
    return most(name)


def check(name: str, actual: int, field: str | None = None) -> None:
    """Raise the limit's own sentence (TooLarge or Invalid) when `actual` is more than it."""
    allowed = most(name)
    if actual > allowed:
        limit = LIMITS[name]
        raise limit.problem(name, limit.sentence, field=field, limit=limit.shown(allowed), actual=limit.shown(actual))


def of_sandbox() -> Limits:
    """What reading one uploaded file may cost here."""
    return Limits(
        upload=of("upload_bytes"), memory=of("reader_memory"), cpu=of("reader_cpu_seconds"),
        wall=float(of("reader_seconds")), output=of("reader_output"),
        reading={name: of(name) for name in NAMES},
    )  # fmt: skip

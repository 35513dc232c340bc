"""Small words for exports: times in UTC, several values in one cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

SEPARATOR = " | "


def utc(moment: datetime | str | None) -> str:
    """ISO 8601 in UTC with a trailing Z, microseconds kept only when there are any; "" for None. SQLite cursors give text."""
    if not moment:
        return ""
    if isinstance(moment, str):
        return moment.replace(" ", "T", 1) + ("" if moment.endswith("Z") else "Z")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def joined(values: Iterable[object]) -> str:
    return SEPARATOR.join(dict.fromkeys(str(value) for value in values if value))

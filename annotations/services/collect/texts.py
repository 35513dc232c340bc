"""Small words for exports: times in UTC, several values in one cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import orjson

SEPARATOR = " | "


def utc(moment: datetime | None) -> str:
    """ISO 8601 in UTC with a trailing Z, microseconds kept only when there are any; "" for None."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def uid(row: Any) -> str | None:
    """The uid of a row, or None where there is none."""
    return str(row.uid) if row is not None else None


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def joined(values: Iterable[object]) -> str:
    return SEPARATOR.join(dict.fromkeys(str(value) for value in values if value))


def codes(first: str, more: object) -> str:
    """A code and further ones (a list, or its JSON as SQLite gives it) in one cell."""
    if isinstance(more, str):
        more = [] if more == "[]" else orjson.loads(more)
    return joined([first, *more]) if more else first  # type: ignore[misc]

"""Dates as they are stored: ISO 8601, of a day, a month or a year; "" is not known."""

from __future__ import annotations

import datetime
import re

from annotations.rules.errors import Invalid, noop

_FORM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def check_date(value: str, field: str, *, blank: bool = True) -> str:
    """The value, when it is such a date; Invalid otherwise."""
    if blank and not value:
        return value
    match = _FORM.fullmatch(value) if value.isascii() else None
    try:
        if match:
            datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
            return value
    except ValueError:
        pass
    template = noop("“%(value)s” is not a date: write 2025-07-26, 2025-07 or 2025.")
    raise Invalid("not_a_date", template, field=field, value=value)


def precision(value: str) -> str:
    """day, month or year (codes of PRECISIONS); "" for no date."""
    return {10: "day", 7: "month", 4: "year"}.get(len(value), "")

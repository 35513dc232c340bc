"""A time line from left to right: where days stand on it, its ticks, lanes with dots that never cover another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 860  # of the line itself
DOT = 11  # from dot to dot where several stand on one day
MONTHS_AT_MOST = 400  # days up to which months are ticked, beyond that years


@dataclass(frozen=True, slots=True)
class Scale:
    """First and last day; a line of one day has some room around it."""

    first: date
    last: date

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return round((day - self.first).days / days * WIDTH, 1)


def day_of(text: str) -> date | None:
    """The day that a part of a date stands for: the middle of a month, of a year; None when it is no date."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return date(numbers[0], 7, 1)
        return date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 15)
    except ValueError:
        return None


def scale(days: Iterable[date]) -> Scale | None:
    """A scale that holds all these days; None without any."""
    found = sorted(days)
    if not found:
        return None
    room = timedelta(days=max(7, (found[-1] - found[0]).days // 25))
    return Scale(found[0] - room, found[-1] + room)


def ticks(line: Scale) -> list[tuple[float, str]]:
    """Where months (2025-07) begin, or, on a long line, years."""
    months = (line.last - line.first).days <= MONTHS_AT_MOST
    found: list[tuple[float, str]] = []
    day = date(line.first.year, line.first.month, 1)
    while day <= line.last:
        if day >= line.first and (months or day.month == 1):
            found.append((line.x(day), day.strftime("%Y-%m") if months else str(day.year)))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    step = len(found) // 9 + 1
    return found[::step]


def apart(places: Sequence[float]) -> list[tuple[float, int]]:
    """(x, row) of each: what would lie on another dot of its lane goes a row up."""
    found: list[tuple[float, int]] = []
    for place in places:
        row = 0
        while any(abs(place - x) < DOT and row == taken for x, taken in found):
            row += 1
        found.append((place, row))
    return found


def week(day: date) -> str:
    """The week as ISO names it: 2025-W30."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"

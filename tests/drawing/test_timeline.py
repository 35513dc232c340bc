"""Days on a time line: parts of dates, ticks, dots that do not cover each other, weeks."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.drawing.timeline import DOT, WIDTH, apart, day_of, scale, ticks, week


@pytest.mark.parametrize(
    ("text", "day"),
    [("2025-07-26", date(2025, 7, 26)), ("2025-07", date(2025, 7, 15)), ("2025", date(2025, 7, 1)), ("", None),
     ("2025-13", None), ("soon", None), ("2025-02-30", None)],
)  # fmt: skip
def test_parts_of_dates(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_everything_stands_on_the_line() -> None:
    assert scale([]) is None
    line = scale([date(2025, 7, 26), date(2025, 1, 1)])
    assert line and 0 < line.x(date(2025, 1, 1)) < line.x(date(2025, 7, 26)) < WIDTH
    one = scale([date(2025, 7, 26)])
    assert one and one.x(date(2025, 7, 26)) == WIDTH / 2


def test_months_then_years() -> None:
    short, long = scale([date(2025, 1, 1), date(2025, 7, 1)]), scale([date(1990, 1, 1), date(2025, 7, 1)])
    assert short and [words for _, words in ticks(short)][:2] == ["2025-01", "2025-02"]
    assert long and len(ticks(long)) <= 10 and all(len(words) == 4 for _, words in ticks(long))


def test_dots_of_one_day_go_up() -> None:
    found = apart([10, 10, 12, 10 + DOT])
    assert found == [(10, 0), (10, 1), (12, 2), (10 + DOT, 0)]


def test_weeks_as_iso_names_them() -> None:
    assert week(date(2025, 12, 29)) == "2026-W01"

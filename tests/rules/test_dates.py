"""Dates of a day, a month or a year."""

from __future__ import annotations

import pytest

from annotations.rules.dates import check_date, precision
from annotations.rules.errors import Invalid
from annotations.rules.vocabulary import PRECISIONS


@pytest.mark.parametrize(
    ("value", "name"), [("2025-07-26", "day"), ("2024-02-29", "day"), ("2025-07", "month"), ("2025", "year"), ("", "")]
)
def test_dates_pass_and_have_a_precision(value: str, name: str) -> None:
    assert check_date(value, "date") == value
    assert precision(value) == name and (not name or name in PRECISIONS)


WRONG = "2025-13 2025-02-30 25-07-26 2025-7-26 2025/07/26 2025-07-26T00:00 soon ２０２５ 0000".split()


@pytest.mark.parametrize("value", WRONG)
def test_anything_else_is_refused_with_its_field(value: str) -> None:
    with pytest.raises(Invalid, match="is not a date") as caught:
        check_date(value, "published_date")
    assert caught.value.field == "published_date"


def test_blank_may_be_refused() -> None:
    with pytest.raises(Invalid):
        check_date("", "date", blank=False)

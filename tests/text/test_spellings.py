"""Dates and counted parts are found in either figures, and never as the end of another number."""

from __future__ import annotations

import pytest

from annotations.text import query_hits, spellings
from annotations.text.classes import fold_text
from annotations.text.query import parse


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("2025年7月26日", {"二〇二五年七月二十六日", "二零二五年七月二十六日"}),
        ("二〇二五年七月二十六日", {"2025年7月26日", "二零二五年七月二十六日"}),
        ("第一百零五條", {"第105条"}), ("第20屆三中全會", {"第二十届三中全会"}), ("3月", {"三月"}), ("五日", {"5日"}),
        ("12条", set()), ("5日", set()), ("1月", set()), ("每月", set()), ("3个月", set()), ("百日维新", set()),
    ],
)  # fmt: skip
def test_other_figures(text: str, others: set[str]) -> None:
    assert set(spellings.others(fold_text(text))) == others


@pytest.mark.parametrize("value", [1, 10, 11, 20, 26, 99, 100, 101, 110, 119, 900, 999])
def test_a_number_comes_back(value: int) -> None:
    assert spellings.others(f"第{spellings.counted(value)}条") == [f"第{value}条"]


@pytest.mark.parametrize(
    ("asked", "text", "places"),
    [
        ("2025年7月26日", "會議於二〇二五年七月二十六日在上海舉行。", ["二〇二五年七月二十六日"]),
        ("二零二五年七月", "在２０２５年７月，", ["２０２５年７月"]), ("第12条", "依第十二條之規定", ["第十二條"]),
        ("第十二條", "第112条", []), ("12条", "二十二条", []), ("5日", "七月十五日", []), ("1月", "十一月", []),
        ('"第12条"', "依第十二條之規定", []), ("第12条 -安全", "第十二條、安全", []),
    ],
)  # fmt: skip
def test_search_finds_them(asked: str, text: str, places: list[str]) -> None:
    words = parse(asked).words
    assert words is not None
    assert [text[start:end] for start, end in query_hits.find(text, words)] == places

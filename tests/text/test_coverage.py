"""Ranges of paragraphs: joined, counted, cut, carried to another text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.text import coverage
from annotations.text.blocks import Block

PAIRS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def held(ranges: coverage.Ranges) -> set[int]:
    return {index for start, end in ranges for index in range(start, end)}


@given(PAIRS, PAIRS)
def test_joined_ranges_are_sets(one: coverage.Ranges, other: coverage.Ranges) -> None:
    a, b = coverage.joined(one), coverage.joined(other)
    assert held(a) == held(one) and coverage.count(a) == len(held(one))
    assert all(first[1] < second[0] for first, second in zip(a, a[1:], strict=False))
    assert held(coverage.within(a, b)) == held(a) & held(b)
    missing = coverage.first_missing(a, b)
    assert missing == min(held(b) - held(a), default=None)


def test_what_is_there_to_be_read() -> None:
    blocks = [
        Block("title", 0, 5), Block("page-head", 6, 9), Block("paragraph", 10, 20),
        Block("paragraph", 30, 40, duplicate_of=2, shift=20), Block("paragraph", 50, 50),
    ]  # fmt: skip
    assert coverage.readable(blocks) == [(0, 1), (2, 3)]


def test_unchanged_paragraphs_stay_read() -> None:
    old, new = ["A", "B", "C", "C"], ["New", "C", "A", "C", "B 2"]
    assert coverage.carried([(0, 3)], old, new) == [(1, 3)]
    assert coverage.carried([(0, 4)], old, new) == [(1, 4)]
    assert coverage.carried([], old, new) == []

"""The laws of the two offset maps, as properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.offsets import OffsetMap, Utf16


@st.composite
def maps(draw: st.DrawFn) -> OffsetMap:
    """Any map that a cleaner could make: stretches that stay, become one code point, or go."""
    edits, at = [], 0
    for gap, length, new in draw(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5), st.sampled_from(["", "x"])))):
        edits.append((at + gap, at + gap + length, new))
        at += gap + length
    return OffsetMap.from_edits(at + draw(st.integers(0, 4)), edits)


def spans(draw: st.DataObject, length: int) -> tuple[int, int]:
    start = draw.draw(st.integers(0, length))
    return start, draw.draw(st.integers(start, length))


@given(maps(), st.data())
def test_clean_to_raw_and_back_is_the_identity(offsets: OffsetMap, data: st.DataObject) -> None:
    span = spans(data, offsets.clean_length)
    assert offsets.raw_to_clean(*offsets.clean_to_raw(*span)) == span


@given(maps(), st.data())
def test_raw_to_clean_and_back_only_widens(offsets: OffsetMap, data: st.DataObject) -> None:
    start, end = spans(data, offsets.raw_length)
    back = offsets.clean_to_raw(*offsets.raw_to_clean(start, end))
    assert back[0] <= start and end <= back[1]


@given(maps())
def test_every_raw_code_point_is_owned_once(offsets: OffsetMap) -> None:
    owned = [offsets.clean_to_raw(at, at + 1) for at in range(offsets.clean_length)]
    assert all(left[1] == right[0] for left, right in zip(owned, owned[1:], strict=False))
    assert not owned or (owned[0][0], owned[-1][1]) == (0, offsets.raw_length)


@given(maps())
def test_what_is_written_can_be_read(offsets: OffsetMap) -> None:
    assert OffsetMap.decode(offsets.encode()) == offsets


def test_a_gloss_goes_with_the_character_before_it() -> None:
    offsets = OffsetMap.from_edits(7, [(2, 6, "")])  # 國務(wù)院
    assert offsets.clean_to_raw(1, 2) == (1, 6)
    assert offsets.clean_to_raw(0, 3) == (0, 7)
    assert offsets.raw_to_clean(3, 5) == (1, 2), "a span that cuts a gloss is widened to its character"
    assert offsets.encode() == "7:2-4"


def test_what_opens_the_text_goes_with_the_first_character() -> None:
    offsets = OffsetMap.from_edits(5, [(0, 2, "")])
    assert offsets.clean_to_raw(0, 1) == (0, 3)
    assert offsets.clean_to_raw(1, 2) == (3, 4)
    assert offsets.raw_to_clean(0, 1) == (0, 1)


def test_offsets_outside_the_text_are_clipped() -> None:
    offsets = OffsetMap.identity(3)
    assert offsets.clean_to_raw(-5, 99) == (0, 3)
    assert offsets.raw_to_clean(5, 2) == (3, 3)
    assert OffsetMap.identity(0).clean_to_raw(0, 0) == (0, 0)


@pytest.mark.parametrize("edits", [[(2, 2, "x")], [(1, 3, ""), (2, 4, "")], [(3, 9, "")], [(0, 1, "xy")]])
def test_impossible_edits_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError):
        OffsetMap.from_edits(5, edits)


@pytest.mark.parametrize("text", ["", "5", "x:", "5:1", "5:1*2", "5:4-9", "5:1=0", "-5:", "5:1-1,"])
def test_a_broken_map_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        OffsetMap.decode(text)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_utf16_units(text: str, data: st.DataObject) -> None:
    units = Utf16(text)
    at = data.draw(st.integers(0, len(text)))
    assert units.to_utf16(at) == len(text[:at].encode("utf-16-le")) // 2
    assert units.to_code_points(units.to_utf16(at)) == at


def test_a_unit_inside_a_pair_goes_to_its_start() -> None:
    units = Utf16("a𠮷b😀")
    assert [units.to_code_points(unit) for unit in range(7)] == [0, 1, 1, 2, 3, 3, 4]
    assert [units.to_utf16(at) for at in range(5)] == [0, 1, 3, 4, 6]

"""Formula safety: every known trigger and disguise is guarded, other text is not touched, the way back is exact."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.guard import TRIGGERS, guard, guard_row, strip_controls, unguard

DANGEROUS = [
    "=1+1", "+1", "-3", "@SUM(A1)", "\t=1", "\tplain", "\rplain", "\nplain", " =1", "   +1", "\u3000=1", "\u00a0-1",
    "\ufeff=1", "\ufeff  @x", "\u200b=1", "\u202e=1", "\x00=1", "\x1f=1", "\x85=1", "\n\n=1", "＝1", "＋1", "－1",
    "＠x", " ＝1", "﹢1", "﹣1", "﹦1", "﹫x", "⁼1", "₊1", "'=1", "''=1", "=", "-", "=HYPERLINK(\"http://x.example\")",
]  # fmt: skip
HARMLESS = ["", " ", "text", "1-2", "a=b", "陳@組織", "'tis", "' ", "—dash", "·", "233起", "“=”", "(=1)", "\u3000段落"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert guard(cell) == "'" + strip_controls(cell)


@pytest.mark.parametrize("cell", HARMLESS)
def test_text_stays_as_it_is(cell: str) -> None:
    assert guard(cell) == cell


def test_the_triggers_are_all_compatibility_forms() -> None:
    found = {chr(code) for code in range(0x110000) if unicodedata.normalize("NFKC", chr(code)) in ("=", "+", "-", "@")}
    assert found == set(TRIGGERS) - {"\\"}


@given(st.lists(st.one_of(st.text(), st.sampled_from(DANGEROUS)), min_size=1))
def test_no_row_keeps_a_trigger(cells: list[str]) -> None:
    for safe in guard_row(cells):
        shown = strip_controls(safe)
        assert not shown.startswith(("\t", "\r", "\n"))
        assert unicodedata.normalize("NFKC", shown.strip().lstrip("\ufeff\u200b").strip())[:1] not in tuple("=+-@")


@given(st.one_of(st.text(), st.builds("".join, st.lists(st.sampled_from("'=+-@＝ \t\n\x00\ufeffa")))))
def test_unguard_gives_back_what_was_guarded(cell: str) -> None:
    assert unguard(guard(cell)) == strip_controls(cell)

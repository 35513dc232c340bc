"""Pieces put together: offsets, order, limits; whatever the pieces are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.readers import facts, read
from annotations.readers.draft import Piece, Row, assemble, with_title
from annotations.readers.facts import Facts
from annotations.readers.spaces import collapse
from annotations.rules.errors import Unreadable
from annotations.text.blocks import ROLES
from annotations.text.cleaning import normalise

TEXTS = st.text(
    st.characters(codec=None, exclude_characters="\f") | st.sampled_from("\ufeff\0\ud800\r\n\t 　评a"), max_size=20
)
PIECES = st.lists(
    st.builds(Piece, st.sampled_from(ROLES), TEXTS, st.integers(0, 6), st.none(), st.sampled_from("\n\t"))
)


@settings(deadline=None)
@given(PIECES)
def test_blocks_are_sorted_apart_inside_and_hold_their_pieces(pieces: list[Piece]) -> None:
    try:
        text, blocks = assemble(pieces, "a.txt")
    except Unreadable as problem:
        assert problem.code == "blank"
        return
    assert normalise(text) == text
    text.encode("utf-8")
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[block.start].isspace() and not text[block.end - 1].isspace()
        at = block.end
    kept = [normalise(piece.text).replace("\ufeff", "").split() for piece in pieces]
    assert text.replace("\ufeff", "").split() == [word for words in kept for word in words]


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.odt", "a.epub", "a"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    try:
        source = read(data, name)
    except Unreadable as problem:
        assert name in str(problem)
        return
    assert all(0 <= block.start < block.end <= len(source.text) for block in source.blocks)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_text_is_read_or_blank(text: str, name: str) -> None:
    data = (f"<html><body>{text}" if name == "a.html" else text).encode("utf-8", "replace")
    try:
        source = read(data, name)
    except Unreadable:
        return
    starts = [block.start for block in source.blocks]
    assert starts == sorted(starts)
    assert normalise(source.text) == source.text


def test_nothing_but_white_space() -> None:
    with pytest.raises(Unreadable, match="a.txt contains nothing but white space"):
        assemble([Piece("paragraph", " \u3000\ufeff\n")], "a.txt")


def test_row_keeps_columns() -> None:
    row, before = Row(), []
    for cell in (2, 2, 3, 6):
        row.cell = cell
        before.append(row.before())
    assert before == ["\n\t", "\n", "\t", "\t\t\t"]


@pytest.mark.parametrize(
    ("pieces", "title", "roles", "found"),
    [
        ([("heading", "T", 1)], None, ["title"], "T"),
        ([("heading", "T", 2)], None, ["heading"], None),
        ([("heading", "T", 1), ("heading", "U", 1)], None, ["heading", "heading"], None),
        ([("heading", "U", 2), ("heading", "T", 1)], None, ["heading", "heading"], None),
        ([("heading", "U", 2), ("heading", "The rules", 2)], "The rules - Site", ["heading", "title"], "The rules"),
        ([("heading", "A", 2)], "A long title of another text", ["heading"], "A long title of another text"),
        ([("paragraph", "x" * 101, 0), ("heading", "T", 1)], None, ["paragraph", "heading"], None),
        ([("paragraph", "a date", 0), ("heading", "T", 1)], None, ["paragraph", "title"], "T"),
        ([("heading", "Other", 1)], "Stated", ["title"], "Stated"),
        (
            [("title", "One", 1), ("title", "and two", 1), ("paragraph", "x", 0)],
            None,
            ["title", "title", "paragraph"],
            "One and two",
        ),
        ([("paragraph", "x", 0)], "Stated", ["paragraph"], "Stated"),
    ],
)
def test_title(pieces: list[tuple[str, str, int]], title: str | None, roles: list[str], found: str | None) -> None:
    marked, name = with_title([Piece(*piece) for piece in pieces], title)
    assert ([piece.role for piece in marked], name) == (roles, found)


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh", None),
        ("en-US", "en"),
        ("", None),
        (None, None),
        ("und", None),
        ("x-klingon", None),
        ("english", None),
    ],
)
def test_language(value: str | None, tag: str | None) -> None:
    assert facts.language(value) == tag


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-07-26T10:00:00+08:00", "2025-07-26"),
        ("2025年7月26日", "2025-07-26"),
        ("2025/7", "2025-07"),
        ("2025", "2025"),
        ("2025-13-01", None),
        ("2025-02-30", None),
        ("20250726", None),
        ("July 2025", None),
        (None, None),
    ],
)
def test_day(value: str | None, day: str | None) -> None:
    assert facts.day(value) == day


def test_people() -> None:
    assert facts.people(["李雷 韩梅梅", "Jane Doe; 王五、赵六", None, "", "李雷", "Administrator", "x" * 600]) == (
        "李雷", "韩梅梅", "Jane Doe", "王五", "赵六",
    )  # fmt: skip


@pytest.mark.parametrize(
    "made_up", ["Untitled", "Microsoft Word - a.doc", "报告.docx", "文档1", "无标题", " ", "t" * 501]
)
def test_titles_that_programs_make_up(made_up: str) -> None:
    assert facts.title(made_up) is None


def test_facts_hold_no_control_characters() -> None:
    assert facts.words("a\0b\ud800\n c\x07") == "a\ufffdb\ufffd c"
    assert facts.url("https://example.org/\x00") is None


def test_facts_fill_gaps_only() -> None:
    one, other = Facts(title="A", authors=("X",)), Facts(title="B", url="https://e.org")
    assert one.or_else(other) == Facts(title="A", authors=("X",), url="https://e.org")


def test_collapse() -> None:
    assert collapse(" 中\n 文 and\n more　字 \u00a0") == "中文 and more　字"

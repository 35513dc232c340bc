"""Blocks of plain text: roles by looks and neighbours, repeated bodies marked, spans brought home."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.blocks import ROLES, from_plain, home, mark_repeats

LONG = "各国应当在平等的基础上商定人工智能的规则,并且公布商定的结果,让所有人都能看到和评论,这样才能取得信任。"
ENGLISH = "The parties agree to publish their safety tests before a model is released, and to say what they found."


def roles(*lines: str) -> list[str]:
    return [block.role for block in from_plain("\n".join(lines))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["人工智能治理的路径", LONG, "一、问题", LONG], ["title", "paragraph", "heading", "paragraph"]),
        ([LONG, "二、办法", LONG], ["paragraph", "heading", "paragraph"]),
        (["短标题没有下文"], ["paragraph"]),
        (["第一句话。", LONG], ["paragraph", "paragraph"]),
        (["一个标题", "一个副题", LONG], ["title", "heading", "paragraph"]),
        (["一", "二", "三", "四", LONG], ["paragraph"] * 5),
        (["春天", "夏天", "秋天", "冬天", "又是春天"], ["paragraph"] * 5),
        ([LONG, "他说:", LONG], ["paragraph"] * 3),
        (["标题", "文/王小明", LONG], ["title", "byline", "paragraph"]),
        ([LONG, "北京某大学治理研究院教授 王小明"], ["paragraph", "byline"]),
        ([LONG, "某某大學治理研究院祕書長 魯小群"], ["paragraph", "byline"]),
        ([LONG, "(来源:某报)"], ["paragraph", "source-line"]),
        ([LONG, "（來源：某報）"], ["paragraph", "source-line"]),
        ([LONG, "(作者单位:某大学)", "责任编辑:张三"], ["paragraph", "source-line", "source-line"]),
        (["办法如下", "• 公布", "• 评论"], ["title", "list-item", "list-item"]),
        ([LONG, "1. 公布所有的结果。", "2. 听取评论。"], ["paragraph", "list-item", "list-item"]),
        ([LONG, "1.2 Safety tests", ENGLISH], ["paragraph", "heading", "paragraph"]),
        ([LONG, "[1] 王小明:《规则》,2024年。"], ["paragraph", "footnote"]),
        ([LONG, "注释:数据截至2024年。"], ["paragraph", "footnote"]),
        (["> quoted words", LONG], ["quote", "paragraph"]),
        (["国家\t数量", "甲\t3"], ["table-cell", "table-cell"]),
        (["Safety testing", "By Jane Doe", ENGLISH], ["title", "byline", "paragraph"]),
        ([ENGLISH, "By contrast with other rules", ENGLISH], ["paragraph", "heading", "paragraph"]),
        ([ENGLISH, "By Jane Doe, John A. Smith and Li Wei"], ["paragraph", "byline"]),
        (["", "  ", "\t"], []),
        ([""], []),
        (["一"], ["paragraph"]),
    ],
)
def test_roles(lines: list[str], expected: list[str]) -> None:
    assert roles(*lines) == expected


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章 总则", 1), ("一、总则", 1), ("（二）范围", 2), ("第三节 范围", 2), ("1.2 Scope", 2),
        ("2.1.3 Terms", 3), ("总则", 1),
    ],
)  # fmt: skip
def test_levels_of_headings(line: str, level: int) -> None:
    block = from_plain(f"{LONG}\n{line}\n{LONG}")[1]
    assert (block.role, block.level) == ("heading", level)


def test_white_space_around_a_line_is_left_out() -> None:
    raw = "\n　　一行 \n\n\f\t二行\u00a0"
    assert [raw[block.start : block.end] for block in from_plain(raw)] == ["一行", "二行"]


def body(*words: str) -> str:
    return "\n".join(f"{word}:{LONG}{word}完。" for word in words)


def test_a_repeated_body_is_marked_and_brought_home() -> None:
    raw = f"标题没有重复\n开头。{LONG}\n{body(*'甲乙丙丁')}\n{body(*'甲乙丙丁')}"
    blocks = from_plain(raw)
    shift = len(body(*"甲乙丙丁")) + 1
    assert [block.duplicate_of for block in blocks] == [None] * 6 + [2, 3, 4, 5]
    assert {block.shift for block in blocks[6:]} == {shift}
    at = raw.rindex("丙完")
    assert home(blocks, at, at + 2) == (at - shift, at - shift + 2)
    assert home(blocks, at - shift, at - shift + 2) == (at - shift, at - shift + 2)
    across = (raw.rindex("乙完"), raw.rindex("丙完"))
    assert home(blocks, *across) == (across[0] - shift, across[1] - shift)
    out = (blocks[5].start, blocks[6].end)
    assert home(blocks, *out) == out, "a span that leaves the repeated body stays where it is"
    assert home(blocks, blocks[6].start, blocks[6].start) == (blocks[2].start, blocks[2].start)
    assert home([], 3, 5) == (3, 5)


def test_a_third_copy_points_to_the_first() -> None:
    raw = "\n".join([body(*"甲乙丙丁")] * 4)
    assert [block.duplicate_of for block in from_plain(raw)] == [None] * 4 + [0, 1, 2, 3] * 3


def test_a_copy_in_the_other_width_is_one_in_another_script_too() -> None:
    other = body(*"甲乙丙丁").replace(",", "，").replace("国", "國").replace("规", "規")
    assert [block.duplicate_of for block in from_plain(f"{body(*'甲乙丙丁')}\n{other}")][4:] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "raw",
    [
        "\n".join(["唱起来吧", LONG, "唱起来吧", LONG.replace("各国", "大家"), "唱起来吧"]),
        "\n".join(["甲\t1"] * 9),
        f"{body(*'甲乙丙丁戊己')}\n{body('乙')}\n结束",
        f"{body(*'甲乙丙丁')}\n{body(*'甲乙丙丁').replace('公布', '公示')}",
        f"{body(*'甲乙丙丁')}\n{body(*'甲乙丙丁').replace('公布', '公 布')}",
    ],
)
def test_what_only_comes_back_is_not_repeated(raw: str) -> None:
    assert all(block.duplicate_of is None for block in from_plain(raw))


def test_one_paragraph_twice_is_half_the_text() -> None:
    once = LONG * 5
    assert [block.duplicate_of for block in from_plain(f"{once}\n{once}")] == [None, 0]


@given(st.text("甲乙。\n \t\f:(1.", max_size=60) | st.text())
def test_blocks_hold_everything_but_white_space(raw: str) -> None:
    blocks = from_plain(raw)
    kept = "".join(raw[block.start : block.end] for block in blocks)
    assert "".join(kept.split()) == "".join(raw.split())
    assert all(one.end <= other.start for one, other in zip(blocks, blocks[1:], strict=False))
    assert all(block.role in ROLES for block in blocks)
    assert mark_repeats(raw, blocks) == blocks


@given(st.lists(st.sampled_from(["甲", "乙", LONG, LONG * 4]), max_size=24).map("\n".join))
def test_a_repeat_is_the_same_text_and_points_to_a_first_copy(raw: str) -> None:
    blocks = from_plain(raw)
    for block in blocks:
        if block.duplicate_of is not None:
            first = blocks[block.duplicate_of]
            assert first.duplicate_of is None
            assert (block.start - block.shift, block.end - block.shift) == (first.start, first.end)
            assert raw[block.start : block.end] == raw[first.start : first.end]
            assert home(blocks, block.start, block.end) == (first.start, first.end)

"""Two wordings side by side: paragraphs find their partners, and put together the pieces are both texts."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.beside import Row, pair, words

OLD = ["标题", "各国应当建立事故报告制度，并公开结果。", "第二段说的是别的事情。", "The tests are public since 2024."]
NEW = ["標題", "新的一段，从前没有。", "各国可以建立事故报告制度，并公开结果。", "The tests are public since 2025."]


def test_paragraphs_find_their_partners() -> None:
    assert pair(OLD, NEW) == [
        Row("same", 0, 0), Row("new", None, 1), Row("changed", 1, 2), Row("gone", 2), Row("changed", 3, 3),
    ]  # fmt: skip


def test_what_stands_elsewhere_is_told_with_its_place() -> None:
    first, second, third = "The first paragraph is short.", "Another one stands here, longer.", "And the last of all."
    rows = pair([first, second, third], [second, third, first])
    assert {row.kind for row in rows} == {"same", "moved"}
    assert [row.elsewhere for row in rows if row.old == 0] == [2]
    assert [row.elsewhere for row in rows if row.new == 2] == [0]


def test_every_paragraph_stands_in_one_row_and_in_order() -> None:
    many = [f"Paragraph {n} speaks of a matter of its own, number {n * 7919 % 1000}." for n in range(90)]
    other = [one.replace("matter", "thing") if n % 3 else f"Nothing like it: {n}" for n, one in enumerate(many[5:])]
    for a, b in ((many, other), (other, many), (many, []), ([], many)):
        rows = pair(a, b)
        assert [row.old for row in rows if row.old is not None] == list(range(len(a)))
        assert [row.new for row in rows if row.new is not None] == list(range(len(b)))


def test_changed_words_are_told_in_both_scripts_and_another_script_is_no_change() -> None:
    ours, theirs = words("各國應當公開結果。", "各国可以公开结果。")
    assert [(one.kind, one.text) for one in ours] == [("same", "各國"), ("gone", "應當"), ("same", "公開結果。")]
    assert [(one.kind, one.text) for one in theirs] == [("same", "各国"), ("new", "可以"), ("same", "公开结果。")]
    assert [one.kind for one in words("應當", "应当")[1]] == ["same"]


def test_a_very_long_paragraph_is_told_by_its_ends() -> None:
    old, new = "a" * 7000 + "b" + "c" * 7000, "a" * 7000 + "xy" + "c" * 7000
    ours, theirs = words(old, new)
    assert [one.kind for one in ours] == ["same", "gone", "same"] and ours[1].text == "b" and theirs[1].text == "xy"


@given(st.text("应当公开結果 ab1.。\n", max_size=40), st.text("应当公開结果 ab1.。\n", max_size=40))
def test_the_pieces_are_the_texts(old: str, new: str) -> None:
    ours, theirs = words(old, new)
    assert "".join(one.text for one in ours) == old and "".join(one.text for one in theirs) == new
    assert {one.kind for one in ours} <= {"same", "gone"} and {one.kind for one in theirs} <= {"same", "new"}

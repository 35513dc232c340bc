"""Lines of a PDF as its reader writes them: blocks become lines, running heads go, the way back stays exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.cleaning import clean
from annotations.text.pages import joins

CLEANER = "aigov-1+pdf-lines"
LINE = "各國應當在平等的基礎上商定人工智能的規則並且"


def page(number: int, *blocks: str) -> str:
    return "\n\n".join(["人工智能治理研究 第三期", *blocks, f"— {number} —"])


PAGES = "\n\f\n".join(
    [
        page(1, "治理的三個步驟", f"{LINE}\n{LINE}\n公布它們。", LINE),
        page(2, "到此為止。", "OpenAI and other firms have\nsigned a statement on the govern-\nance of models."),
        page(3, f"第{LINE}\n3\n步", "2024"),
        page(4, "結語"),
    ]
)


def test_blocks_become_lines_and_heads_go() -> None:
    cleaned = clean(PAGES, CLEANER)
    assert cleaned.text.split("\n\n") == [
        "\n治理的三個步驟",
        f"{LINE}{LINE}公布它們。",
        LINE,
        "到此為止。",
        "OpenAI and other firms have signed a statement on the governance of models.",
        f"第{LINE}3步",
        "結語\n",
    ]
    assert {repair.kind for repair in cleaned.repairs} == {"pdf-line", "running-head"}


def test_a_head_is_shown_as_a_line_end_and_never_as_text() -> None:
    cleaned = clean(PAGES, CLEANER)
    for head in ("人工智能治理研究 第三期", "— 1 —", "— 4 —"):
        at = PAGES.index(head)
        assert cleaned.text[slice(*cleaned.map.raw_to_clean(at, at + len(head)))] == "\n"
    at = PAGES.index(LINE)
    assert cleaned.text[slice(*cleaned.map.raw_to_clean(at, at + len(LINE)))] == LINE


def test_the_plain_cleaner_leaves_lines_alone() -> None:
    assert clean(PAGES).text == PAGES


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("over\nthe lazy dog", "over the lazy dog"),
        ("co-\noperate, do-\nzen", "cooperate, dozen"),
        ("an open-\nsource model is open-source", "an open-source model is open-source"),
        ("AI-\nbased, GPT-\n4", "AI-based, GPT-4"),
        ("gover\u00ad\nnance, gover\u0002\nnance", "governance, governance"),
        ("需要AI\n模型，\nOpenAI 等", "需要AI模型，OpenAI 等"),
        ("一\n\n二", "一\n\n二"),
        ("一\n　　二", "一二"),
        ("一 \n\f\n 二", "一\n\n二"),
        ("12\n\n一\n\f\n二\n\n13", "\n一\n\n二\n"),
        ("head\n\n一\n\f\nhead\n\n二", "\n一\n\n二"),
        ("head\n\n一\n\n二\n\nhead", "head\n\n一\n\n二\n\nhead"),
        ("head\n一\n\f\nhead\n二", "head一\n\nhead二"),
        ("1\f2", "1\f2"),
        ("", ""), ("\n", "\n"), ("\f", "\f"), ("a\f", "a\n"), ("一行\n", "一行\n"), ("\n\n一", "\n\n一"),
    ],
)  # fmt: skip
def test_what_becomes_of_it(raw: str, text: str) -> None:
    assert clean(raw, CLEANER).text == text
    assert clean(text, CLEANER).text == text


def test_glosses_parted_from_their_characters_by_line_ends_are_found() -> None:
    raw = "國(guó)務(wù)機\n(jī)關(guān)發(fā)\n現(xiàn)風\n(fēng)險(xiǎn)"
    assert clean(raw, CLEANER).text == "國務機關發現風險"


@given(
    st.lists(st.sampled_from([LINE, "短。", "", "\f", "head 1", "2", " ", "a-", "b", "務(wù)", "\u00ad"])).map(
        "\n".join
    )
)
def test_nothing_but_lines_and_heads_changes(raw: str) -> None:
    cleaned = clean(raw, CLEANER)
    assert clean(cleaned.text, CLEANER).repairs == ()
    if not any(join.kind == "running-head" for join in joins(raw)):
        assert letters(cleaned.text) == letters(raw)


def letters(text: str) -> str:
    return "".join(text.split()).replace("-", "").replace("\u00ad", "")

"""Numbers by value: every spelling of one finds the others, and what only looks like a number is none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import numbers
from annotations.text.classes import fold_text

PIECES = st.lists(
    st.sampled_from(
        "3 .5 , 350 亿 万 千 百 十 点 三 〇 二 分之 百分之 % - 至 million hundred thirty and a k 年".split(" ")
    ),
    max_size=9,
)


@pytest.mark.parametrize(
    "same",
    [
        ["3.5亿", "3.5億", "三亿五千万", "三點五億", "3亿5000万", "35,000万", "350 million", "350million", 
         "350,000,000", "350m", "0.35b", "３．５ 亿", "three hundred and fifty million", "三亿五"],
        ["30%", "３０％", "百分之三十", "百分之30", "30 per cent", "30 percent", "thirty percent", "三成",
         "三十个百分点"],
        ["2025", "2025年", "二〇二五年", "二零二五年", "2,025", "两千零二十五", "民國114年", "民国一百一十四年"],
        ["三分之一", "1/3", "one third"], ["75%", "七成五", "3/4", "three-quarters", "四分之三"],
        ["50%", "一半", "半数"],
        ["廿五", "二十五", "25"], ["70B", "700亿", "70 billion"],
        ["1.2万亿", "1.2 trillion", "一点二万亿", "12,000亿"],
        ["四分之一", "25%", "0.25", "百分之二十五"],
        ["12", "十二", "twelve", "12.0"], ["105", "一百零五"], ["350", "三百五", "三百五十"], ["56.4", "五十六点四"],
        ["0.5%", "百分之零点五", "千分之五", "5‰"], ["3000000000000", "三万亿", "3 trillion"],
    ],
)  # fmt: skip
def test_one_number_in_many_spellings(same: list[str]) -> None:
    assert len({numbers.value_of(fold_text(text)) for text in same}) == 1, same
    assert numbers.value_of(fold_text(same[0])) is not None


@pytest.mark.parametrize(
    "text",
    "千万不要 三五成群 一一 成千上万 十分重要 亿万 数千 一个 4o 3.5.1 gpt4 two three,one,million".split(" ")
    + "一成不变 5G b2b 三成功".split(" "),
)
def test_no_number(text: str) -> None:
    assert numbers.find(fold_text(text)) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10-20%", {10, Fraction(1, 10), Fraction(1, 5)}),
        ("3至5亿人", {3, 3 * 10**8, 5 * 10**8}),
        ("2 to 3 million", {2, 2 * 10**6, 3 * 10**6}),
        ("百分之十至二十", {Fraction(1, 10), 20, Fraction(1, 5)}),
        ("2024-2025年", {2024, 2025}),
        ("从1990年至今2 million", {1990, 2 * 10**6}),
        ("第一百二十三条", {123}),
        ("2025/1/3", {2025, 1, 3}),
        ("7/26", {7, 26}),
        ("民国114年", {114, 2025}),
        ("1/3的专家", {Fraction(1, 3)}),
    ],
)
def test_numbers_in_texts(text: str, values: set[Fraction]) -> None:
    assert {number.value for number in numbers.find(fold_text(text))} == values


def test_the_span_is_the_number_as_written() -> None:
    folded = fold_text("約有三億五千萬人，占百分之三十")
    assert [folded[one.start : one.end] for one in numbers.find(folded)] == ["三亿五千万", "百分之三十"]


@given(st.text() | PIECES.map("".join) | PIECES.map(" ".join))
def test_nothing_breaks(text: str) -> None:
    folded = fold_text(text)
    for number in numbers.find(folded):
        assert 0 <= number.start < number.end <= len(folded)
        assert numbers.term(number.value)[1:].replace("x", "").isdigit()

"""Statements like a text, in either script; and what makes one a variant of another."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.rules.vocabulary import DIFFERENCES
from annotations.text.similarity import differences, most_similar
from annotations.text.variants import dates, han_number, numbers

STATEMENTS = [
    ("P-1", "中國政府倡議成立世界人工智能合作組織"),
    ("C-2", "2024年全球人工智能相关事故飙升至233起,同比激增56.4%"),
    ("C-3", "全球80%算力集中于少數發達國家"),
    ("C-4", "人工智能或成“富人和富國的游戲”"),
    ("C-5", "《全球数字契约》强调增加发展中国家的数字公共产品投资"),
    ("C-6", "The AI Index Report counts 233 incidents in 2024"),
]

FIRST = [
    ("发达国家", "C-3"),
    ("發達", "C-3"),
    ("达国", "C-3"),
    ("发达国家垄断算力资源", "C-3"),
    ("世界人工智能合作组织", "P-1"),
    ("中国政府倡议成立世界人工智能合作组织,其意义深远", "P-1"),
    ("富国游戏", "C-4"),
    ("２３３起", "C-2"),
    ("數字公共產品", "C-5"),
    ("incidents", "C-6"),
    ("INDEX rep", "C-6"),
]


@pytest.mark.parametrize(("query", "key"), FIRST)
def test_the_right_statement_comes_first_in_either_script(query: str, key: str) -> None:
    assert most_similar(query, STATEMENTS)[0].key == key


def test_the_same_words_score_one_and_a_part_more_than_a_likeness() -> None:
    found = most_similar("中国政府倡议成立世界人工智能合作组织", [*STATEMENTS, ("P-9", "中国政府倡议成立某某组织")])
    assert [(match.key, match.score == 1.0) for match in found[:2]] == [("P-1", True), ("P-9", False)]
    scores = {match.key: match.score for match in most_similar("人工智能", STATEMENTS)}
    assert set(scores) == {"P-1", "C-2", "C-4"} and all(score > 0.9 for score in scores.values())


@pytest.mark.parametrize("query", ["", "  ", "火星移民计划", "zebra"])
def test_nothing_alike_gives_nothing(query: str) -> None:
    assert most_similar(query, STATEMENTS) == []


def test_marks_alone_are_compared_as_marks() -> None:
    assert [match.key for match in most_similar("%", STATEMENTS)] == ["C-3", "C-2"]
    assert most_similar("……", STATEMENTS) == []


def test_the_limit_holds_and_the_first_given_wins_a_tie() -> None:
    same = [(number, "人工智能治理") for number in range(300)]
    assert [match.key for match in most_similar("治理", same, 3)] == [0, 1, 2]


LETTERS = "发达国家發達國家ab 12"


@given(st.text(LETTERS, max_size=12), st.lists(st.text(LETTERS, max_size=20), max_size=8))
def test_a_contained_query_is_always_found(query: str, texts: list[str]) -> None:
    found = {match.key: match.score for match in most_similar(query, enumerate(texts), limit=10)}
    assert all(0 < score <= 1 for score in found.values())
    if query.strip():
        assert set(found) >= {at for at, text in enumerate(texts) if query in text}


def test_five_thousand_statements_answer_while_typing() -> None:
    words = "人工智能治理国际公共产品安全标准评测"
    many = [(number, f"第{number}条陈述:{words}{number * 7919 % 1000}") for number in range(5000)]
    most_similar("热身", many)
    start = time.perf_counter()
    assert most_similar("人工智能治理与国际公共产品的安全标准", many)
    assert time.perf_counter() - start < 0.5


PAIRS: list[tuple[str, str, set[str]]] = [
    ("2024年全球事故飙升至233起", "2024年全球事故飆升至233起", set()),
    ("四分之一的岗位", "25%的崗位", set()),
    ("百分之五十六点四", "56.4 %", set()),
    ("1,200 million dollars", "12亿 dollars", set()),
    ("三项措施", "3项措施", set()),
    ("于2025-07-26举行", "于2025年7月26日举行", set()),
    ("一个国家", "国家", set()),
    ("推动合作", "合作", set()),
    ("不仅如此,不断增长,不同国家", "如此,增长,国家", set()),
    ("未来无人机", "未来的无人机", set()),
    ("飙升至233起", "飙升至234起", {"number"}),
    ("四分之一的岗位", "三分之一的岗位", {"number"}),
    ("3万人", "3亿人", {"number"}),
    ("2024年飙升", "2023年飙升", {"date"}),
    ("2025年7月飙升", "2025年8月飙升", {"date"}),
    ("4月25日举行", "举行", {"date"}),
    ("人工智能不应是富国专利", "人工智能应是富国专利", {"negation"}),
    ("尚未通过", "通过", {"negation"}),
    ("The EU must not act", "The EU must act", {"negation"}),
    ("The EU doesn't act", "The EU does act", {"negation"}),
    ("必须建立机制", "建议建立机制", {"modality"}),
    ("可能受到影响", "受到影响", {"modality"}),
    ("States should act", "States may act", {"modality"}),
    ("所有国家同意", "部分国家同意", {"scope"}),
    ("约80%", "80%", {"scope"}),
    ("至少三国", "三国", {"scope"}),
    ("most states agreed", "some states agreed", {"scope"}),
    ("全球80%算力集中于少數發達國家", "发达国家垄断算力资源", {"number", "scope"}),
    ("2024年必须不少于5家", "2025年可以少于6家", {"number", "date", "modality", "scope"}),
    ("超过五家", "不超过五家", {"scope"}),
]


@pytest.mark.parametrize(("one", "two", "codes"), PAIRS)
def test_what_differs(one: str, two: str, codes: set[str]) -> None:
    assert differences(one, two) == codes == differences(two, one)


def test_every_difference_is_met_and_is_a_code() -> None:
    assert set().union(*(codes for _, _, codes in PAIRS)) == set(DIFFERENCES.codes)


@given(st.text("2024年月日0123.,%不未万亿百十分之三必须可能全球约 ", max_size=40))
def test_a_text_never_differs_from_itself(text: str) -> None:
    assert differences(text, text) == set()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三", 3), ("十", 10), ("二十六", 26), ("二百三十三", 233), ("两千", 2000), ("一百零五", 105), ("二〇二四", 2024),
     ("五十六点四", Fraction(564, 10)), ("", 0)],
)  # fmt: skip
def test_numerals(numeral: str, value: int | Fraction) -> None:
    assert han_number(numeral) == value


def test_dates_are_no_numbers_and_numbers_no_dates() -> None:
    assert dates("2024年4月25日的233起") == {"2024-4-25"}
    assert numbers("2024年4月25日的233起和1,200.5万") == {Fraction(233), Fraction(12_005_000)}
    assert numbers("第三、之一、唯一") == set()
    assert numbers("第三条") == numbers("第3条") == {Fraction(3)}
    assert dates("in 2024 the number rose to 233") == dates("the number rose to 233 in 2024") == {"2024"}
    assert dates("二〇二五年七月二十六日") == dates("2025年7月26日") == {"2025-7-26"}

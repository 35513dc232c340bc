"""Words that cannot stand alone: what is underlined, what is offered, and what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.rules.vocabulary import WORDING_PROBLEMS
from annotations.text.wording import Context, apply, stands_alone_problems
from annotations.text.wording_rules import RULES

BEFORE = "2024年,《全球数字契约》提出建议。"
KNOWN = Context(year=2025, speaker="李強", actor="某某组织", country="中国", earlier=BEFORE)

DEPENDENT = [
    # text, the word, kind, replacements
    ("今年5月20日,某某组织发布", "今年", "year", ("2025年",)),
    ("去年相比", "去年", "year", ("2024年",)),
    ("明年召開", "明年", "year", ("2026年",)),
    ("前年", "前年", "year", ("2023年",)),
    ("同年,某某组织更新", "同年", "year", ()),
    ("近年來增長", "近年來", "year", ()),
    ("目前仍在上升", "目前", "year", ()),
    ("4月25日,会议举行", "4月25日", "date", ("2025年4月25日",)),
    ("会议于4月举行", "4月", "date", ("2025年4月",)),
    ("该契约还特别强调", "该契约", "pointer", ("《全球数字契约》",)),
    ("該契約還特別強調", "該契約", "pointer", ("《全球数字契约》",)),
    ("该技术的公共属性", "该技术", "pointer", ()),
    ("该国政府", "该国", "pointer", ()),
    ("其影响已渗透", "其", "pointer", ("某某组织", "李強")),
    ("这些风险", "这些", "pointer", ()),
    ("這將是", "這", "pointer", ()),
    ("在此背景下", "此", "pointer", ()),
    ("对此,组织可以", "此", "pointer", ()),
    ("那些国家", "那些", "pointer", ()),
    ("它能够满足", "它", "pointer", ("某某组织", "李強")),
    ("他们认为", "他们", "pointer", ("某某组织", "李強")),
    ("其中三分之一", "其中", "pointer", ()),
    ("上述方针", "上述", "pointer", ()),
    ("我国相继发布", "我国", "speaker", ("中国",)),
    ("我們將投資", "我們", "speaker", ("李強",)),
    ("首先,算法具有", "首先,", "connective", ("",)),
    ("其次,应用覆盖", "其次,", "connective", ("",)),
    ("第一,坚持自立", "第一,", "connective", ("",)),
    ("二是推动共享", "二是", "connective", ("",)),
    ("因此,要开展合作", "因此,", "connective", ("",)),
    ("一方面,与各国合作", "一方面,", "connective", ("",)),
    ("This year it was 233.", "This year", "year", ("In 2025",)),
    ("Incidents rose last year.", "last year", "year", ("in 2024",)),
    ("These risks are new.", "These", "pointer", ()),
    ("It fell by half.", "It", "pointer", ("某某组织", "李強")),
    ("They agreed.", "They", "pointer", ("某某组织", "李強")),
    ("We will invest.", "We", "speaker", ("李強",)),
    ("However, incidents rose.", "However,", "connective", ("",)),
]


@pytest.mark.parametrize(("text", "word", "kind", "replacements"), DEPENDENT)
def test_a_dependent_word_is_found_with_what_could_replace_it(
    text: str, word: str, kind: str, replacements: tuple[str, ...]
) -> None:
    found = stands_alone_problems(text, KNOWN)[0]
    assert (found.text, found.kind, found.replacements) == (word, kind, replacements)
    assert text[found.start : found.end] == word


INDEPENDENT = [
    "2024年全球人工智能相关事故飙升至233起,同比激增56.4%",
    "中國政府倡議成立世界人工智能合作組織",
    "全球80%算力集中于少數發達國家",
    "2024年4月25日会议举行",
    "2024 年 4 月 25 日会议举行",
    "其他国家也参加",
    "尤其重要的极其复杂",
    "土耳其的立场",
    "233起事故,其中三分之一属于安全",
    "非排他性和非竞争性",
    "各国应该加强合作,彼此尊重,如此才好",
    "第一季度增长",
    "发展是选择之一是对的",
    "从此以后",
    "他国的选择",
    "吉他教学",
    "The country and its people agreed.",
    "It is estimated that a quarter of jobs are exposed.",
    "The bus used thesis data.",
    "",
]


@pytest.mark.parametrize("text", INDEPENDENT)
def test_what_stands_alone_is_left_alone(text: str) -> None:
    assert stands_alone_problems(text, KNOWN) == []


def test_without_context_nothing_is_offered_but_leaving_out() -> None:
    found = stands_alone_problems("首先,今年该契约和我国")
    assert [(word.text, word.replacements) for word in found] == [
        ("首先,", ("",)), ("今年", ()), ("该契约", ()), ("我国", ()),
    ]  # fmt: skip


def test_replacements_make_a_first_draft() -> None:
    text = "首先,今年5月该契约强调其影响"
    assert apply(text, stands_alone_problems(text, KNOWN)) == "2025年5月《全球数字契约》强调某某组织影响"
    assert apply("其次", stands_alone_problems("其次")) == "其次"
    assert apply("同年增长", stands_alone_problems("同年增长", KNOWN)) == "同年增长"


def test_the_longest_title_ending_wins_and_a_stray_one_is_no_title() -> None:
    known = Context(earlier="《某某报告》与《某某人工智能报告》,另见《没有结尾")
    assert stands_alone_problems("该人工智能报告指出", known)[0].replacements == ("《某某人工智能报告》",)
    assert stands_alone_problems("该宣言指出", known)[0].replacements == ()


def test_every_kind_of_problem_has_rules_and_every_rule_a_kind() -> None:
    assert {kind for kind, _, _ in RULES} == set(WORDING_PROBLEMS.codes)
    assert {offer for _, _, offer in RULES} == {
        "", "year", "year-1", "year-2", "year+1", "year-prefix", "title", "who", "speaker", "country", "drop",
    }  # fmt: skip


@given(st.text("今年同该其这此我国首先第一二是月日4,. itT國該這gāo(", max_size=60))
def test_spans_are_in_order_apart_and_as_written(text: str) -> None:
    at = 0
    for word in stands_alone_problems(text, KNOWN):
        assert at <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.text
        at = word.end


@pytest.mark.parametrize("unit", ["该", "其", "它", "a ", ",一", "《", "这 "])
def test_hostile_texts_take_no_time(unit: str) -> None:
    start = time.perf_counter()
    stands_alone_problems(unit * 5000, Context(earlier="《" * 5000))
    assert time.perf_counter() - start < 2

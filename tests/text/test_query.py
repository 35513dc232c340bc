"""The language of search: what a query means, that nothing crashes, and that FTS5 answers like brute force."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.text import query_terms, tokens
from annotations.text.classes import fold_text
from annotations.text.query import All, Any, Node, Query, Without, Words, parse, words_of
from annotations.text.query_hits import count, find, fits
from annotations.text.query_tokens import Fault

sqlite = pytest.importorskip("pysqlite3")

BITS = (
    '治理 治 理安 安全 AI governance govern *govern* gov* *ance *ai* "AI 治理" "red team*" red teaming 30%'
    " 三成 2025 二〇二五年 350 million 3.5亿 OR AND NOT - ( ) “ 」 * % kind:x tag: 350 company"
).split(" ")
QUERIES = st.lists(st.sampled_from(BITS), min_size=1, max_size=7).map(" ".join)
PIECES = (
    "治理 安全 AI governance governs red teaming team 30% 百分之三十 二〇二五年 2025 三亿五千万 350 million ，"
).split(" ")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


def shown(node: Node | None) -> str:
    if isinstance(node, Words):
        stars = ("*" if node.opens else "", "*" if node.goes_on else "")
        return stars[0] + "|".join(unit.text for unit in node.phrase) + stars[1]
    if isinstance(node, Without):
        return f"-{shown(node.part)}"
    if isinstance(node, (All, Any)):
        return f"({(' & ' if isinstance(node, All) else ' or ').join(map(shown, node.parts))})"
    return ""


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("国际公共产品 治理", "(国际公共产品 & 治理)"),
        ("安全 OR safety 标准", "(安全 or (safety & 标准))"),
        ("(安全 OR safety) 标准", "((安全 or safety) & 标准)"),
        ("（安全 OR safety）标准", "((安全 or safety) & 标准)"),
        ("治理 -企業 NOT AI", "(治理 & -企业 & -ai)"),
        ("治理 －企业", "(治理 & -企业)"),
        ("-(a b) c", "(-(a & b) & c)"),
        ("a (b -c)", "(a & b & -c)"),
        ("NOT NOT a", "a"),
        ("a ＡＮＤ b", "(a & b)"),
        ('"red teaming" x', "(red|teaming & x)"),
        ('"red teaming", x', "(red|teaming & x)"),
        ('("red teaming".)', "red|teaming"),
        ('"" x', "x"),
        ("5 千万 人", "(5|千万 & 人)"),
        ("1.2 兆", "1|.|2|兆"),
        ("“red teaming” x", "(red|teaming & x)"),
        ("「red teaming」", "red|teaming"),
        ("*govern* gov* *ance", "(*govern* & gov* & *ance)"),
        ('"red team*"', "red|team*"),
        ("*治理*", "治理"),
        ("350 million people", "(350|million & people)"),
        ("$350 million", "350|million"),
        ("US$50m", "50m"),
        ("(AI)治理", "ai|)|治理"),
        ("「雙刃劍」效應", '双刃剑|"|效应'),
        ("“智能鸿沟”。", "智能鸿沟"),
        ('"OR"', "or"),
        ("a or b", "(a & or & b)"),
        ("——我们", "我们"),
        ("治理 治理", "治理"),
        ("NEAR(", "near"),
        ("-- -", ""),
        ("", ""),
    ],
)
def test_what_a_query_means(query: str, tree: str) -> None:
    assert shown(parse(query).words) == tree


def test_filters_stand_beside_the_words() -> None:
    found = parse('TAG:"red line" 治理 kind：claim -by:李 after:2025-01')
    assert [(one.name, one.value, one.negative) for one in found.filters] == [
        ("tag", "red line", False), ("kind", "claim", False), ("by", "李", True), ("after", "2025-01", False),
    ]  # fmt: skip
    assert shown(found.words) == "治理"
    assert shown(parse("a AND tag:x AND b").words) == "(a & b)"
    assert shown(parse('words:治理 "tag:x"').words) == "(words|:|治理 & tag|:|x)"
    assert not parse("  ") and parse("tag:x")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("a AND", "operator_alone"), ("OR a", "operator_alone"), ("a OR", "operator_alone"), ("NOT", "operator_alone"),
        ("a AND AND b", "operator_alone"), ("(a", "bracket_open"), ("()", "bracket_empty"), ("-a", "only_without"),
        ("a OR -b", "only_without"), ("a (b OR -c)", "only_without"), ("(tag:x a)", "filter_inside"),
        ("a OR tag:x", "filter_inside"), ("tag: x", "filter_empty"), ("gov*ment", "star_inside"), ("*a", "part_short"),
        ('"red teaming', "quote_open"), ('tag:""', "filter_empty"), ("by:“", "filter_empty"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named(query: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        parse(query)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Self-governance governs the governed", "*govern*", ["governance", "governs", "governed"]),
        ("Self-governance governs the governed", "govern*", ["governance", "governs", "governed"]),
        ("nongovernment and govern", "govern*", ["govern"]),
        ("governance and dance", "*ance", ["governance", "dance"]),
        ("the red teams, a red teaming", '"red team*"', ["red teams", "red teaming"]),
        ("約三億五千萬人", "350 million", ["三億五千萬"]),
        ("some 350 million people", "3.5亿", ["350 million"]),
        ("占百分之三十，或30％", "30%", ["百分之三十", "30％"]),
        ("30人，30%", "30%", ["30%"]),
        ("二〇二五年與2025年", "2025年", ["二〇二五", "2025年"]),
        ("約1.2兆元，或一兆兩千億", "1.2 trillion", ["1.2兆", "一兆兩千億"]),
        ("1.2萬億", "1.2兆", ["1.2萬億"]),
        ("350兆瓦", "350 trillion", []),
        ("投入US$350m，即３.5億美元", "$350 million", ["350m", "３.5億"]),
        ("民國114年與2025年", "2025年", ["民國114", "2025年"]),
        ("民國114年與2025年", "民國114年", ["民國114年", "2025"]),
        ("四分之一，即25%，約1/4", "25%", ["四分之一", "25%", "1/4"]),
        ("約三分之二", "two thirds", ["三分之二"]),
        ("共25,000人", "兩萬五千", ["25,000"]),
        ("增加5千万", "5 千万", ["5千万"]),
        ("⼈⼯智能與人工智能", "人工智能", ["⼈⼯智能", "人工智能"]),
        ("國務(wù)院和国务院", "國務院", ["國務(wù)院", "国务院"]),
        ("ＡＩ治理", "ai 治理", ["ＡＩ", "治理"]),
        ("安全与发展", "安全 -治理", ["安全"]),
        ("安全与治理", "安全 -治理", []),
        ("安全与治理", "发展 OR 治理", ["治理"]),
        ("安全与治理", "(发展 OR 治理) 安全", ["安全", "治理"]),
    ],
)
def test_hits(text: str, query: str, hits: list[str]) -> None:
    words = parse(query).words
    assert words is not None
    spans = find(text, words)
    assert [text[start:end] for start, end in spans] == hits
    assert count(fold_text(text), words) == len(hits)


@settings(max_examples=300)
@given(st.text(max_size=40) | QUERIES)
def test_every_query_is_understood_or_named(query: str) -> None:
    try:
        found = parse(query)
    except Fault as fault:
        assert fault.code
        return
    assert isinstance(found, Query)
    if found.words is not None:
        assert query_terms.tsquery(found.words, {}) and query_terms.fts5(found.words, {})


@settings(max_examples=150)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(QUERIES, min_size=1, max_size=6))
@example(["governance 30% 治理"], ["*govern* 三成 -安全"])
def test_fts5_answers_like_brute_force(texts: list[str], queries: list[str]) -> None:
    base = sqlite.connect(":memory:")
    base.execute(
        "create virtual table f using fts5(t, content='', contentless_delete=1, "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    rows = [(at, " ".join(tokens.index_tokens(fold_text(text)))) for at, text in enumerate(texts)]
    base.executemany("insert into f(rowid, t) values (?, ?)", rows)
    everything = {word for text in texts for word in tokens.words_of(fold_text(text))}
    for query in queries:
        try:
            words = parse(query).words
        except Fault:
            continue
        if words is not None:
            match = query_terms.fts5(words, known(words, everything))
            found = [row for (row,) in base.execute("select rowid from f where f match ? order by rowid", (match,))]
            assert found == [at for at, text in enumerate(texts) if fits(text, words)], (query, match)
    base.close()


def known(node: Node, everything: set[str]) -> dict[Words, list[str]]:
    """The words behind each part of a word, as services/search_query.py fetches them."""
    found = {}
    for one in words_of(node):
        if query_terms.needs_words(one):
            part = one.phrase[0].text
            single = one.goes_on and len(one.phrase) == 1
            found[one] = [word for word in everything if (part in word if single else word.endswith(part))]
    return found

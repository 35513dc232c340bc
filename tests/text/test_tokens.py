"""The index must answer exactly what the brute-force search answers: a toy index, and SQLite's own."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.text.folding import find, fold_text
from annotations.text.tokens import (
    LAST_POSITION,
    Phrase,
    fts5_match,
    index_tokens,
    query_phrases,
    tsquery,
    tsvector_literal,
)

sqlite = pytest.importorskip("pysqlite3")

SMALL = st.text(st.sampled_from("治理治理權权AIai4 o8%，。-' \n\"𠮷𰻞ガ한①😀éΩ\ue000'\\"), max_size=14)
QUERY = st.text(st.sampled_from("治理治理权AIai4o8%,。- \"𠮷𰻞ガ한①😀é\ue000'"), max_size=5)


def toy_answer(text: str, query: str) -> bool:
    """Whether a positional index over the terms of one text holds the query."""
    terms, phrases = index_tokens(fold_text(text)), query_phrases(query)
    return bool(phrases) and all(any(stands(phrase, terms[at:]) for at in range(len(terms))) for phrase in phrases)


def stands(phrase: Phrase, terms: list[str]) -> bool:
    """Whether the terms begin with the phrase."""
    found, last = terms[: len(phrase.terms)], len(phrase.terms) - 1
    if not phrase.prefix or len(found) <= last:
        return tuple(found) == phrase.terms
    return tuple(found[:last]) == phrase.terms[:last] and found[last].startswith(phrase.terms[last])


@settings(max_examples=400)
@given(SMALL | st.text(), QUERY | st.text(max_size=4))
@example("治理AI", "理AI")
@example("权", "权")
def test_a_toy_index_answers_like_brute_force(text: str, query: str) -> None:
    assert toy_answer(text, query) == bool(find(text, query))


@settings(max_examples=60)
@given(st.lists(SMALL, min_size=1, max_size=8), st.lists(QUERY, min_size=1, max_size=8))
def test_fts5_answers_like_brute_force(texts: list[str], queries: list[str]) -> None:
    base = sqlite.connect(":memory:")
    base.execute(
        "create virtual table f using fts5(t, content='', contentless_delete=1, "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    rows = [(at, " ".join(index_tokens(fold_text(text)))) for at, text in enumerate(texts)]
    base.executemany("insert into f(rowid, t) values (?, ?)", rows)
    for query in queries + texts:
        if match := fts5_match(query_phrases(query)):
            found = [row for (row,) in base.execute("select rowid from f where f match ? order by rowid", (match,))]
            assert found == [at for at, text in enumerate(texts) if find(text, query)]
    base.close()


def test_a_run_gives_pairs_and_its_last_character() -> None:
    assert index_tokens(fold_text("國際AI治理")) == ["国际", "际", "ai", "治理", "理"]


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("权", [Phrase(("权",), prefix=True)]),
        ("治理", [Phrase(("治理",))]),
        ("國際公共", [Phrase(("国际", "际公", "公共"))]),
        ("治理AI", [Phrase(("治理", "理", "ai"))]),
        ("AI治", [Phrase(("ai", "治"), prefix=True)]),
        ("安全 治理 安全", [Phrase(("安全",)), Phrase(("治理",))]),
        ("", []),
        (" \t", []),
    ],
)
def test_what_a_query_asks(query: str, phrases: list[Phrase]) -> None:
    assert query_phrases(query) == phrases


def test_strings_for_the_databases() -> None:
    asked = query_phrases("AI治 安全")
    assert fts5_match(asked) == '"ai 治" * AND "安全"'
    assert tsquery(asked) == "('ai' <-> '治':*) & ('安全')"
    assert fts5_match([]) == tsquery([]) == tsvector_literal([]) == tsvector_literal([""]) == ""
    assert tsvector_literal(["治理", "理", "治理"]) == "'治理':1,3 '理':2"


@given(st.text())
def test_terms_are_letters_only(text: str) -> None:
    for term in index_tokens(fold_text(text)):
        assert re.fullmatch(r"[\w\ue000\ue001\ue002]+", term)
        assert len(term.encode()) < 2_000


def test_long_words_and_long_sentences_stay_within_a_tsvector() -> None:
    one, other = "a" * 3_000 + "b", "a" * 3_000 + "c"
    assert index_tokens(one) != index_tokens(other)
    assert max(map(len, index_tokens(one))) < 100
    places = re.findall(r":([\d,]+)", tsvector_literal(index_tokens("治" * 20_000)))
    numbers = [int(number) for group in places for number in group.split(",")]
    assert max(numbers) <= LAST_POSITION and max(len(group.split(",")) for group in places) <= 255

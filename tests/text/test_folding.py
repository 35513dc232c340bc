"""Folding: one class a code point, glosses gone, an index back; and what counts as a hit."""

import sys
import unicodedata
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.folding import find, fold, fold_text
from annotations.text.han import glosses

MIXED = st.text(st.sampled_from("國务務(wùù)院AIaiÉe\u0301𠮷😀ﬁ，,。 \n-'\u200b１1㈠沈沉"), max_size=30)
ANY = st.text() | MIXED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國務院", "国务院"), ("國務(wù)院", "国务院"), ("瞭解", "了解"), ("憑藉", "凭借"), ("覆核", "复核"),
        ("沈默", "沉默"), ("瀋陽", "沈阳"), ("著手", "着手"), ("裏", "裡"), ("臺灣", "台湾"), ("乾", "幹"),
        ("⾔⽂", "言文"), ("⻋⻢", "车马"), ("ＡＩ４ｏ", "ai4o"), ("，。：；？！（）％", ",.:;?!()%"),
        ("“人”「物」", '"人""物"'), ("naïve Straße", "NAIVE STRASSE"), ("ﬁne ﬂow", "fine flow"),
        ("e\u0301", "é"), ("人\u200b工", "人工"), ("ガ", "カ\u3099"), ("模型¹", "模型"), ("CO₂", "co2"),
        ("\u3000", " "),
    ],
)  # fmt: skip
def test_these_are_one_word_to_search(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize("pair", ["像象", "背揹", "治理", "未末", "𠮷吉", "AB", "2²", "、。", "😀😁"])
def test_these_are_not(pair: str) -> None:
    assert fold_text(pair[0]) != fold_text(pair[1])


def test_every_code_point_counts_as_nothing_as_one_or_as_letters() -> None:
    for code in range(sys.maxunicode + 1):
        folded = fold_text(chr(code))
        assert len(folded) < 2 or folded.strip("'").isalpha(), hex(code)  # ﬁ, Ⅳ, №, ₨, ŉ
        assert fold_text(folded) == folded, hex(code)


def test_only_glosses_right_after_a_han_character_go() -> None:
    assert fold_text("務(wù)(API)(men)a(wù) 務 (wù)") == "务(api)(men)a(wu) 务 (wu)"
    assert list(glosses("國務(wu\u0300)院(lǜ)(nǚ)")) == [(2, 7), (8, 16)]


@given(ANY)
def test_the_index_leads_back(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.index) == len(folded.text) + 1
    assert folded.index[-1] == len(text)
    assert all(left <= right for left, right in zip(folded.index, folded.index[1:], strict=False))
    for at in range(len(text) + 1):
        assert folded.part(at, at)[0] == bisect_left(folded.index, at)
    for at, char in enumerate(folded.text):
        assert char in fold_text(text[folded.index[at]])


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(ANY, ANY)
def test_folding_is_additive_outside_glosses(one: str, other: str) -> None:
    if not list(glosses(one + other)):
        assert fold_text(one + other) == fold_text(one) + fold_text(other)


@given(ANY)
def test_canonically_equal_texts_fold_alike(text: str) -> None:
    if not list(glosses(unicodedata.normalize("NFC", text))) and "㈠" not in text:
        jamo = any(unicodedata.name(char, "").startswith("HANGUL") for char in text)
        assert jamo or fold_text(unicodedata.normalize("NFD", text)) == fold_text(text)


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("國務(wù)院", "国务院", ["國務(wù)院"]),
        ("國務(wù)院", "務", ["務(wù)"]),
        ("权力的权利", "权", ["权", "权"]),
        ("OpenAI training AI", "ai", ["AI"]),
        ("推進AI 治理", "AI治理", ["AI 治理"]),
        ("AI。治理", "AI治理", []),
        ("的4o模型在", "4o模型", ["4o模型"]),
        ("的14o模型在", "4o模型", []),
        ("全球80%算力集中", "80%算力", ["80%算力"]),
        ("全球80％算力集中", "80%算力", ["80％算力"]),
        ("全球80算力集中", "80%算力", []),
        ("危机。现实", "机现", []),
        ("危机 现实", "机现", []),
        ("危机 现实", '"危机 现实"', ["危机 现实"]),
        ("危机,现实", "危机，现实", ["危机,现实"]),
        ("治理与安全", "安全 治理", ["治理", "安全"]),
        ("治理与发展", "安全 治理", []),
        ("red-teaming and Red  teaming", '"red teaming"', ["red-teaming", "Red  teaming"]),
        ("teaming red", "red teaming", ["teaming", "red"]),
        ("弥合智能鴻溝。", "“智能鸿沟”。", ["智能鴻溝"]),
        ("“双刃剑”效应", "「雙刃劍」效應", ["双刃剑”效应"]),
        ("一，二", ",", ["，"]),
        ("𠮷野家", "𠮷", ["𠮷"]),
        ("e\u0301lan", "ÉLAN", ["e\u0301lan"]),
        ("oﬃce", "office", ["oﬃce"]),
        ("abc", "", []),
        ("", "abc", []),
        ("abc", " \n", []),
        ('a"b', '"', ['"']),
    ],
)
def test_hits(text: str, query: str, hits: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, query)] == hits


@given(ANY, ANY)
def test_nothing_breaks_and_every_hit_lies_in_the_text(text: str, query: str) -> None:
    for start, end in find(text, query):
        assert 0 <= start < end <= len(text)


@given(MIXED)
def test_a_text_without_gaps_and_quotes_is_found_in_itself(text: str) -> None:
    words = text.split()
    if words and '"' not in text:
        found = find(" ".join(words), " ".join(words))
        assert found or not fold_text(text).strip(" -'_")

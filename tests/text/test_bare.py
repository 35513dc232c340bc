"""A text as its words alone: what counts, what does not, and the way back to where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import bare

TEXTS = st.text(
    st.one_of(st.sampled_from("國国務(wù)院，。 \n“”…-−.,1234５６％%aBé́ﬁ①🙂\x01\x03"), st.characters()), max_size=60
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中國政府倡議", "中国 政府\n倡议"),
        ("“智能鴻溝”不斷擴大。", "「智能鸿沟」,不断扩大"),
        ("國務(wù)院", "国务院"),
        ("ＡＩ ８０％", "ai 80 %"),
        ("Don’t stop — it’s AI-driven!", "don't stop, it's AI driven"),
        ("2023、2024", "2023,2024"),
        ("ﬁne", "FINE"),
    ],
)
def test_these_are_the_same_words(one: str, other: str) -> None:
    assert bare.strip(one).words == bare.strip(other).words != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("56.4%", "564%"),
        ("56.4%", "56.4"),
        ("1,233", "1 233"),
        ("增长-5%", "增长5%"),
        ("AI driven", "AIdriven"),
        ("支持", "反对"),
        ("€5", "$5"),
    ],
)
def test_these_are_not(one: str, other: str) -> None:
    assert bare.strip(one).words != bare.strip(other).words


@pytest.mark.parametrize(
    ("words", "text", "at"),
    [
        ("33", "In 2024 there were 233, 1,233, 33.5 and 5.33 of them; 33 of us", "33"),
        ("5%", "from -5% to 2.5% and 5 %", "5 %"),
        ("said", "unsaid, aforesaid; said", "said"),
        ("三十三起", "共有二百三十三起", "三十三起"),
    ],
)
def test_whole_words_are_found(words: str, text: str, at: str) -> None:
    found = bare.strip(text)
    wanted = bare.strip(words).words
    place = found.find(wanted)
    tokens = list(found.tokens(place, place + len(wanted)))
    assert text[tokens[0].start : tokens[-1].end] == at
    assert tokens[-1].end == len(text) or text[tokens[-1].end] == " "


def test_a_part_of_a_word_is_not_found() -> None:
    for words, text in (("33", "233"), ("33", "1,233"), ("33", "33.5"), ("5%", "-5%"), ("AI", "said")):
        assert bare.strip(text).find(bare.strip(words).words) == -1


@given(TEXTS)
def test_every_place_is_that_of_its_word(text: str) -> None:
    found = bare.strip(text)
    for at, char in enumerate(found.words):
        if char != " ":
            assert found.folded.text[found.place(at)] == char
    assert bare.strip(found.words.translate(dict.fromkeys((1, 2, 3), "."))).words.count(" ") <= len(found.words)


@given(TEXTS)
def test_tokens_stand_in_order_and_hold_all_words(text: str) -> None:
    found = bare.strip(text)
    tokens = list(found.tokens(0, len(found.words))) if found.words else []
    assert "".join(token.text for token in tokens) == found.words.replace(" ", "")
    ends = [place for token in tokens for place in (token.start, token.end)]
    assert ends == sorted(ends) and (not ends or ends[-1] <= len(text))


def test_the_place_in_a_long_text() -> None:
    text = "，".join(f"第{number}段" for number in range(5_000))
    found = bare.strip(text)
    at = found.find("第4321段")
    token = next(found.tokens(at, at + 6))
    assert text[token.start :].startswith("第4321段")

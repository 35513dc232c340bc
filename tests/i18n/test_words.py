"""The two catalogues of the house: binding words, each script by itself, no leftover of the wrong side."""

from __future__ import annotations

import re
from pathlib import Path

import opencc
import pytest

from annotations.management.i18n import work
from annotations.management.i18n.catalogue import Entry, Key
from tests.i18n.glossary import AVOIDED, WORDS

ROOT = Path(__file__).resolve().parents[2]
#: Characters that OpenCC would change although they are at home in both scripts.
BOTH = set("台群里后面干于云系征表范准占余只游")


@pytest.fixture(scope="module")
def catalogues() -> dict[str, dict[Key, Entry]]:
    return {language: work.read(work.catalogue(ROOT, language)) for language in work.LANGUAGES}


@pytest.mark.parametrize("english", WORDS)
def test_the_glossary_binds(catalogues: dict[str, dict[Key, Entry]], english: str) -> None:
    found = tuple(catalogues[language][("", english)].texts[0] for language in work.LANGUAGES)
    assert found == WORDS[english]


@pytest.mark.parametrize("language", work.LANGUAGES)
def test_avoided_words_are_absent(catalogues: dict[str, dict[Key, Entry]], language: str) -> None:
    pattern = re.compile("|".join(AVOIDED[language]))
    wrong = [text for entry in catalogues[language].values() for text in entry.texts if pattern.search(text)]
    assert wrong == []


def test_each_script_keeps_to_itself(catalogues: dict[str, dict[Key, Entry]]) -> None:
    to_hant, to_hans = opencc.OpenCC("s2t"), opencc.OpenCC("t2s")
    checks = (("zh_Hant", to_hant, to_hans, "简体中文"), ("zh_Hans", to_hans, to_hant, "繁體中文"))
    for language, there, back, name in checks:
        characters = {
            c for entry in catalogues[language].values() for text in entry.texts for c in text.replace(name, "")
        }
        foreign = {c for c in characters - BOTH if there.convert(c) != c and back.convert(there.convert(c)) == c}
        assert foreign == set(), language


def test_untranslated_english_does_not_pass_as_chinese(catalogues: dict[str, dict[Key, Entry]]) -> None:
    han = re.compile(r"[\u4e00-\u9fff、]")
    allowed = re.compile(r"^(PDF|D H:i|¶.*|[%{}()\w\s/.:–：？→“”「」、-]{0,24}|YYYY.*)$")
    for language in work.LANGUAGES:
        # what is filled in speaks for itself
        texts = [
            re.sub(r"%\(\w+\)s", "", text)
            for entry in catalogues[language].values()
            if not entry.obsolete
            for text in entry.texts
        ]
        assert [text for text in texts if not han.search(text) and not allowed.match(text)] == []

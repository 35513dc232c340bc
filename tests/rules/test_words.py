"""The word list: the glossary in both Chinese scripts, and the page made from it and from the catalogues."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotations.rules.words import GLOSSARY, catalogue, page, read
from annotations.text import language


def test_no_word_stands_twice_and_no_two_things_share_a_word() -> None:
    assert [word for word, times in Counter(row.english for row in GLOSSARY).items() if times > 1] == []
    for column in ("hans", "hant"):
        shared = Counter(getattr(row, column) for row in GLOSSARY)
        assert [word for word, times in shared.items() if times > 1] == []


def test_each_column_is_in_its_script() -> None:
    traditional, simplified = language.scripts()
    assert [word.hans for word in GLOSSARY if traditional & set(word.hans)] == []
    assert [word.hant for word in GLOSSARY if simplified & set(word.hant)] == []


def test_the_page_in_the_repository_is_up_to_date() -> None:
    written = Path(__file__).resolve().parents[2] / "docs" / "words.md"
    made = page(catalogue("zh_Hans"), catalogue("zh_Hant"))
    assert written.read_text(encoding="utf-8") == made, "run: python -m annotations.rules.words > docs/words.md"


def test_the_page_shows_glossary_and_labels() -> None:
    made = page(lambda text: text.upper(), lambda text: text.lower())
    assert "| voice | 引述方式 | 引述方式 | 语态 = grammar |" in made
    assert "| `refuted` | Refuted | REFUTED | refuted |" in made


@pytest.mark.parametrize("line", ["English | 简体", "| 简体 | 繁體", "a | b | c | d | e"])
def test_a_broken_row_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a row"):
        read(line)

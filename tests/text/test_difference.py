"""The difference of two texts: by sentence, then by word or character; folding is no change."""

from __future__ import annotations

from annotations.text.difference import Line, Piece, compare


def shown(lines: list[Line]) -> list[str]:
    """As [-gone-]{+new+}, or how many sentences stayed."""
    forms = {"same": "%s", "gone": "[-%s-]", "new": "{+%s+}"}
    return ["".join(forms[p.kind] % p.text for p in line.pieces) or f"={line.same}" for line in lines]


def test_nothing_changed() -> None:
    assert compare("One. Two.\nThree.", "One.\nTwo. Three.") == []
    assert compare("人工智能治理。", "人工智慧治理。") != [] and compare("國務院。", "国务院。") == []


def test_a_number_and_a_word() -> None:
    before, after = (
        "It began. There were 233 cases in 2024. It ended.",
        "It began. There were 234 cases in 2024. It ended.",
    )
    assert shown(compare(before, after)) == ["=1", "There were [-233-]{+234+} cases in 2024.", "=1"]


def test_a_number_is_one_word() -> None:
    assert shown(compare("It rose by 56.4 per cent.", "It rose by 56.9 per cent.")) == [
        "It rose by [-56.4-]{+56.9+} per cent."
    ]


def test_characters_where_words_are_not_parted() -> None:
    found = compare("共有二百三十三起事故。", "共有二百三十四起事故。")
    assert shown(found) == ["共有二百三十[-三-]{+四+}起事故。"]


def test_sentences_that_came_and_went() -> None:
    found = compare(
        "Kept here. Taken away entirely.\nLast line.", "Kept here.\nLast line.\nSomething fresh at the end!"
    )
    assert shown(found) == ["=1", "[-Taken away entirely.-]", "=1", "{+Something fresh at the end!+}"]


def test_all_is_new_and_all_is_gone() -> None:
    assert compare("", "A.") == [Line((Piece("new", "A."),))] and compare("A.", "") == [Line((Piece("gone", "A."),))]

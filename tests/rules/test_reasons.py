"""Reasons of suggestions in words: differences of repeats, cues of claims with what they rest on."""

from __future__ import annotations

import pytest

from annotations.rules.reasons import told
from annotations.rules.vocabulary import CUES


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ({"code": "changed", "words": ["54%", "56%"]}, "“54%” → “56%”"),
        ({"code": "share", "words": ["56.4%"]}, "share: 56.4%"),
        ({"code": "number", "words": ["233起", "56"]}, "number: 233起, 56"),
        ({"code": "in_list", "words": []}, "in a list of measures"),
        ({"code": "of another suggester", "words": ["its words"]}, "its words"),
        ({}, ""),
    ],
)
def test_told(reason: dict[str, object], expected: str) -> None:
    assert told(reason) == expected


def test_every_cue_is_told_in_the_language_asked_for() -> None:
    for term in CUES:
        assert told({"code": term.code, "words": []}, str.upper) == term.label.upper()

"""Limits: one table, sentences that fill, and the right error class."""

from __future__ import annotations

import re

import pytest

from annotations.rules.errors import Invalid, TooLarge
from annotations.rules.limits import FILE_LIMITS, LIMITS, check, exceeded


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_lets_its_default_through_and_refuses_one_more(name: str) -> None:
    limit = LIMITS[name]
    check(name, limit.default)
    with pytest.raises(TooLarge if name in FILE_LIMITS else Invalid) as caught:
        check(name, limit.default + 1, field="here")
    assert caught.value.field == "here" and caught.value.code == f"limit_{name}"
    assert str(limit.shown(limit.default)) in str(caught.value)


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_is_positive_and_its_sentence_names_it(name: str) -> None:
    assert LIMITS[name].default > 0 and LIMITS[name].unit
    assert set(re.findall(r"%\((\w+)\)s", LIMITS[name].sentence)) <= {"limit", "actual"}
    assert "%(limit)s" in LIMITS[name].sentence


def test_file_limits_exist() -> None:
    assert set(LIMITS) >= FILE_LIMITS


def test_the_limit_in_force_counts() -> None:
    assert exceeded("note", 11, limit=10) is not None
    assert exceeded("note", 30_000, limit=40_000) is None


def test_bytes_are_told_in_megabytes() -> None:
    problem = exceeded("upload_bytes", 61_400_000)
    assert str(problem) == "The file has 61 MB; at most 50 MB are taken."
    assert str(exceeded("upload_bytes", 2_450_000, limit=2_000_000)) == "The file has 2.5 MB; at most 2.0 MB are taken."


def test_the_readers_agree_with_the_table() -> None:
    from annotations.readers import limits as reading  # here, because it loads every reader

    pairs = {
        "text_characters": reading.MAX_CHARACTERS, "pages": reading.MAX_PAGES, "zip_members": reading.MAX_MEMBERS,
        "zip_bytes": reading.MAX_UNPACKED, "zip_ratio": reading.MAX_RATIO,
    }  # fmt: skip
    assert {name: LIMITS[name].default for name in pairs} == pairs

"""Limits: one table, sentences that fill, and the right error class."""

from __future__ import annotations

import re

import pytest

from annotations.rules import limits
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


def test_readers_tables_and_sandbox_go_by_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotations.readers import limits as reading  # here, because it loads every reader
    from annotations.sandbox import Limits

    asked = (
        reading.max_characters, reading.max_pages, reading.max_members, reading.max_unpacked, reading.max_ratio,
    )  # fmt: skip
    assert [ask() for ask in asked] == [LIMITS[name].default for name in reading.NAMES]
    monkeypatch.setattr(limits, "_overrides", lambda: dict.fromkeys(reading.NAMES, 7))
    assert [ask() for ask in asked] == [7] * 5
    assert (Limits().upload, Limits().memory) == (LIMITS["upload_bytes"].default, LIMITS["reader_memory"].default)


def test_settings_are_followed(settings: object) -> None:
    settings.AIGOV_LIMITS = {"pages": 3}  # type: ignore[attr-defined]
    assert (limits.most("pages"), limits.most("zip_ratio")) == (3, 200)
    assert str(exceeded("pages", 4)) == "The file has 4 pages; at most 3 are read."

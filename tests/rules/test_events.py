"""Events: every kind that is logged has a sentence, and every sentence can be told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.rules.event_fields import FIELDS
from annotations.rules.events import EVENTS, UNKNOWN, sentence

ROOT = Path(__file__).resolve().parents[2]
KNOWN_PARAMS = {
    "actor", "label", "document", "title", "name", "role", "to", "state", "status", "decision", "number", "date",
    "count", "fields", "source", "into", "format", "occasion", "original", "host",
}  # fmt: skip


@pytest.mark.parametrize("code", EVENTS)
def test_every_kind_tells_itself_with_and_without_its_parameters(code: str) -> None:
    kind = EVENTS[code]
    assert set(kind.params) <= KNOWN_PARAMS and set(kind.codes) <= set(kind.params)
    assert re.fullmatch(r"[a-z]+(\.[a-z_]+)?", code) and len(code) <= 40
    empty = sentence(code, {})
    assert "%" not in empty and UNKNOWN in empty
    full = sentence(code, {name: f"<{name}>" for name in kind.params})
    assert all(f"<{name}>" in full for name in kind.params if name != "fields")


def test_a_plain_sentence() -> None:
    values = {"actor": "陈", "document": "试读", "tags": [1]}
    assert sentence("annotation.created", values) == "陈 marked a passage in 试读"


def test_codes_are_told_by_their_labels_and_translated() -> None:
    values = {"actor": "李", "label": "C-2", "to": "in_review", "changes": {"work": ["in_progress", "in_review"]}}
    assert sentence("statement.moved", values) == "李 moved C-2 on: In review"
    words = {"In review": "复核中", "%(actor)s moved %(label)s on: %(to)s": "%(actor)s 将 %(label)s 转为:%(to)s"}
    assert sentence("statement.moved", values, lambda text: words.get(text, text)) == "李 将 C-2 转为:复核中"


def test_an_import_is_told_by_its_format() -> None:
    assert sentence("bulk.imported", {"actor": "陈", "format": "xlsx"}) == "陈 imported an Excel workbook"
    assert sentence("bulk.imported", {"actor": "陈", "name": "old.csv"}) == "陈 imported a file"


def test_changed_fields_are_named() -> None:
    values = {"actor": "陈", "label": "C-2", "changes": {"text": ["a", "b"], "type": ["", "event"], "odd": [1, 2]}}
    assert sentence("statement.updated", values) == "陈 changed the text, the type, odd of C-2"


def test_a_kind_nobody_knows_is_still_told() -> None:
    assert sentence("weather.changed", {"actor": "陈"}) == "陈: weather.changed"


def test_every_kind_that_the_services_log_has_a_sentence() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "annotations" / "services").rglob("*.py")]
    logged = {kind for text in texts for kind in re.findall(r'\.log\(\s*"([a-z_.]+)"', text)}
    assert logged <= set(EVENTS), f"add to annotations/rules/events.py: {sorted(logged - set(EVENTS))}"


def test_field_names_continue_a_sentence() -> None:
    assert all(name.startswith(("the ", "what ", "whether ")) for name in FIELDS.values())

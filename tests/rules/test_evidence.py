"""The evidence minimum of each verdict, over hand-made evidence."""

from __future__ import annotations

import pytest

from annotations.rules.evidence import Counts, Item, count, implied_flags, justified, searches, shortfall
from annotations.rules.vocabulary import VERDICTS


def supporting(*sources: str, kind: str = "secondary", group: str = "") -> list[Item]:
    return [Item("supports", source, kind, group) for source in sources]


def refuting(*sources: str, kind: str = "secondary") -> list[Item]:
    return [Item("refutes", source, kind) for source in sources]


TWO = supporting("a", "b")
ONE = supporting("a")
ONE_PRIMARY = supporting("a", kind="primary_document")
CASES = [
    # verdict, evidence, more, code of what is missing ("" = enough)
    ("supported", [], {}, "evidence_minimum"),
    ("supported", ONE, {}, "evidence_minimum"),
    ("supported", TWO, {}, ""),
    ("supported", refuting("a", "b"), {}, "evidence_minimum"),
    ("supported", ONE_PRIMARY, {}, "sole_source_reason"),
    ("supported", ONE_PRIMARY, {"sole_source_reason": "  "}, "sole_source_reason"),
    ("supported", ONE_PRIMARY, {"sole_source_reason": "It is the only count."}, ""),
    ("supported", ONE_PRIMARY, {"claim_type": "document_content"}, ""),
    ("supported", ONE_PRIMARY, {"claim_type": "quotation"}, ""),
    ("supported", ONE_PRIMARY, {"claim_type": "quantity"}, "sole_source_reason"),
    ("supported", ONE, {"claim_type": "quotation"}, "evidence_minimum"),
    ("supported", ONE, {"sole_source_reason": "Nothing else."}, "evidence_minimum"),
    ("supported", supporting("a", kind="dataset"), {"sole_source_reason": "The dataset itself."}, ""),
    ("mostly_supported", TWO, {}, ""),
    ("mostly_supported", ONE, {}, "evidence_minimum"),
    ("refuted", TWO, {}, "evidence_minimum"),
    ("refuted", refuting("a", "b"), {}, ""),
    ("refuted", refuting("a", kind="dataset"), {}, "sole_source_reason"),
    ("mixed", [*supporting("a"), *refuting("b")], {}, ""),
    ("mixed", [*supporting("a"), Item("context", "b", "news")], {}, ""),
    ("mixed", ONE, {}, "evidence_minimum"),
    ("conflicting", [*supporting("a"), *refuting("b")], {}, ""),
    ("conflicting", TWO, {}, "both_sides"),
    ("conflicting", [], {}, "both_sides"),
    ("not_enough_evidence", [], {}, "search_log"),
    ("not_enough_evidence", TWO, {}, "search_log"),
    ("not_enough_evidence", [], {"search_log": 1}, ""),
    ("", [], {}, ""),
]


@pytest.mark.parametrize(("verdict", "items", "more", "code"), CASES)
def test_what_the_evidence_lacks(verdict: str, items: list[Item], more: dict[str, str], code: str) -> None:
    claim_type = more.get("claim_type", "")
    reason = more.get("sole_source_reason", "")
    log = int(more.get("search_log", 0))
    found = shortfall(verdict, count(items), claim_type=claim_type, sole_source_reason=reason, search_log=log)
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(str(problem).endswith(".") and problem.field for problem in found)


def test_every_verdict_has_a_minimum() -> None:
    assert all(shortfall(verdict, Counts()) for verdict in VERDICTS.codes)


def test_two_articles_on_one_report_are_one_source() -> None:
    assert count(supporting("a", "b", group="report")).supports == 1
    assert count([*supporting("a", group="report"), *supporting("b")]).supports == 2


def test_two_quotes_of_one_source_are_one_source() -> None:
    assert count(supporting("a", "a")).supports == 1


def test_a_group_named_like_a_source_is_another_thing() -> None:
    assert count([*supporting("a"), *supporting("b", group="a")]).supports == 2


def test_only_placed_evidence_counts_and_the_rest_waits() -> None:
    counts = count([Item("supports", "a"), Item("supports", "b", placed=False)])
    assert (counts.supports, counts.unused) == (1, 1)


def test_sources_without_snapshot_are_counted_once_and_only_when_used() -> None:
    items = [
        Item("supports", "a", archived=False),
        Item("refutes", "a", archived=False),
        Item("supports", "b", archived=False, placed=False),
        Item("supports", "c"),
    ]
    assert count(items).not_archived == 1


@pytest.mark.parametrize(
    ("items", "flags"),
    [
        (TWO, ("secondary_only",)),
        (supporting("a", "b", kind="news"), ("secondary_only",)),
        ([*TWO, Item("context", "c", "dataset")], ()),
        ([*TWO, Item("supports", "c", "dataset", placed=False)], ("secondary_only",)),
        ([], ()),
    ],
)
def test_secondary_sources_alone_call_for_the_flag(items: list[Item], flags: tuple[str, ...]) -> None:
    assert implied_flags(count(items)) == flags


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("", False),
        ("   ", False),
        ("Right.", False),
        ("The report gives 3.5 per cent", False),
        ("The report says so. The dataset agrees.", True),
        ("报告如此记载。数据库也一致。", True),
        ("报告如此记载。", False),
        ("!!!???", False),
        ("x" * 79, False),
        ("x" * 80, True),
        (" " * 80 + "x", False),
    ],
)
def test_a_justification_is_two_sentences_or_eighty_characters(text: str, enough: bool) -> None:
    assert justified(text) is enough


def test_searches_count_when_they_say_where_what_and_when() -> None:
    full = {"where": "UN library", "terms": "AI incidents", "date": "2025-11-20", "outcome": ""}
    assert searches([full, {**full, "terms": " "}, {"where": "web"}]) == 1

"""Loss reports: true numbers, named units, and silence about what an export does not have."""

import re
from collections.abc import Callable

import pytest

from annotations.formats import FORMATS
from annotations.records import Export


def sentences(name: str, export: Export) -> dict[str, str]:
    return {loss.code: str(loss) for loss in FORMATS[name].losses(export)}


@pytest.mark.parametrize("name", FORMATS)
def test_every_number_is_that_of_the_export(name: str, export: Export) -> None:
    said = sentences(name, export)
    assert said["history"] == "Events of the history: 9. Only a backup keeps them."
    assert said.get("comments") == (None if name == "json" else "Comments: 2.")
    assert said["reading"] == "Records of who has read what: 4."
    assert said["removed"] == "Removed documents, passages, statements and sources that can be brought back: 5."
    assert said["own-views"] == "Saved views that are not shared: 2."
    assert said["closed-checks"] == "Checks under way, which only those who work on them may read: 3."
    assert said["rounds"] == "Coding rounds, and whose layer a passage belongs to: 6."


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if not format.lossless])
def test_what_only_the_dump_carries(name: str, export: Export) -> None:
    said = sentences(name, export)
    assert said["snapshots"] == "Archived snapshots of sources: 1."
    assert said["corrections"] == "Corrections of published checks: 7."
    assert said["confidence"] == "How sure somebody is of a passage: 8."
    assert said["bare-documents"] == "Documents without a passage: 10."
    assert said["document-facts"] == "Authors, publishers, rights, notes and tags of documents: 2."


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_lost_of_nothing(name: str, exporting: Callable[..., Export]) -> None:
    empty = exporting(rows=[], passages=[], tables={}, counts=dict.fromkeys(exporting().counts, 0))
    assert not [loss for loss in FORMATS[name].losses(empty) if "%(count)s" in loss.template]


@pytest.mark.parametrize("name", FORMATS)
def test_a_filter_is_said_first(name: str, exporting: Callable[..., Export]) -> None:
    first = FORMATS[name].losses(exporting(filters="kind is 100% claim"))[0]
    assert str(first) == "Only what this filter lets through is here: kind is 100% claim."


@pytest.mark.parametrize("name", FORMATS)
def test_sentences_are_whole_and_codes_are_used_once(name: str, export: Export) -> None:
    losses = FORMATS[name].losses(export)
    assert len({loss.code for loss in losses}) == len(losses)
    for loss in losses:
        assert re.fullmatch(r"[A-Z].*[.…]", str(loss))
        assert (loss.count > 0) == ("%(count)s" in loss.template)


def test_passages_without_a_statement_are_missing_in_csv_but_not_in_xlsx(export: Export) -> None:
    assert sentences("csv", export)["bare-passages"] == "Passages without a statement: 1."
    assert "bare-passages" not in sentences("xlsx", export)


def test_statements_without_a_passage_are_missing_in_lists_of_passages(export: Export) -> None:
    for name in ("jsonl", "web-annotation"):
        assert sentences(name, export)["bare-statements"] == "Statements without a passage: 2."


def test_known_counts_save_the_reading(exporting: Callable[..., Export]) -> None:
    known = exporting(rows=None, passages=None, counts={"bare_passages": 7, "bare_statements": 8})
    assert sentences("csv", known)["bare-passages"] == "Passages without a statement: 7."
    assert sentences("jsonl", known)["bare-statements"] == "Statements without a passage: 8."


def test_what_only_one_format_lacks(export: Export) -> None:
    assert {"apostrophes", "controls"} <= sentences("csv", export).keys()
    assert "long-cells" in sentences("xlsx", export)
    assert sentences("json", export).keys() == {
        "files", "accounts", "removed", "closed-checks", "own-views", "rounds", "reading", "history",
    }  # fmt: skip
    assert "reported" in sentences("jsonl", export) and "reported" not in sentences("csv", export)
    assert {"triage", "said"} <= sentences("csv", export).keys()
    assert sentences("web-annotation", export)["unpublished"] == "Checks whose verdict is not published, among: 1."
    assert "unpublished" not in sentences("jsonl", export)

"""Web Annotation: the W3C model suite over collection, page and every annotation, and what the suite does not see."""

import importlib.util
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from annotations.formats import web_annotation as w
from annotations.formats.iris import Place
from annotations.records import Export, PassageRow

PLACE = Place("https://host.example", "demo", "corpus-uid")


def document(export: Export) -> dict[str, Any]:
    return json.loads(b"".join(w.write(export)))


@pytest.fixture(scope="module")
def suite(w3c: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_model_tests", w3c / "run_model_tests.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("base_url", ["https://host.example", ""])
def test_every_must_of_the_model(base_url: str, suite: ModuleType, exporting: Callable[..., Export]) -> None:
    whole = document(exporting(base_url=base_url))
    assert suite.run("collection", whole)
    assert suite.run("page", whole["first"])
    assert [suite.run(item["id"], item) for item in whole["first"]["items"]] == [True] * 3


def test_an_empty_collection_passes_too(suite: ModuleType, exporting: Callable[..., Export]) -> None:
    whole = document(exporting(passages=[]))
    assert whole["total"] == 0 and "first" not in whole
    assert suite.run("collection", whole)


def test_pages_for_the_protocol_pass(suite: ModuleType, export: Export) -> None:
    items = [w.annotation(row, PLACE) for row in export.passages()]
    whole = w.part_of(PLACE.container, "Demo", 9, "2026-11-22T10:00:00Z")
    address = f"{PLACE.container}?page="
    page = w.page(whole, f"{address}1", items, 3, before=f"{address}0", after=f"{address}2")
    assert suite.run("page", page)
    assert suite.run("collection", w.collection(whole, first=f"{address}0", last=f"{address}2"))
    assert (page["startIndex"], page["prev"], page["next"]) == (3, f"{address}0", f"{address}2")


def test_the_suite_can_fail(suite: ModuleType, export: Export) -> None:
    item = document(export)["first"]["items"][0]
    item["target"]["selector"][0]["start"] = -1
    assert not suite.run("spoiled", item, verbose=False)


def test_positions_are_code_points(export: Export) -> None:
    item = document(export)["first"]["items"][1]
    position, quote, fragment = item["target"]["selector"]
    assert "𠮷" in quote["exact"]
    assert position["end"] - position["start"] == len(quote["exact"])
    assert fragment == {
        "type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=20,32",
    }  # fmt: skip


def test_one_annotation_in_full(export: Export) -> None:
    row = next(iter(export.passages()))
    found = w.annotation(row, PLACE)
    assert found["id"] == f"https://host.example/annotations/demo/{row.uid}"
    assert found["canonical"] == f"urn:uuid:{row.uid}"
    assert found["motivation"] == ["highlighting", "tagging", "describing", "identifying", "classifying", "assessing"]
    assert found["creator"] == {"type": "Person", "name": "陳"}
    assert (found["created"], found["modified"]) == ("2026-11-21T09:30:00Z", "2026-11-22T10:00:00Z")
    target: Any = found["target"]
    assert target["source"] == f"https://host.example/c/demo/documents/{row.document}/"
    assert target["scope"] == "https://news.example/a"
    assert target["state"] == {
        "type": "TimeState",
        "cached": f"https://host.example/c/demo/documents/{row.document}/versions/{row.version}/",
        "sourceDate": "2026-11-21T09:30:00Z",
    }


def test_bodies_say_tags_note_statements_and_public_verdicts_only(export: Export) -> None:
    bodies: Any = w.annotation(next(iter(export.passages())), PLACE)["body"]
    said = [(body["purpose"], body.get("value") or body["source"]["label"]) for body in bodies]
    assert said == [
        ("tagging", "風險"),
        ("tagging", "數字"),
        ("describing", "a note"),
        ("identifying", "C-1: 2026年事故升至233起。"),
        ("classifying", "claim/quantity"),
        ("assessing", "C-1: supported"),
        ("identifying", "C-3: 2026年事故升至233起。"),
        ("classifying", "claim/quantity"),
    ]
    assert bodies[3]["source"]["id"] == "https://host.example/c/demo/statements/C-1/"


@pytest.mark.parametrize("public", ["none", "paused", "withdrawn"])
def test_a_verdict_that_is_not_public_stays_here(public: str, export: Export) -> None:
    row = next(iter(export.passages()))
    statement = {**row.statements[0], "public": public}
    assert b"assessing" not in json.dumps(w.annotation(row._replace(statements=(statement,)), PLACE)).encode()


def test_a_bare_passage_has_one_motivation_and_no_empty_values(export: Export) -> None:
    row = list(export.passages())[2]._replace(note="", creator="", tags=(), updated_at="", version_created_at="")
    found = w.annotation(row, PLACE)
    assert found["motivation"] == "highlighting"
    assert not {"body", "creator", "modified"} & found.keys()
    assert "sourceDate" not in json.dumps(found)


@pytest.mark.parametrize("url", ["", "not an address", "javascript:alert(1)", "https://a b", "ftp://x.example/"])
def test_scope_is_given_for_web_addresses_only(url: str, export: Export) -> None:
    row = next(iter(export.passages()))._replace(document_url=url)
    assert "scope" not in str(w.annotation(row, PLACE)["target"])


def test_without_a_base_url_everything_is_a_urn(exporting: Callable[..., Export]) -> None:
    whole = document(exporting(base_url=""))
    assert whole["id"].startswith("urn:uuid:") and whole["first"]["id"] == whole["id"] + "#all"
    item = whole["first"]["items"][0]
    assert "canonical" not in item
    assert item["id"].startswith("urn:uuid:") and item["target"]["source"].startswith("urn:uuid:")


def test_slugs_and_labels_are_escaped() -> None:
    place = replace(PLACE, slug="a b/c")
    assert place.container == "https://host.example/annotations/a%20b%2Fc/"


def test_total_is_counted_and_modified_is_the_latest(export: Export) -> None:
    whole = document(export)
    assert whole["total"] == whole["first"]["partOf"]["total"] == len(whole["first"]["items"]) == 3
    assert whole["modified"] == "2026-11-22T10:00:00Z"
    assert whole["generated"] == export.generated_at
    assert whole["label"] == "AI 治理"


def test_one_annotation_a_line(export: Export) -> None:
    lines = b"".join(w.write(export)).split(b"\n")
    assert [json.loads(line.rstrip(b","))["type"] for line in lines[1:4]] == ["Annotation"] * 3


def test_passages_are_read_while_the_file_is_taken(exporting: Callable[..., Export], export: Export) -> None:
    taken = 0
    row = next(iter(export.passages()))

    def endless() -> Iterator[PassageRow]:
        nonlocal taken
        while True:
            taken += 1
            yield row

    next(w.write(exporting(passages=endless())))
    assert taken < 200


def test_every_key_is_a_term_of_the_context(w3c: Path, export: Export) -> None:
    """A key that the JSON-LD context does not know would vanish without a word in any RDF tool."""
    terms = json.loads((w3c / "spec" / "jsonld_anno.jsonld").read_text("utf-8"))["@context"]
    unknown = set(_keys(document(export))) - set(terms) - {"@context"}
    assert not unknown


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from _keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each)

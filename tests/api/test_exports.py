"""Export over HTTP: all formats, the filters of the list, the loss report, rights, addresses that lead somewhere."""

import csv
import importlib.util
import io
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from django.test import Client

from annotations.formats import FORMATS, dump_read
from annotations.models import Anchor, Annotation, Statement, Verification
from annotations.services import statements
from annotations.services.op import writing
from annotations.services.restore import prepare
from tests.factories import make_cast
from tests.services.everything import Everything, make_everything

pytestmark = pytest.mark.django_db
SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "run_model_tests.py"


def client_of(everything: Everything, role: str = "viewer") -> Client:
    client = Client()
    client.force_login(everything.cast.user(role))
    return client


def address(everything: Everything, name: str = "", more: str = "") -> str:
    return f"/api/corpora/{everything.corpus.pk}/export/{name + '/' if name else ''}{more}"


def body(response: Any) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def table(everything: Everything, query: str = "", role: str = "viewer") -> list[dict[str, str]]:
    data = body(client_of(everything, role).get(address(everything, "csv", query)))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def lines(everything: Everything, query: str = "", role: str = "viewer") -> list[dict[str, Any]]:
    data = body(client_of(everything, role).get(address(everything, "jsonl", query)))
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_streams_with_a_good_name(name: str) -> None:
    everything = make_everything()
    response = client_of(everything).get(address(everything, name))
    assert response.streaming and response["Content-Type"] == FORMATS[name].mime
    disposition = response["Content-Disposition"]
    assert disposition.startswith('attachment; filename="everything-20')
    assert disposition.endswith(f'.{FORMATS[name].extension}"')
    assert response["Link"].endswith('/losses/>; rel="describedby"')
    assert len(body(response)) > 500


def test_head_asks_for_nothing() -> None:
    everything = make_everything()
    response = client_of(everything).head(address(everything, "csv"))
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Disposition"].endswith('.csv"')


def test_a_row_per_passage_of_a_statement_raw_and_clean() -> None:
    rows = table(make_everything())
    assert [row["statement_id"] for row in rows] == ["C-1", "C-1", "C-1", "P-1"]
    wish = rows[3]
    assert wish["quote_raw"] == "應設(shè)立統(tǒng)一的技術(shù)標(biāo)準(zhǔn)"
    assert wish["quote_clean"] == wish["statement_text"] == "應設立統一的技術標準"
    assert (wish["mechanism"], wish["actor"], wish["implementation_status"]) == (
        "new_institution", "某組織 | Another body", "in_the_works",
    )  # fmt: skip
    assert [row["difference"] for row in rows if row["fit"] == "variant"] == ["number"]
    assert rows[0]["note"] == "look"
    assert rows[0]["annotation_tags"].count(" | ") == 1 and rows[0]["statement_tags"] == "Low"


def test_a_statement_without_a_passage_has_its_row() -> None:
    everything = make_everything()
    with writing(by=everything.cast["annotator"]) as op:
        statements.create(op, "claim", "=2+3")
    rows = table(everything)
    bare = next(row for row in rows if not row["annotation_id"])
    assert bare["statement_text"] == "'=2+3"  # no spreadsheet takes it for a formula


def test_passages_without_a_statement_are_in_lines_and_workbook() -> None:
    everything = make_everything()
    notes = [line["note"] for line in lines(everything) if not line["statements"]]
    assert "=1+1 'quoted'\nsecond line" in notes
    book = openpyxl.load_workbook(io.BytesIO(body(client_of(everything).get(address(everything, "xlsx")))))
    sheet = book["Passages without a statement"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert any(cell.value == "=1+1 'quoted'\nsecond line" and cell.data_type == "s" for cell in cells)


def test_lines_carry_the_place_and_all_uids_are_written_alike() -> None:
    everything = make_everything()
    found = {line["uid"]: line for line in lines(everything)}
    for annotation in Annotation.objects.filter(corpus=everything.corpus):
        line = found.pop(str(annotation.uid))
        anchor = annotation.anchors.get(version=annotation.document.current_id)
        assert (line["start"], line["end"], line["exact"]) == (anchor.start, anchor.end, anchor.exact)
        assert line["document"] == str(annotation.document.uid)
        assert line["version"] == str(anchor.version.uid)
        linked = annotation.occurrences.filter(removed_at=None)
        assert {each["uid"] for each in line["statements"]} == {str(link.statement.uid) for link in linked}
        assert line["created_at"].endswith("Z") and "T" in line["created_at"]
    assert found == {}


def test_a_passage_that_lost_its_place_is_not_lost() -> None:
    everything = make_everything()
    words = "In 2024 there were 233 incidents"
    gone = Anchor.objects.get(version=everything.plain.current_id, exact=words)
    annotation = gone.annotation
    gone.delete()
    line = next(line for line in lines(everything) if line["uid"] == str(annotation.uid))
    assert (line["anchor_state"], line["exact"]) == ("orphaned", words)
    assert line["version"] == str(everything.plain.versions.get(number=1).uid)
    assert len(table(everything)) == 4


FILTERED = [
    ("kind=proposal", {"P-1"}), ("q=統一的技術标准", {"P-1"}), ("status=in_progress", {"C-1"}),
    ("fit=variant", {"C-1"}), ("kind=claim&status=untriaged", set()), ("mechanism=new_institution", {"P-1"}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "labels"), FILTERED)
def test_the_filters_of_the_list_narrow_every_format(query: str, labels: set[str]) -> None:
    everything = make_everything()
    assert {row["statement_id"] for row in table(everything, f"?{query}")} == labels
    assert {each["id"] for line in lines(everything, f"?{query}") for each in line["statements"]} == labels
    data = body(client_of(everything).get(address(everything, "json", f"?{query}")))
    kinds = {"claim": "C", "proposal": "P"}
    assert {f"{kinds[row['kind']]}-{row['number']}" for row in json.loads(data)["statements"]} == labels
    prepare(dump_read.read(data))


@pytest.mark.parametrize(
    ("query", "code"),
    [("colour=red", "filter_unknown"), ("due_before=soon", "filter_value"), ("ordering=x", "order_unknown"),
     ("include=all", "include_unknown")],
)  # fmt: skip
def test_a_query_that_makes_no_sense_is_refused(query: str, code: str) -> None:
    everything = make_everything()
    response = client_of(everything).get(address(everything, "csv", f"?{query}"))
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["code"] == code


def test_an_unknown_format_is_told_which_there_are() -> None:
    everything = make_everything()
    response = client_of(everything).get(address(everything, "pdf"))
    assert response.status_code == 404
    assert "csv, xlsx, json, jsonl, web-annotation" in response.json()["detail"]


def test_what_is_left_out_is_said_and_counted() -> None:
    everything = make_everything()
    report = client_of(everything, "checker").get(address(everything, "csv", "losses/?kind=claim")).json()
    losses = {row["code"]: row["count"] for row in report["results"]}
    assert report["filters"] == "kind: claim"
    assert losses["filter"] == 0 and losses["evidence"] == 2 and losses["texts"] == 2
    whole = client_of(everything).get(address(everything, "json", "losses/")).json()
    assert whole["lossless"] and {row["code"] for row in whole["results"]} == {
        "files", "accounts", "closed-checks", "own-views", "history",
    }  # fmt: skip
    names = [row["name"] for row in client_of(everything).get(address(everything)).json()["results"]]
    assert names == list(FORMATS)


def test_an_unreviewed_verdict_leaves_with_its_contributor_only_and_when_asked() -> None:
    everything = make_everything()
    seen = {
        (role, query): {row["verdict"] for row in table(everything, query, role)}
        for role in ("checker", "admin", "viewer")
        for query in ("", "?include=unreviewed")
    }
    assert seen.pop(("checker", "?include=unreviewed")) == {"supported", ""}
    assert set(map(tuple, seen.values())) == {("",)}
    row = table(everything, "?include=unreviewed&kind=claim", "checker")[0]
    assert (row["verdict_state"], row["flags"]) == ("unreviewed", "outdated")
    for name in FORMATS:
        data = body(client_of(everything, "admin").get(address(everything, name, "?include=unreviewed")))
        assert b"outdated" not in data


def test_an_approved_verdict_is_in_the_table_but_not_on_a_variant() -> None:
    everything = make_everything()
    Verification.objects.filter(pk=everything.check.pk).update(state="approved", justification="Counted.")
    Statement.objects.filter(pk=everything.claim.pk).update(verdict="supported", verdict_as_of="2026-11-21")
    row = table(everything, "?kind=claim")[0]
    assert (row["verdict"], row["verdict_label"], row["justification"]) == ("supported", "Supported", "Counted.")
    verdicts = {each["fit"]: each["verdict"] for line in lines(everything) for each in line["statements"]}
    assert verdicts["variant"] == ""


def test_strangers_find_nothing_and_nobody_must_log_in() -> None:
    everything, other = make_everything(), make_cast("Other")
    client = Client()
    assert client.get(address(everything, "csv")).status_code == 401
    client.force_login(everything.cast.stranger)
    for more in ("", "losses/"):
        assert client.get(address(everything, "csv", more)).status_code == 404
    client.force_login(other.user("admin"))
    assert client.get(address(everything, "json")).status_code == 404


# --- W3C ---


@pytest.fixture(scope="module")
def suite() -> ModuleType:
    if not SUITE.exists():
        pytest.skip("the W3C suite is not here")
    spec = importlib.util.spec_from_file_location("run_model_tests", SUITE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def get(client: Client, address: str, accept: str = "application/ld+json") -> Any:
    response = client.get(address.removeprefix("http://127.0.0.1:8000"), headers={"Accept": accept})
    assert response.status_code == 200, (address, response.status_code)
    return response


def test_every_must_of_the_model_and_every_address_leads_somewhere(suite: ModuleType) -> None:
    everything = make_everything()
    client = client_of(everything)
    whole = json.loads(body(client.get(address(everything, "web-annotation"))))
    items = whole["first"]["items"]
    assert suite.run("collection", whole) and suite.run("page", whole["first"])
    assert all(suite.run(item["id"], item) for item in items) and len(items) == 5
    assert get(client, whole["id"]).json()["total"] == 5
    first = get(client, get(client, whole["id"]).json()["first"]).json()
    assert suite.run("page", first) and [item["id"] for item in first["items"]] == [item["id"] for item in items]
    for item in items:
        assert suite.run("one", get(client, item["id"]).json())
        target = item["target"]
        raw = get(client, target["state"]["cached"], "text/plain").content.decode()
        position, quote, _ = target["selector"]
        assert raw[position["start"] : position["end"]] == quote["exact"]
        assert get(client, target["source"], "text/plain").content.decode() == raw


def test_people_are_led_to_pages() -> None:
    everything = make_everything()
    client = client_of(everything)
    item = json.loads(body(client.get(address(everything, "web-annotation"))))["first"]["items"][0]
    html = {"Accept": "text/html,application/xhtml+xml"}
    annotation = Annotation.objects.filter(corpus=everything.corpus).earliest("pk")
    for iri, page in (
        (item["id"], f"/a/{annotation.pk}/"),
        (item["target"]["source"], f"/c/everything/documents/{everything.plain.pk}/"),
        (item["target"]["state"]["cached"], f"/c/everything/documents/{everything.plain.pk}/?version=2"),
        ("/annotations/everything/", "/c/everything/"),
    ):
        path = iri.removeprefix("http://127.0.0.1:8000")
        assert client.get(path, headers=html)["Location"] == page
        stranger = Client()
        assert stranger.get(path, headers=html)["Location"].startswith("/accounts/login/")
        assert stranger.get(path).status_code == 401
        stranger.force_login(everything.cast.stranger)
        assert stranger.get(path, headers=html).status_code == stranger.get(path).status_code == 404

"""Import over HTTP: a file, what is said along, a report; rights, and sentences for what cannot be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Annotation, Corpus, Document, Statement
from annotations.services import corpora
from tests.factories import Cast, make_cast, make_document
from tests.services.everything import PLAIN, make_everything

pytestmark = pytest.mark.django_db
TABLE = "Passage,Where,Kind\r\nExperts should publish tests,Plans,proposal\r\nno such words at all,Plans,claim\r\n"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_document(cast["annotator"], PLAIN, title="Plans")
    return cast


def client_of(cast: Cast, role: str = "annotator") -> Client:
    client = Client()
    client.force_login(cast.user(role))
    return client


def send(client: Client, corpus: Corpus, data: bytes, name: str = "old.csv", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    return client.post(f"/api/corpora/{corpus.pk}/import/", {"file": file, **fields})


def test_a_table_with_its_columns_named(cast: Cast) -> None:
    mapping = json.dumps({"quote": "Passage", "document": "Where", "kind": "Kind"})
    look = send(client_of(cast), cast.corpus, TABLE.encode(), mapping=mapping, dry_run="1")
    assert (look.status_code, look.json()["states"]) == (200, {"anchored": 1, "missing": 1})
    assert not Statement.objects.exists()
    done = send(client_of(cast), cast.corpus, TABLE.encode(), mapping=mapping)
    assert done.status_code == 201
    assert done.json()["made"] == {"annotations": 1, "statements": 2, "occurrences": 1, "unplaced": 1}
    first, second = done.json()["items"]
    document = Document.objects.get()
    assert (first["number"], first["state"], first["document"], first["title"]) == (2, "anchored", document.pk, "Plans")
    assert document.current is not None
    assert document.current.text.raw[first["start"] : first["end"]] == first["quote"] == "Experts should publish tests"
    assert (second["state"], second["document"]) == ("missing", None)
    again = send(client_of(cast), cast.corpus, TABLE.encode(), mapping=mapping)
    assert (again.status_code, again.json()["states"], again.json()["made"]) == (200, {"here": 2}, {})
    listed = client_of(cast).get(f"/api/corpora/{cast.corpus.pk}/statements/?fit=none").json()
    assert [row["text"] for row in listed["results"]] == ["no such words at all"]


def test_annotations_as_the_body_of_the_request(cast: Cast) -> None:
    item = {"target": {"source": "Plans", "selector": {"type": "TextQuoteSelector", "exact": "A fund will be needed"}}}
    response = client_of(cast).post(
        f"/api/corpora/{cast.corpus.pk}/import/?name=x.jsonld", json.dumps(item), content_type="application/ld+json"
    )
    assert (response.status_code, response.json()["states"]) == (201, {"anchored": 1})
    assert Annotation.objects.get().anchors.get().exact == "A fund will be needed"


def test_a_dump_into_an_empty_corpus_and_out_again() -> None:
    everything = make_everything()
    client = client_of(everything.cast, "admin")
    first = b"".join(client.get(f"/api/corpora/{everything.corpus.pk}/export/json/").streaming_content)
    fresh = corpora.create(user=everything.cast.user("admin"), name="Fresh")
    look = send(client, fresh, first, "dump.json", dry_run="true")
    assert look.json()["made"]["documents"] == 2 and not Document.objects.filter(corpus=fresh).exists()
    done = send(client, fresh, first, "dump.json")
    assert (done.status_code, done.json()["made"]["annotations"]) == (201, 5)
    second = b"".join(client.get(f"/api/corpora/{fresh.pk}/export/json/").streaming_content)
    assert second == first
    assert send(client, fresh, first, "dump.json").status_code == 200


REFUSED: list[tuple[str, bytes, dict[str, str], int, str]] = [
    ("viewer", TABLE.encode(), {}, 403, "To import a table of passages you need the role Annotator"),
    ("editor", b'{"format":"aigov","schema":1}', {"format": "json"}, 403, "To import a whole corpus"),
    ("annotator", b"", {}, 400, "empty"),
    ("annotator", b"x,y\n1,2\n", {}, 400, "Say which column holds the quotes"),
    ("annotator", TABLE.encode(), {"mapping": "[1]"}, 400, "names a column for each field"),
    ("annotator", TABLE.encode(), {"format": "pdf"}, 400, "Formats: csv, xlsx, web-annotation, json"),
    ("annotator", TABLE.encode(), {"colour": "red"}, 400, "“colour” cannot be set here"),
    ("annotator", TABLE.encode(), {"document": "x"}, 400, "must be a number"),
    ("annotator", TABLE.encode(), {"document": "999"}, 404, "no such document"),
    ("annotator", TABLE.encode(), {"kind": "rumour"}, 400, "“rumour” is not allowed here"),
    ("annotator", b"PK\x03\x04 not really", {}, 400, "damaged"),
    ("annotator", b'{"a', {"format": "web-annotation"}, 400, "This is not JSON"),
    ("admin", b'{"format":"aigov","schema":9,"corpus":{}}', {}, 400, "schema 9"),
]


@pytest.mark.parametrize(("role", "data", "fields", "status", "sentence"), REFUSED)
def test_what_cannot_be_is_said_in_words(
    cast: Cast, role: str, data: bytes, fields: dict[str, str], status: int, sentence: str
) -> None:
    response = send(client_of(cast, role), cast.corpus, data, "old.json" if data[:1] == b"{" else "old.csv", **fields)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert sentence in response.json()["detail"]


def test_strangers_find_nothing_and_a_file_is_needed(cast: Cast) -> None:
    client = Client()
    assert send(client, cast.corpus, TABLE.encode()).status_code == 401
    client.force_login(cast.stranger)
    assert send(client, cast.corpus, TABLE.encode()).status_code == 404
    client.force_login(cast.user("annotator"))
    address = f"/api/corpora/{cast.corpus.pk}/import/"
    assert client.post(address, {"format": "csv"}).json()["code"] == "file_missing"
    assert client.get(address).status_code == 405

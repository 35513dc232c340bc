"""Versions over HTTP: loaded once, told passage by passage, put in place by hand."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Annotation, Document
from tests.api.driver import Api, ok, problem
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
FIRST = "Developers should publish the results of their tests every year.\n\nNine countries signed it on Monday.\n"
SECOND = "An opening of some words.\n\nDevelopers may publish the results of their tests every year.\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    document = make_document(cast["annotator"], FIRST)
    mark(cast["annotator"], document, "Developers should publish the results of their tests", "proposal")
    mark(cast["annotator"], document, "Nine countries signed it on Monday", "claim")
    return document


def load(api: Api, document: Document, text: str = SECOND, key: str = "") -> dict[str, object]:
    found: dict[str, object] = api.made(f"/api/documents/{document.pk}/versions/", {"text": text}, key=key)
    return found


def test_a_new_version_tells_what_became_of_the_passages(cast: Cast, document: Document) -> None:
    api = Api(cast.user("annotator"))
    made = load(api, document)
    assert made["number"] == 2 and made["outcome"] == {
        "kept": 0, "moved": 0, "changed": 1, "ambiguous": 0, "orphaned": 1
    }  # fmt: skip
    told = api.read(f"/api/documents/{document.pk}/changes/")
    assert (told["from"], told["to"], told["outcome"]) == (1, 2, {"changed": 1, "orphaned": 1})
    assert [(one["state"], one["effects"]) for one in told["passages"]] == [
        ("changed", ["softened"]), ("orphaned", ["dropped"]),
    ]  # fmt: skip
    listed = api.read(f"/api/documents/{document.pk}/versions/")["results"]
    assert [one["number"] for one in listed] == [2, 1]


def test_the_same_key_loads_it_once_and_the_same_text_is_refused(cast: Cast, document: Document) -> None:
    api = Api(cast.user("annotator"))
    first = load(api, document, key="one")
    again = ok(api.post(f"/api/documents/{document.pk}/versions/", {"text": SECOND}, key="one"))
    assert again["id"] == first["id"] and document.versions.count() == 2
    problem(api.post(f"/api/documents/{document.pk}/versions/", {"text": SECOND}), 409, "version_same")


def test_a_file_becomes_a_version(cast: Cast, document: Document) -> None:
    client = Client()
    client.force_login(cast.user("annotator"))
    file = SimpleUploadedFile("second.txt", SECOND.encode(), "text/plain")
    answer = client.post(f"/api/documents/{document.pk}/versions/", {"file": file})
    assert answer.status_code == 201 and answer.json()["file_name"] == "second.txt"


def test_a_passage_is_put_in_its_place_or_given_up_under_its_etag(cast: Cast, document: Document) -> None:
    api = Api(cast.user("annotator"))
    load(api, document)
    _, gone = Annotation.objects.order_by("pk")
    address = f"/api/annotations/{gone.pk}/anchor/"
    problem(api.post(address, {"start": 0, "end": 5}), 428)
    etag = f'"{gone.pk}-{gone.version}"'
    ok(api.post(address, {"lost": True}, etag=etag))
    told = api.read(f"/api/documents/{document.pk}/changes/")["passages"]
    assert [one["state"] for one in told] == ["changed", "lost"]
    problem(api.post(address, {"lost": False}, etag=etag), 412)
    etag = f'"{gone.pk}-{gone.version + 1}"'
    start = SECOND.index("opening")
    placed = ok(api.post(address, {"start": start, "end": start + 13, "exact": SECOND[start : start + 13]}, etag=etag))
    assert placed["exact"] == SECOND[start : start + 13] and placed["anchor_state"] == "ok"
    ok(api.post(address, {"lost": True}, etag=f'"{gone.pk}-{gone.version + 2}"'))
    fresh = mark(cast["annotator"], Document.objects.get(), "of some words")
    problem(api.post(f"/api/annotations/{fresh.pk}/anchor/", {"lost": True}, etag=f'"{fresh.pk}-1"'), 409, "has_place")


def test_unknown_versions_are_named(cast: Cast, document: Document) -> None:
    api = Api(cast.user("viewer"))
    assert api.read(f"/api/documents/{document.pk}/changes/")["from"] is None
    problem(api.get(f"/api/documents/{document.pk}/changes/?from=7"), 404, "version_unknown")

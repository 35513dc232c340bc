"""Files sent to the API under an Idempotency-Key."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Document
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db


def send(client: Client, cast: Cast, text: bytes, key: str) -> Any:
    file = SimpleUploadedFile("note.txt", text, "text/plain")
    return client.post(f"/api/corpora/{cast.corpus.pk}/documents/", {"file": file}, headers={"Idempotency-Key": key})


def upload(client: Client, cast: Cast, text: bytes) -> int:
    return int(send(client, cast, text, "one-upload").status_code)


def test_the_same_upload_again_is_the_same_document_and_another_file_is_refused() -> None:
    cast, client = make_cast(), Client()
    client.force_login(cast.user("annotator"))
    assert upload(client, cast, b"First words.\n") == 201
    assert upload(client, cast, b"First words.\n") == 200
    assert upload(client, cast, b"Other words.\n") == 422
    assert Document.objects.filter(corpus=cast.corpus).count() == 1


def test_a_text_that_is_here_is_refused_with_the_id_of_its_document() -> None:
    cast, client = make_cast(), Client()
    client.force_login(cast.user("annotator"))
    made = send(client, cast, b"First words.\n", "first").json()
    again = send(client, cast, b"First words.\n", "second")
    assert (again.status_code, again.json()["code"], again.json()["id"]) == (409, "document_exists", made["id"])


def test_a_file_of_the_same_name_may_be_a_new_version() -> None:
    """Only who asks is stopped; the answer names the document, whose versions take the file."""
    cast = make_cast()
    client = Client()
    client.force_login(cast.user("checker"))

    def post(url: str, text: bytes, **more: str) -> Any:
        return client.post(url, {"file": SimpleUploadedFile("law.txt", text), **more})

    url = f"/api/corpora/{cast.corpus.pk}/documents/"
    made = post(url, b"The law says one thing.\n", ask="1").json()
    asked = post(url, b"The law says another thing.\n", ask="1")
    assert (asked.status_code, asked.json()["code"], asked.json()["id"]) == (409, "document_named", made["id"])
    version = post(f"/api/documents/{made['id']}/versions/", b"The law says another thing.\n")
    assert (version.status_code, version.json()["number"]) == (201, 2)
    assert post(url, b"Quite another law.\n").status_code == 201
    assert post(url, b"A third law.\n", ask="1").status_code == 201, "two of this name: nobody knows which is meant"
    body = {"text": "A page", "url": "https://example.org/law"}
    assert client.post(url, body, content_type="application/json").status_code == 201
    told = client.post(url, {**body, "text": "A newer page", "ask": True}, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (409, "document_named")

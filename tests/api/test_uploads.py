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

"""Files sent to the API under an Idempotency-Key."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.models import Document
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db


def upload(client: Client, cast: Cast, text: bytes, key: str = "one-upload") -> int:
    file = SimpleUploadedFile("note.txt", text, "text/plain")
    answer = client.post(f"/api/corpora/{cast.corpus.pk}/documents/", {"file": file}, headers={"Idempotency-Key": key})
    return answer.status_code


def test_the_same_upload_again_is_the_same_document_and_another_file_is_refused() -> None:
    cast, client = make_cast(), Client()
    client.force_login(cast.user("annotator"))
    assert upload(client, cast, b"First words.\n") == 201
    assert upload(client, cast, b"First words.\n") == 200
    assert upload(client, cast, b"Other words.\n") == 422
    assert Document.objects.filter(corpus=cast.corpus).count() == 1

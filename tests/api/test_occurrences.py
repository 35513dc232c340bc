"""How a passage expresses its statement: facts of a proposal, taken over from another, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation, Document
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.user("annotator"))
    return client


def card(client: Client, annotation: Annotation) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/annotations/{annotation.pk}/").json()["statements"][0]
    return found


def change(client: Client, annotation: Annotation, body: dict[str, object]) -> Any:
    statement = card(client, annotation)
    etag = f'"{statement["occurrence"]}-{statement["occurrence_version"]}"'
    path = f"/api/occurrences/{statement['occurrence']}/"
    return client.patch(path, body, content_type="application/json", headers={"If-Match": etag})


def passages(cast: Cast) -> tuple[Document, Annotation, Annotation]:
    document = make_document(cast["annotator"])
    first, second = (mark(cast["annotator"], document, quote, "proposal") for quote in ("global standards", "needed"))
    return document, first, second


def test_who_proposes_and_who_should_act_stand_on_the_card(client: Client, cast: Cast) -> None:
    document, first, _ = passages(cast)
    answer = change(client, first, {"proposer": "The Council", "actor": "States; The Council"})
    assert answer.status_code == 200
    statement = answer.json()["statements"][0]
    assert (statement["proposer"], statement["actor"]) == (["The Council"], ["States", "The Council"])
    assert not {"proposer", "actor"} & set(statement["prefilled"])
    listed = client.get(f"/api/documents/{document.pk}/annotations/").json()["results"]
    assert listed[0]["statements"][0]["actor"] == ["States", "The Council"]


def test_facts_taken_over_are_taken_back_whole(client: Client, cast: Cast) -> None:
    _, first, second = passages(cast)
    change(client, first, {"proposer": "The Council", "actor": "States"})
    before = card(client, second)
    taken = change(client, second, {"like": card(client, first)["occurrence"]})
    assert (card(client, second)["proposer"], card(client, second)["actor"]) == (["The Council"], ["States"])
    undo = f"/api/corpora/{cast.corpus.pk}/undo/"
    assert client.post(undo, {"op": taken["X-Op"]}, content_type="application/json").status_code == 200
    assert card(client, second)["actor"] == before["actor"] == []

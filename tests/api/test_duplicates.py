"""Possible duplicates over HTTP: the pairs with what differs, filters, the decision and its replay."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.models import Relation
from annotations.services import recurrence, statements
from annotations.services.op import writing
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
SAID = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    with writing(by=cast["annotator"]) as op:
        for text in (SAID, SAID.replace("56.4", "54")):
            statements.create(op, "claim", text)
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    return cast


def test_pairs_and_the_decision(client: Client, cast: Cast) -> None:
    client.force_login(cast.user("checker"))
    url = f"/api/corpora/{cast.corpus.pk}/duplicates/"
    data = client.get(url).json()
    assert data["count"] == 1
    row = data["results"][0]
    assert (row["state"], row["fit"], row["difference"]) == ("open", "variant", "number")
    assert row["why"] == ["“56.4%” → “54%”"]
    start, end = row["one"]["differing"][0]
    assert row["one"]["words"][start:end] == "56.4" and row["merge"]["winner"] == row["one"]["id"]
    body = {"one": row["one"]["id"], "other": row["other"]["id"], "decision": "not_same"}
    sent = {"content_type": "application/json", "headers": {"Idempotency-Key": "apart"}}
    assert client.post(url, body, **sent).status_code == 201
    assert client.post(url, body, **sent).status_code == 200
    assert Relation.objects.get().state == "rejected"
    assert client.get(url).json()["count"] == 0
    assert client.get(url, {"state": "not", "statement": row["one"]["id"], "difference": "number"}).json()["count"] == 1


@pytest.mark.parametrize("query", [{"state": "all"}, {"fit": "x"}, {"difference": "x"}, {"statement": "C-1"}, {"x": 1}])
def test_nonsense_is_refused(client: Client, cast: Cast, query: dict[str, str]) -> None:
    client.force_login(cast.user("viewer"))
    url = f"/api/corpora/{cast.corpus.pk}/duplicates/"
    assert client.get(url, query).status_code == 400
    body = {"one": 1, "other": 2, "decision": "merge"}
    assert client.post(url, body, content_type="application/json").status_code in (400, 403)

"""The Tracker over HTTP: bulk, cells by words, counts, choices, saved views; errors a program can read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Agent, Statement
from annotations.text.folding import fold_text
from tests.tracked import Tracked, make_tracked, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Tracked:
    return make_tracked()


def call(
    made: Tracked, role: str, name: str, body: Any = None, *more: object, method: str = "post", **headers: str
) -> Any:
    client = Client()
    client.force_login(made.cast.user(role))
    where = reverse(name, args=[made.cast.corpus.pk, *more])
    return client.generic(
        method.upper(), where, b"" if body is None else _json(body), "application/json", headers=headers
    )


def _json(body: Any) -> str:
    import json

    return json.dumps(body)


def test_bulk_answers_row_by_row(made: Tracked) -> None:
    ready(made, "C-1")
    answer = call(
        made, "annotator", "api_bulk", {"ids": made.pk("C-1", "C-2"), "action": "move", "to": "queued"}
    ).json()
    assert answer["done"] == made.pk("C-1") and len(answer["ops"]) == 1
    assert answer["refused"][0]["label"] == "C-2" and "Choose the type" in answer["refused"][0]["detail"]
    assert answer["sentence"].startswith("1 done; 1 refused:")


def test_bulk_over_a_query(made: Tracked) -> None:
    answer = call(
        made, "annotator", "api_bulk", {"query": "kind=proposal", "action": "due", "due": "2027-01-01"}
    ).json()
    assert sorted(answer["done"]) == sorted(made.pk("P-1", "P-2"))
    assert Statement.objects.filter(due="2027-01-01").count() == 2


def test_bulk_refuses_what_makes_no_sense(made: Tracked) -> None:
    assert call(made, "annotator", "api_bulk", {"action": "due"}).status_code == 400
    assert call(made, "annotator", "api_bulk", {"ids": ["x"], "action": "due"}).status_code == 400
    assert call(made, "annotator", "api_bulk", {"query": "status=nonsense", "action": "due"}).status_code == 400
    assert call(made, "viewer", "api_bulk", {"ids": [], "action": "due"}).status_code == 403


def test_cells_are_previewed_and_written(made: Tracked) -> None:
    pk, version = made["C-1"].pk, made["C-1"].version
    cells = [
        {"id": pk, "column": "due", "words": "2026-03-07", "version": version},
        {"id": made["C-2"].pk, "column": "type", "words": "Nonsense"},
    ]
    changes = call(made, "editor", "api_cells", {"cells": cells, "preview": True}).json()["changes"]
    assert [(one["label"], one["before"], one["after"]) for one in changes] == [
        ("C-1", "", "2026-03-07"),
        ("C-2", "", "Nonsense"),
    ]
    assert changes[0]["problem"] is None and "There is no “Nonsense”" in changes[1]["problem"]
    assert made["C-1"].due is None
    outcome = call(made, "editor", "api_cells", {"cells": cells}).json()
    assert outcome["done"] == [pk] and [one["label"] for one in outcome["refused"]] == ["C-2"]
    stale = call(made, "editor", "api_cells", {"cells": cells[:1]}).json()
    assert stale["done"] == [] and "Somebody changed this" in stale["refused"][0]["detail"]
    assert call(made, "editor", "api_cells", {"cells": "x"}).status_code == 400


def test_counts(made: Tracked) -> None:
    answer = call(made, "viewer", "api_counts", method="get").json()
    assert answer == {"claims": 4, "proposals": 2, "passages": 6, "documents": 2}


def test_choices_are_found_in_either_script(made: Tracked) -> None:
    Agent.objects.create(corpus=made.cast.corpus, name="中國科學院", fold=fold_text("中國科學院"))
    client = Client()
    client.force_login(made.cast.user("viewer"))

    def labels(name: str, q: str) -> list[str]:
        found = client.get(reverse("api_choices", args=[made.cast.corpus.pk, name]), {"q": q})
        return [one["label"] for one in found.json()["results"]]

    assert labels("agent", "中国科学") == ["中國科學院"] and labels("document", "tw") == ["Two"]
    assert client.get(reverse("api_choices", args=[made.cast.corpus.pk, "nonsense"])).status_code == 404
    client.force_login(made.cast.stranger)
    assert client.get(reverse("api_choices", args=[made.cast.corpus.pk, "agent"])).status_code == 404


def test_views_over_http(made: Tracked) -> None:
    made_one = call(made, "annotator", "api_views", {"name": "Mine", "query": "kind=claim", "columns": ["gloss"]})
    assert made_one.status_code == 201
    view = made_one.json()
    client = Client()
    client.force_login(made.cast.user("annotator"))
    where = reverse("api_view", args=[view["id"]])
    assert client.patch(where, '{"name": "Other"}', "application/json").status_code == 428
    changed = client.patch(where, '{"name": "Other"}', "application/json", headers={"If-Match": made_one["ETag"]})
    assert changed.json()["name"] == "Other"
    stale = client.patch(where, '{"name": "Third"}', "application/json", headers={"If-Match": made_one["ETag"]})
    assert stale.status_code == 412 and stale.json()["current"]["name"] == "Other"
    assert call(made, "viewer", "api_views", method="get").json()["count"] == 0
    assert call(made, "annotator", "api_views", {"name": "Bad", "query": "stauts=queued"}).status_code == 400
    assert client.delete(where, headers={"If-Match": changed["ETag"]}).status_code == 204
    assert client.get(where).status_code == 404


def test_a_view_is_made_once_under_its_key(made: Tracked) -> None:
    body, key = {"name": "Mine", "query": "kind=claim"}, {"Idempotency-Key": "one-key"}
    first, again = (call(made, "annotator", "api_views", body, **key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200) and first.json()["id"] == again.json()["id"]

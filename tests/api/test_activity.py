"""The feed of a part: filters that combine, and nothing in place of what is hidden."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import checks
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def asked(cast: Cast, role: str, query: str, status: int = 200) -> dict[str, object]:
    client = Client()
    client.force_login(cast.user(role))
    answer = client.get(f"/api/corpora/{cast.corpus.pk}/events/?{query}")
    assert answer.status_code == status, answer.content
    found: dict[str, object] = answer.json()
    return found


def kinds(cast: Cast, role: str, query: str) -> list[str]:
    rows = asked(cast, role, query)["results"]
    assert isinstance(rows, list)
    return [row["kind"] for row in rows]


def test_filters_combine(cast: Cast) -> None:
    document = make_document(cast["editor"])
    mark(cast["annotator"], document, "Experts agree", "claim")
    assert kinds(cast, "viewer", f"document={document.pk}&person={cast['editor'].pk}") == ["document.loaded"]
    found = kinds(cast, "viewer", "statement=C-1")
    assert "annotation.created" in found and "statement.created" in found
    assert kinds(cast, "viewer", "statement=C-9") == []
    seq = asked(cast, "viewer", "after=0")["seq"]
    assert asked(cast, "viewer", f"after={seq}&statement=C-1") == {"seq": seq, "more": False, "results": []}


def test_nonsense_is_told(cast: Cast) -> None:
    assert asked(cast, "viewer", "document=x", 400)["code"] == "not_a_number"
    asked(cast, "viewer", "subject=x", 400)


def test_hidden_events_leave_no_gap_to_count(cast: Cast) -> None:
    checks.send(cast, checks.make_claim(cast))
    assert "verification.updated" in kinds(cast, "checker", "statement=C-1")
    found = kinds(cast, "viewer", "statement=C-1")
    assert found and not {"hidden", "verification.updated"} & set(found)

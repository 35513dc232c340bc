"""PROV-O of a statement: every link leads somewhere, the chain is whole, and nothing private is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from annotations.models import Statement
from tests import checks, published
from tests.factories import Cast, make_cast
from tests.published import SECRETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def graph(cast: Cast, statement: Statement, role: str = "viewer") -> dict[str, dict[str, Any]]:
    client = Client()
    client.force_login(cast.user(role))
    response: Any = client.get(f"/api/statements/{statement.pk}/provenance/")
    assert response.status_code == 200 and response.headers["Content-Type"] == "application/ld+json"
    nodes = response.json()["@graph"]
    found = {node["@id"]: node for node in nodes}
    assert len(found) == len(nodes), "each node stands once"
    return found


def of_kind(nodes: dict[str, dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [node for node in nodes.values() if kind in node["@type"]]


def links(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from links(one)
    elif isinstance(value, dict) and set(value) == {"@id"}:
        yield value["@id"]


def test_every_link_leads_to_a_node(cast: Cast) -> None:
    nodes = graph(cast, published.correct(cast, published.publish(cast), "We read the table wrongly."))
    aims = {aim for node in nodes.values() for value in node.values() for aim in links(value)}
    assert aims and aims - set(nodes) == set()


def test_the_chain_from_the_document_to_the_correction(cast: Cast) -> None:
    statement = published.correct(cast, published.publish(cast), "We read the table wrongly.")
    nodes = graph(cast, statement)
    claim = nodes[f"urn:uuid:{statement.uid}"]
    passage = nodes[claim["prov:wasDerivedFrom"][0]["@id"]]
    version = nodes[passage["prov:wasDerivedFrom"]["@id"]]
    assert claim["prov:value"] == statement.text and "aigov:DocumentVersion" in version["@type"]
    first, second = sorted(of_kind(nodes, "aigov:Verification"), key=lambda node: int(node["aigov:number"]))
    assert second["prov:wasRevisionOf"] == {"@id": first["@id"]}
    assert "prov:invalidatedAtTime" in first and "prov:invalidatedAtTime" not in second
    assert (first["aigov:verdict"], second["aigov:verdict"]) == ("refuted", "mixed")
    notes = [node["prov:value"] for node in of_kind(nodes, "aigov:PublicRecord") if "prov:value" in node]
    assert "We read the table wrongly." in notes
    quoted = of_kind(nodes, "aigov:Evidence")[0]
    assert "aigov:Snapshot" in nodes[quoted["prov:wasQuotedFrom"]["@id"]]["@type"]
    moved = [node for node in of_kind(nodes, "prov:Activity") if node["aigov:kind"] == "statement.moved"]
    assert len(moved) >= 8 and all("prov:wasAssociatedWith" in node for node in moved)


def test_nothing_private_and_no_internal_words(cast: Cast) -> None:
    statement = published.publish(cast)
    published.reopen(cast, statement)
    told = str(graph(cast, statement))
    assert [word for word in SECRETS.values() if word in told] == []
    kinds = [node["aigov:number"] for node in of_kind(graph(cast, statement), "aigov:Verification")]
    assert kinds == [1]
    assert SECRETS["draft"] in str(graph(cast, statement, "checker"))


def test_an_unreviewed_check_has_no_trace(cast: Cast) -> None:
    statement = checks.make_claim(cast)
    checks.record(cast, checks.send(cast, statement))
    nodes = graph(cast, statement)
    assert of_kind(nodes, "aigov:Verification") == of_kind(nodes, "aigov:Review") == []
    assert [node for node in of_kind(nodes, "aigov:Evidence") if "aigov:stance" in node] == []

"""The graph of relations: what it shows, narrowed and around one statement, the picture and the list alike."""

from __future__ import annotations

import re

import pytest

from annotations.models import Statement
from annotations.services import relation_graph, relations, statements
from annotations.services.op import writing
from annotations.services.relation_graph import Asked
from tests.views.people import People, words


@pytest.fixture
def chain(people: People) -> list[Statement]:
    """C-1 supports C-2, which contradicts C-3 (only suggested); P-1 addresses C-3; C-4 restates C-1, turned down."""
    with writing(by=people.cast["annotator"]) as op:
        one, two, three = (statements.create(op, "claim", f"Claim number {n} <of many>") for n in (1, 2, 3))
        four = statements.create(op, "claim", "全球80%的算力集中于少数发达国家,这是第四条论断。", language="zh-Hans")
        plan = statements.create(op, "proposal", "Do something about it")
        relations.relate(op, one, two, "supports")
        relations.relate(op, two, three, "attacks", state="suggested")
        relations.relate(op, plan, three, "addresses")
        relations.relate(op, one, four, "restates", state="rejected")
    return [one, two, three, four, plan]


def labels(page: str) -> list[str]:
    """The statements of the picture."""
    return sorted(re.findall(r'class="label"[^>]*>([CP]-\d+)<', page))


def listed(page: str) -> list[str]:
    shown = page.split('id="as-list"')[1]
    return re.findall(r'relation-word type-(\w+)"', shown)


def test_the_picture_and_the_list_hold_the_same(people: People, chain: list[Statement]) -> None:
    page = people.get("viewer", "relation_graph")
    assert labels(page) == ["C-1", "C-2", "C-3", "P-1"]
    assert sorted(listed(page)) == ["addresses", "attacks", "supports"]
    assert "3 relations" in words(page) and "4 statements" in words(page)
    assert "&lt;of many&gt;" in page and "<of many>" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?type=supports", ["C-1", "C-2"]),
        ("?state=rejected", ["C-1", "C-4"]),
        ("?kind=claim", ["C-1", "C-2", "C-3"]),
        ("?around=C-1&depth=1", ["C-1", "C-2"]),
        ("?around=c-1&depth=2", ["C-1", "C-2", "C-3"]),
        ("?around=C-1&depth=3", ["C-1", "C-2", "C-3", "P-1"]),
        ("?around=C-77&depth=x&type=nothing&tag=y&kind=z", ["C-1", "C-2", "C-3", "P-1"]),
        ("?type=supersedes", []),
    ],
)
def test_narrowed(people: People, chain: list[Statement], query: str, found: list[str]) -> None:
    assert labels(people.get("viewer", "relation_graph", query=query)) == found


def test_decimals_have_a_point_in_every_language(people: People, chain: list[Statement]) -> None:
    page = people.client("viewer").get(people.url("relation_graph"), headers={"accept-language": "zh-hans"})
    numbers = re.findall(r'(?:viewBox| x| y|width|height| d)="([^"]*)"', page.content.decode().split('id="graph"')[1])
    assert numbers and not any("," in number for number in numbers)


def test_too_many_are_counted(people: People, chain: list[Statement], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation_graph, "MOST", 2)
    found = relation_graph.picture(people.cast["viewer"], Asked())
    assert [node.statement.label for node in found.nodes] == ["C-2", "C-3"] and found.left_out == 2
    around = relation_graph.picture(people.cast["viewer"], Asked(around=chain[0], depth=3))
    assert any(node.middle for node in around.nodes)


def test_without_relations(people: People) -> None:
    assert "No relations yet" in words(people.get("viewer", "relation_graph"))
    people.get("stranger", "relation_graph", status=404)

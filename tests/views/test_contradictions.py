"""The page of contradictions: what is found, what a person says of it, for good, and what it asks for."""

from __future__ import annotations

import re

import pytest

from annotations.models import Occurrence, Relation, Statement
from annotations.services import contradictions, relations, statements, undo
from annotations.services.op import writing
from tests.factories import make_document, mark
from tests.views.people import People, fields, words

ONE = "The resolution was sponsored by more than 120 states."
OTHER = "The resolution was sponsored by more than 140 states."


@pytest.fixture
def two(people: People) -> list[Statement]:
    with writing(by=people.cast["annotator"]) as op:
        made = [statements.create(op, "claim", text, language="en") for text in (ONE, OTHER)]
        for text in ("Experts met in Geneva.", "Tests are needed before deployment.", "Nobody reads long reports."):
            statements.create(op, "claim", text)
    return made


def test_two_values_of_one_thing_wait_for_a_person(people: People, two: list[Statement]) -> None:
    page = people.get("viewer", "contradictions")
    assert "C-1 · C-2" in page and '<mark class="clash">120</mark>' in page and "Number" in words(page)
    assert 'name="decision"' not in page
    page = people.get("annotator", "contradictions")
    sent = fields(page, "seen") | {"decision": "turned", "rationale": "140 belongs to another one."}
    assert "Nothing to look at" in words(people.done("annotator", "contradictions", **sent))
    row = Relation.objects.get()
    assert (row.source, row.target, row.type, row.state) == (two[1], two[0], "attacks", "confirmed")
    assert "140 belongs to another one." in words(people.get("viewer", "contradictions", query="?state=related"))


def test_only_what_clashes_is_marked(people: People) -> None:
    with writing(by=people.cast["annotator"]) as op:
        for text in ("二〇二四年全球相关事故飙升至233起,各国震惊", "2024年全球相關事故下降至133起,各國震驚"):
            statements.create(op, "claim", text)
    page = people.get("viewer", "contradictions")
    assert set(re.findall('<mark class="clash">([^<]*)', page)) >= {"233", "133"} and ">2024年</mark>" not in page


def test_no_contradiction_is_said_for_good(people: People, two: list[Statement]) -> None:
    sent = fields(people.get("checker", "contradictions"), "seen")
    people.done("checker", "contradictions", **sent, decision="rejected")
    assert "C-1 · C-2" not in people.get("checker", "contradictions")
    with writing(by=people.cast["editor"]) as op:
        statements.update(op, Statement.objects.get(pk=two[0].pk), note="Another note.")
    assert "C-1 · C-2" not in people.get("checker", "contradictions")
    page = people.get("checker", "contradictions", query="?state=not")
    assert "C-1 · C-2" in page and "Turned down" in words(page)
    assert "C-1" not in words(people.get("checker", "relation_graph"))


def test_who_comes_later_sees_what_was_decided(people: People, two: list[Statement]) -> None:
    sent = fields(people.get("checker", "contradictions"), "seen") | {"rationale": "Mine."}
    people.done("editor", "contradictions", **sent | {"decision": "rejected"})
    late = words(people.late("checker", "contradictions", **sent | {"decision": "confirmed"}))
    assert "Somebody changed one of the two, or decided this, meanwhile." in late
    assert Relation.objects.get().state == "rejected"


def test_a_suggestion_waits_with_the_rest_and_is_confirmed(people: People, two: list[Statement]) -> None:
    third = Statement.objects.get(text="Experts met in Geneva.")
    with writing(by=people.cast["annotator"]) as op:
        relations.relate(op, third, two[0], "attacks", state="suggested", rationale="Perhaps.")
    assert contradictions.counts(people.cast["viewer"]) == {"open": 2, "related": 0, "not": 0}
    page = people.get("checker", "contradictions")
    assert "Suggested: Perhaps." in words(page)
    sent = fields(page, third.label)
    people.done("checker", "contradictions", **sent, decision="confirmed")
    assert Relation.objects.get().state == "confirmed" and Relation.objects.get().rationale == "Perhaps."


def test_what_was_said_can_be_undone(people: People, two: list[Statement]) -> None:
    with writing(by=people.cast["checker"], key="said") as op:
        contradictions.decide(op, *two, "rejected", "")
    with writing(by=people.cast["checker"]) as op:
        undo.undo(op, "said")
    assert contradictions.counts(people.cast["viewer"])["open"] == 1


def test_variants_of_one_statement(people: People) -> None:
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "233 reported incidents", "claim")
    Occurrence.objects.update(fit="variant", difference="number")
    shown = words(people.get("viewer", "contradictions"))
    assert "Within one statement" in shown and "233 reported incidents Number" in shown


def test_nonsense_is_refused(people: People, two: list[Statement]) -> None:
    page = people.kept("annotator", "contradictions", one="C-1", other="C-99", decision="rejected")
    assert "There is no such statement" in words(page)
    assert "This page is too old." in words(people.kept("annotator", "contradictions", one="C-1", other="C-2"))
    assert people.post("viewer", "contradictions", one="C-1", other="C-2", decision="rejected").status_code == 403
    people.get("viewer", "contradictions", query="?state=all&page=99")

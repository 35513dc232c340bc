"""The page of possible duplicates: why a pair stands there, what leads on, what is said for good and taken back."""

from __future__ import annotations

import pytest

from annotations.models import Relation, Statement
from annotations.services import recurrence, relations, statements
from annotations.services.op import writing
from tests.views.people import People, field_value, words

SAID = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"
TRADITIONAL = "2024年，全球人工智慧相關事故飆升至233起，同比激增56.4%。"


@pytest.fixture
def three(people: People) -> list[Statement]:
    with writing(by=people.cast["annotator"]) as op:
        made = [statements.create(op, "claim", text) for text in (SAID, TRADITIONAL, SAID.replace("56.4", "54"))]
    assert recurrence.catch_up(people.cast.corpus.pk, 60.0)
    return made


def test_pairs_with_reasons_and_what_can_be_done(people: People, three: list[Statement]) -> None:
    page = people.get("viewer", "duplicates")
    said = words(page)
    assert "To look at 3" in said and "the same words" in said
    assert "“56.4%” → “54%”" in said and "variant: Number" in said
    assert '<mark class="clash">56.4</mark>' in page and '<mark class="clash">54</mark>' in page
    assert 'name="decision"' not in page and "Merge C-2 into C-1" not in said
    page = people.get("checker", "duplicates")
    assert "Merge C-2 into C-1" in words(page) and "statements/C-2/merge/?into=C-1" in page
    assert "2 possible duplicates" in words(people.get("viewer", "statement_detail", "C-1"))
    assert "duplicates/?statement=C-1" in people.get("viewer", "statement_detail", "C-1")
    assert "To look at 2" in words(people.get("viewer", "duplicates", query="?statement=C-1"))
    assert "Possible duplicates" in words(people.get("viewer", "tracker"))


def test_filters_and_pages(people: People, three: list[Statement]) -> None:
    said = words(people.get("viewer", "duplicates", query="?fit=variant&difference=number&q=事故&kind=claim"))
    assert "To look at 2" in said and "Clear" in said
    assert "None here" in words(people.get("viewer", "duplicates", query="?kind=proposal"))
    people.get("viewer", "duplicates", query="?state=all&fit=x&difference=x&kind=x&page=99&statement=C-99")


def test_not_the_same_is_said_for_good_and_taken_back(people: People, three: list[Statement]) -> None:
    seen = field_value(people.get("checker", "duplicates", query="?fit=same"), "seen")
    sent = {"one": "C-1", "other": "C-2", "seen": seen, "decision": "not_same"}
    page = people.done("checker", "duplicates", **sent)
    assert "To look at 2" in words(page) and "Not the same 1" in words(page)
    key = page.split('name="undo" value="')[1].split('"')[0]
    page = people.done("checker", "duplicates", undo=key)
    assert "To look at 3" in words(page) and "Taken back." in words(page)
    assert "Not the same 1" in words(people.done("checker", "duplicates", redo=key))
    page = people.get("checker", "duplicates", query="?state=not")
    assert "The same, keep both" in words(page) and "Merge C-2" not in words(page)
    people.done("checker", "duplicates", **sent | {"decision": "kept_apart"})
    assert Relation.objects.get(removed_at=None).state == "confirmed"


def test_who_comes_later_is_told(people: People, three: list[Statement]) -> None:
    sent = {"one": "C-1", "other": "C-2", "seen": "1.1", "decision": "not_same"}
    with writing(by=people.cast["editor"]) as op:
        statements.update(op, three[0], note="Look here.")
    assert "meanwhile" in words(people.late("checker", "duplicates", **sent))
    assert "There is no such statement" in words(people.kept("checker", "duplicates", **sent | {"other": "C-99"}))
    assert people.post("viewer", "duplicates", **sent).status_code == 403
    assert "nothing to undo here" in words(people.post("checker", "duplicates", undo="of nobody"))


def test_a_rejected_pair_can_still_be_set_aside_as_a_duplicate(people: People, three: list[Statement]) -> None:
    one, other, _ = three
    with writing(by=people.cast["checker"]) as op:
        relations.relate(op, one, other, "restates", state="rejected")
        relations.duplicate(op, other, one)
    assert Relation.objects.get().state == "confirmed" and relations.of_duplicate(other)

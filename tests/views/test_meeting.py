"""Two people at one statement page: nothing of the other is overwritten unseen, nothing typed is lost."""

from __future__ import annotations

import pytest

from annotations.models import Statement
from annotations.services import codebook, statements, workflow
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, field_value, fields, words

PAGE = "statement_detail"


@pytest.fixture
def claim(people: People) -> Statement:
    return checks.make_claim(people.cast)


def elsewhere(people: People, claim: Statement, **values: object) -> None:
    with writing(by=people.cast["editor"]) as op:
        statements.update(op, checks.fresh(claim), **values)


def test_different_fields_meet(people: People, claim: Statement) -> None:
    seen = fields(people.get("annotator", PAGE, "C-1"), "edit")
    elsewhere(people, claim, gloss_en="Theirs.", note="Their\nnote.")
    people.done("annotator", PAGE, "C-1", **seen | {"text": "Mine."})
    found = checks.fresh(claim)
    assert (found.text, found.gloss_en, found.note) == ("Mine.", "Theirs.", "Their\nnote.")


def test_the_same_field_is_shown_twice_and_chosen(people: People, claim: Statement) -> None:
    seen = fields(people.get("annotator", PAGE, "C-1"), "edit")
    elsewhere(people, claim, text="Theirs.", note="Only theirs.")
    page = people.late("annotator", PAGE, "C-1", **seen | {"text": "Mine.", "gloss_en": "Only mine."})
    assert f"{people.cast['editor'].name} changed this meanwhile: Statement. What you typed is kept" in words(page)
    assert "Now it says: Theirs. You wrote: Mine. Both Theirs. Mine." in words(page)
    assert field_value(page, "text") == "Mine." and checks.fresh(claim).text == "Theirs."
    people.done("annotator", PAGE, "C-1", **fields(page, "edit"))
    found = checks.fresh(claim)
    assert (found.text, found.gloss_en, found.note) == ("Mine.", "Only mine.", "Only theirs.")


@pytest.mark.parametrize(("choice", "stands"), [("theirs", "Theirs."), ("mine", "Mine."), ("both", "Theirs.\nMine.")])
def test_one_click_takes_either_or_both(people: People, claim: Statement, choice: str, stands: str) -> None:
    seen = fields(people.get("annotator", PAGE, "C-1"), "edit")
    elsewhere(people, claim, text="Theirs.", type="event")
    page = people.late("annotator", PAGE, "C-1", **seen | {"text": "Mine.", "type": "rule", "gloss_en": "Mine."})
    people.done("annotator", PAGE, "C-1", **fields(page, "edit") | {"take-text": choice, "take-type": "theirs"})
    found = checks.fresh(claim)
    assert (found.text, found.type, found.gloss_en) == (stands, "event", "Mine.")


def test_what_is_chosen_was_seen(people: People, claim: Statement) -> None:
    """Who takes theirs takes what was shown; what they wrote after that is shown again before it could be lost."""
    seen = fields(people.get("annotator", PAGE, "C-1"), "edit")
    elsewhere(people, claim, text="Theirs.")
    page = people.late("annotator", PAGE, "C-1", **seen | {"text": "Mine."})
    elsewhere(people, claim, text="Theirs again.")
    page = people.late("annotator", PAGE, "C-1", **fields(page, "edit") | {"take-text": "mine"})
    assert "Now it says: Theirs again. You wrote: Mine." in words(page)
    people.done("annotator", PAGE, "C-1", **fields(page, "edit") | {"take-text": "theirs"})
    assert checks.fresh(claim).text == "Theirs again."


def test_another_window_of_ones_own(people: People, claim: Statement) -> None:
    seen = fields(people.get("editor", PAGE, "C-1"), "edit")
    elsewhere(people, claim, text="Theirs.")
    page = people.late("editor", PAGE, "C-1", **seen | {"text": "Mine."})
    assert "You changed this in another window: Statement." in words(page)


def test_both_changed_it_to_the_same(people: People, claim: Statement) -> None:
    seen = fields(people.get("annotator", PAGE, "C-1"), "edit")
    elsewhere(people, claim, note="Two\nlines.")
    people.done("annotator", PAGE, "C-1", **seen | {"note": "Two\r\nlines."})
    assert checks.fresh(claim).note == "Two\nlines."


def test_what_was_seen_outlives_a_refusal_for_another_reason(people: People, claim: Statement) -> None:
    seen = fields(people.get("annotator", PAGE, "C-1"), "edit")
    page = people.kept("annotator", PAGE, "C-1", **seen | {"text": "Mine.", "about_date": "soon"})
    elsewhere(people, claim, text="Theirs.")
    page = people.late("annotator", PAGE, "C-1", **fields(page, "edit") | {"about_date": "2025"})
    assert "Now it says: Theirs. You wrote: Mine." in words(page)


def test_the_parts_of_a_proposal_meet_as_well(people: People) -> None:
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "a global standards body", "proposal")
    row = Statement.objects.get(corpus=people.cast.corpus, kind="proposal")
    seen = fields(people.get("annotator", PAGE, "P-1"), "anatomy")
    with writing(by=people.cast["editor"]) as op:
        statements.update(op, checks.fresh(row), target="Theirs")
        statements.set_agents(op, checks.fresh(row), "proposer", ["Theirs"])
    people.done("annotator", PAGE, "P-1", **seen | {"specificity": "2"})
    found = checks.fresh(row)
    assert (found.target, found.specificity) == ("Theirs", 2)
    assert [one.agent.name for one in found.agent_rows.filter(role="proposer")] == ["Theirs"]
    page = people.late("annotator", PAGE, "P-1", **seen | {"target": "Mine", "proposer": "Mine"})
    assert "Target, Proposed by" in words(page) or "Target" in words(page)
    assert checks.fresh(row).target == "Theirs" and field_value(page, "target") == "Mine"


def test_two_people_move_it(people: People, claim: Statement) -> None:
    page = people.get("editor", PAGE, "C-1")
    seen = fields(page, "move")["seen"]
    with writing(by=people.cast["admin"]) as op:
        workflow.transition(op, checks.fresh(claim), "queued")
    late = {"action": "move", "to": "set_aside", "reason": "too_vague", "note": "Nobody could check this."}
    page = people.late("editor", PAGE, "C-1", **late, seen=seen)
    shown = words(page)
    assert "Somebody moved this meanwhile: it is “Queued” now. What you typed is kept." in shown
    assert f"{people.cast['admin'].name} moved C-1 on: Queued just now" in shown
    assert "You wrote: Nobody could check this." in shown and "Nobody could check this.</textarea>" in page
    assert checks.fresh(claim).work == "queued"


def test_columns_that_others_filled_stay(people: People, claim: Statement) -> None:
    with writing(by=people.cast["editor"]) as op:
        own = codebook.add_set(op, name="Topic", scope="statement", many=True)
        one, two = (codebook.add_tag(op, own, label=name) for name in ("One", "Two"))
    seen = fields(people.get("annotator", PAGE, "C-1"), "tags")
    with writing(by=people.cast["editor"]) as op:
        statements.set_tags(op, checks.fresh(claim), add=[one.pk])
    people.done("annotator", PAGE, "C-1", action="tags", seen=seen["seen"], tags=two.pk)
    assert {tag.pk for tag in checks.fresh(claim).tags.all()} == {one.pk, two.pk}

"""The triage deck: two questions for most, wording that stands alone, a prediction's date, what is skipped."""

from __future__ import annotations

import pytest

from annotations.models import Statement
from tests.factories import make_document, mark
from tests.views.people import People, field_value, fields, words

TEXT = """Experts agree that tests are needed.

In 2024 there were 233 reported incidents. This year there will be more. The council proposes a register.
"""
QUOTES = (
    "In 2024 there were 233 reported incidents",
    "This year there will be more",
    "The council proposes a register",
)


@pytest.fixture
def deck(people: People) -> list[Statement]:
    """C-1 on a number, C-2 on the future, P-1."""
    document = make_document(people.cast["annotator"], TEXT)
    for quote, kind in zip(QUOTES, ("claim", "claim", "proposal"), strict=True):
        mark(people.cast["annotator"], document, quote, kind)
    return list(Statement.objects.filter(corpus=people.cast.corpus).order_by("id"))


def sent(statement: Statement, **more: str) -> dict[str, str]:
    words = {"id": str(statement.pk), "done": "0", "text": statement.text, "stands_alone": "1"}
    facts = {"type": "quantity"} if statement.kind == "claim" else {"mechanism": "risk_monitoring", "specificity": "2"}
    return words | facts | more


def fresh(statement: Statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


def test_one_after_the_other_with_a_count(people: People, deck: list[Statement]) -> None:
    page = people.get("annotator", "triage")
    assert "1 of 3" in words(page) and QUOTES[0] in page
    assert QUOTES[1] in field_value(people.get("annotator", "triage", query=f"?after={deck[0].pk}&done=1"), "text")
    assert QUOTES[2] in field_value(people.get("annotator", "triage", query=f"?id={deck[2].pk}"), "text")
    assert QUOTES[0] in field_value(people.get("annotator", "triage", query=f"?after={deck[2].pk}"), "text")


def test_two_questions_then_the_queue(people: People, deck: list[Statement]) -> None:
    assert "Does it state a fact that can be verified?" in words(people.get("annotator", "triage"))
    page = people.done("annotator", "triage", **sent(deck[0], question="q1", answer="yes"))
    assert "Should a checker spend time on it?" in words(page)
    page = people.done("annotator", "triage", **sent(deck[0], question="q4", answer="urgent"))
    assert "Check-worthiness High" in words(page)
    page = people.done("annotator", "triage", **sent(deck[0], to="queued"))
    assert fresh(deck[0]).work == "queued"
    assert "2 of 3" in words(page) and QUOTES[1] in page
    assert (fresh(deck[0]).q2, fresh(deck[0]).q3) == (None, None)


def test_not_urgent_asks_two_more(people: People, deck: list[Statement]) -> None:
    people.done("annotator", "triage", **sent(deck[0], question="q1", answer="yes"))
    page = people.done("annotator", "triage", **sent(deck[0], question="q4", answer="not_urgent"))
    assert "Would decision-makers or the public care?" in words(page)
    page = people.done("annotator", "triage", **sent(deck[0], question="q2", answer="5"))
    assert "Could it mislead or do harm if it is wrong?" in words(page)
    assert "High" in words(people.done("annotator", "triage", **sent(deck[0], question="q3", answer="4")))


def test_asking_again_forgets_the_answers(people: People, deck: list[Statement]) -> None:
    for name, code in (("q1", "yes"), ("q4", "urgent")):
        people.done("annotator", "triage", **sent(deck[0], question=name, answer=code))
    page = people.done("annotator", "triage", **sent(deck[0], action="again"))
    assert "Does it state a fact" in words(page) and fresh(deck[0]).checkworthiness == ""


def test_what_cannot_stand_alone_is_named_and_refused(people: People, deck: list[Statement]) -> None:
    page = people.get("annotator", "triage", query=f"?id={deck[1].pk}")
    assert "Cannot stand alone: This year" in words(page)
    data = sent(deck[1], to="queued")
    data.pop("stands_alone")
    refused = words(people.kept("annotator", "triage", **data))
    assert "Edit the text until it can be understood on its own, or tick that it can." in refused
    people.done("annotator", "triage", **sent(deck[1], text="In 2025 there will be more incidents than in 2024."))
    assert fresh(deck[1]).text.startswith("In 2025") and fresh(deck[1]).wording == "stands_alone"


def test_an_answer_keeps_the_words_typed_meanwhile(people: People, deck: list[Statement]) -> None:
    people.done("annotator", "triage", **sent(deck[0], text="233 incidents in 2024", question="q1", answer="yes"))
    assert fresh(deck[0]).text == "233 incidents in 2024"


def test_a_prediction_needs_its_day_and_what_decides(people: People, deck: list[Statement]) -> None:
    aside = sent(deck[1], type="prediction", to="set_aside", reason="prediction")
    page = people.kept("annotator", "triage", **aside, note="Wait for the report.")
    assert "Say on which day the prediction can be checked, and what will decide it." in words(page)
    assert field_value(page, "note") == "Wait for the report."
    assert 'value="prediction" checked' in page
    page = people.kept("annotator", "triage", **aside, resolve_by="2027-02-30", resolution_criteria="The register")
    assert "Write the date as YYYY-MM-DD." in words(page)
    assert field_value(page, "resolution_criteria") == "The register"
    people.done("annotator", "triage", **aside, resolve_by="2027-02-28", resolution_criteria="The register")
    found = fresh(deck[1])
    assert (found.work, str(found.resolve_by), found.resolution_criteria) == ("set_aside", "2027-02-28", "The register")


def test_a_prediction_is_expected_to_be_set_aside(people: People, deck: list[Statement]) -> None:
    Statement.objects.filter(pk=deck[1].pk).update(type="prediction")
    page = people.get("annotator", "triage", query=f"?id={deck[1].pk}")
    assert 'value="no" data-action="answer" aria-keyshortcuts="2" data-preset' in page


def test_a_proposal_is_tracked_with_mechanism_and_specificity(people: People, deck: list[Statement]) -> None:
    page = people.get("annotator", "triage", query=f"?id={deck[2].pk}")
    assert 'name="question"' not in page and "Track" in words(page)
    refused = people.kept("annotator", "triage", **sent(deck[2], specificity="", mechanism="", to="tracked"))
    assert "from 0 to 3" in words(refused)
    people.done("annotator", "triage", **sent(deck[2], to="tracked"))
    assert (fresh(deck[2]).work, fresh(deck[2]).specificity) == ("tracked", 2)


def test_a_vague_proposal_is_proposed_to_be_set_aside(people: People, deck: list[Statement]) -> None:
    people.done("annotator", "triage", **sent(deck[2], specificity="0"))
    page = people.get("annotator", "triage", query=f"?id={deck[2].pk}")
    assert 'class="button primary" data-action="set-aside"' in page


def test_an_empty_wording_is_refused(people: People, deck: list[Statement]) -> None:
    people.kept("annotator", "triage", **sent(deck[0], text=" "))
    assert fresh(deck[0]).text == QUOTES[0]


def test_somebody_else_was_quicker(people: People, deck: list[Statement]) -> None:
    seen = fields(people.get("annotator", "triage", query=f"?id={deck[0].pk}"), "deck")
    people.done("editor", "triage", **sent(deck[0], to="set_aside", reason="trivial", note="Everybody knows."))
    mine = {"text": "233 incidents", "stands_alone": "on", "reason": "too_vague", "note": "Which incidents?"}
    page = people.late("annotator", "triage", **seen | mine, to="set_aside")
    shown, found = words(page), fresh(deck[0])
    assert f"{people.cast['editor'].name} moved C-1 on: Set aside Everybody knows. just now" in shown
    assert "You wrote: Which incidents?" in shown
    assert (found.work, found.triage_reason, found.text) == ("set_aside", "trivial", "233 incidents")
    assert f"?after={deck[0].pk}" in page


def test_two_people_word_it_and_both_are_kept(people: People, deck: list[Statement]) -> None:
    """What only one changed is merged; the answer that was pressed goes with the choice."""
    seen = fields(people.get("annotator", "triage", query=f"?id={deck[0].pk}"), "deck")
    people.done("editor", "triage", **sent(deck[0], text="233 cases in 2024", type="event"))
    page = people.late("annotator", "triage", **seen | {"text": "233 incidents in 2024"}, answer="yes")
    assert "Now it says: 233 cases in 2024 You wrote: 233 incidents in 2024 Both" in words(page)
    assert field_value(page, "text") == "233 incidents in 2024" and fresh(deck[0]).q1 == ""
    assert 'name="answer" value="yes"' in page.split('id="clashes"')[1].split("</button>")[0]
    people.done("annotator", "triage", **fields(page, "deck") | {"take-text": "both"}, answer="yes")
    found = fresh(deck[0])
    assert (found.text, found.type, found.q1) == ("233 cases in 2024\n233 incidents in 2024", "event", "yes")


def test_two_people_answer_and_both_answers_are_shown(people: People, deck: list[Statement]) -> None:
    seen = fields(people.get("annotator", "triage", query=f"?id={deck[0].pk}"), "deck")
    people.done("editor", "triage", **sent(deck[0], question="q1", answer="yes"))
    page = people.late("annotator", "triage", **seen, answer="no")
    assert "Somebody answered: Yes You answered: No Take my answer" in words(page)
    assert fresh(deck[0]).q1 == "yes"
    people.done("annotator", "triage", **fields(page, "deck"), instead="q1:no:yes")
    assert fresh(deck[0]).q1 == "no"
    people.late("editor", "triage", **fields(page, "deck"), instead="q1:unsure:yes")
    assert fresh(deck[0]).q1 == "no"


def test_answers_are_not_taken_back_unseen(people: People, deck: list[Statement]) -> None:
    people.done("annotator", "triage", **sent(deck[0], question="q1", answer="no"))
    seen = fields(people.get("annotator", "triage", query=f"?id={deck[0].pk}"), "deck")
    people.done("editor", "triage", **sent(deck[0], question="q4", answer="urgent"))
    people.late("annotator", "triage", **seen, action="again")
    assert fresh(deck[0]).q4 == "urgent"
    people.done("annotator", "triage", **sent(deck[0], action="again"))
    assert fresh(deck[0]).q4 == ""


@pytest.mark.parametrize("wrong", ["x", "-1", "999", ""])
def test_wrong_ids_lead_to_the_deck(people: People, deck: list[Statement], wrong: str) -> None:
    assert people.post("annotator", "triage", id=wrong).headers["Location"] == people.url("triage")
    assert QUOTES[0] in people.get("annotator", "triage", query=f"?id={wrong}&after={wrong}&done={wrong}")


def test_the_end_of_the_deck(people: People) -> None:
    page = people.get("annotator", "triage")
    assert "Nothing to triage" in page and people.url("tracker") in page


def test_a_viewer_does_not_triage(people: People, deck: list[Statement]) -> None:
    shown = words(people.get("viewer", "triage", status=403))
    assert "To triage you need the role Annotator or above; yours is Viewer." in shown

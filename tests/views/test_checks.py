"""Working on a check, the review queue, the blind verdict and the decision after it."""

from __future__ import annotations

import pytest

from annotations.models import Answer, Review, Statement, Verification
from annotations.services import sources
from annotations.services.op import writing
from tests import checks
from tests.views.people import People, field_value, words


@pytest.fixture
def claim(people: People) -> Statement:
    return checks.make_claim(people.cast)


@pytest.fixture
def check(people: People, claim: Statement) -> Verification:
    return checks.begin(people.cast, claim)


def saved(**more: str) -> dict[str, str]:
    return {"action": "save", "verdict": "supported", "as_of_date": "2026-11-21", "justification": checks.WHY} | more


# --- writing a check


def test_what_is_still_needed_stands_beside_it(people: People, check: Verification) -> None:
    shown = words(people.get("checker", "check_edit", "C-1"))
    for sentence in ("Choose a verdict.", "Ask at least one question and answer it."):
        assert sentence in shown
    sent = words(people.kept("checker", "check_edit", "C-1", action="send"))
    assert "“Send to review” still needs something." in sent and sent.count("Choose a verdict.") == 2


def test_questions_answers_evidence_verdict_and_off_to_review(people: People, check: Verification) -> None:
    people.done("checker", "check_edit", "C-1", action="ask", text="What does the register say?")
    question = check.questions.get()
    people.done("checker", "check_edit", "C-1", action="answer", question=question.pk, text="233.", type="extractive")
    answer = Answer.objects.get()
    with writing(by=people.cast["checker"]) as op:
        source = checks.make_source(people.cast)
        found = sources.add_evidence(op, check.statement, source, stance="supports", quote="233 cases")
    assert "Register" in words(people.get("checker", "check_edit", "C-1"))
    people.done("checker", "check_edit", "C-1", action="place", evidence=found.pk, answer=answer.pk)
    people.done("checker", "check_edit", "C-1", **saved(sole_source_reason="There is one register only."))
    assert "Still needed Nothing" in words(people.get("checker", "check_edit", "C-1"))
    page = people.done("checker", "check_edit", "C-1", action="send")
    assert "In review" in words(page)
    assert checks.fresh(check.statement).work == "in_review"


def test_a_question_goes_with_its_answer(people: People, check: Verification) -> None:
    people.done("checker", "check_edit", "C-1", action="ask", text="Who counted?")
    people.done("checker", "check_edit", "C-1", action="drop", question=check.questions.get().pk)
    assert not check.questions.exists()


@pytest.mark.parametrize("wrong", ["999", "x", ""])
def test_a_question_of_nobody(people: People, check: Verification, wrong: str) -> None:
    assert people.post("checker", "check_edit", "C-1", action="drop", question=wrong).status_code == 404


def test_a_search_log_is_typed_a_line_each(people: People, check: Verification) -> None:
    log = "2026-11-20 | register | incidents 2024 | one table\n\n2026-11-21 | press"
    people.done("checker", "check_edit", "C-1", **saved(search_log=log))
    check.refresh_from_db()
    assert [entry["where"] for entry in check.search_log] == ["register", "press"]
    page = people.get("checker", "check_edit", "C-1")
    assert "2026-11-20 | register | incidents 2024 | one table" in field_value(page, "search_log")


def test_a_refused_verdict_keeps_what_was_typed(people: People, check: Verification) -> None:
    page = people.kept("checker", "check_edit", "C-1", **saved(as_of_date="yesterday"))
    assert field_value(page, "justification") == checks.WHY
    assert "yesterday" in words(page)
    check.refresh_from_db()
    assert check.justification == ""


def test_a_refused_answer_keeps_what_was_typed(people: People, check: Verification) -> None:
    people.done("checker", "check_edit", "C-1", action="ask", text="Reported?")
    pk = check.questions.get().pk
    data = {"action": "answer", "question": pk, "type": "guess", "text": "Both.", "boolean_explanation": "Table 2"}
    page = people.kept("checker", "check_edit", "C-1", **data)
    assert ">Both.</textarea>" in page and field_value(page, "boolean_explanation") == "Table 2"


def test_an_empty_question_is_refused(people: People, check: Verification) -> None:
    people.kept("checker", "check_edit", "C-1", action="ask", text="  ")
    assert not check.questions.exists()


def test_questions_of_its_type_are_offered(people: People, check: Verification) -> None:
    assert '<option value="Reported or actual?">' in people.get("checker", "check_edit", "C-1")


def test_somebody_else_s_check(people: People, check: Verification) -> None:
    assert f"This check is {check.author}'s. Ask to take it over." in words(
        people.get("reviewer", "check_edit", "C-1", status=403)
    )
    assert people.post("reviewer", "check_edit", "C-1", **saved()).status_code == 403


@pytest.mark.parametrize("role", ["viewer", "annotator"])
def test_only_a_checker_checks(people: People, check: Verification, role: str) -> None:
    assert "you need the role Checker or above" in words(people.get(role, "check_edit", "C-1", status=403))


def test_without_an_open_check_there_is_no_such_page(people: People, claim: Statement) -> None:
    people.get("checker", "check_edit", "C-1", status=404)


# --- reviewing it


@pytest.fixture
def sent(people: People, claim: Statement) -> Verification:
    return checks.send(people.cast, claim)


def test_the_queue_has_the_checks_of_others(people: People, sent: Verification) -> None:
    page = people.get("reviewer", "review_queue")
    assert "1 claim waits for a second person" in words(page)
    assert people.url("review_blind", "C-1") in page
    people.get("checker", "review_queue", status=403)


def test_one_s_own_stand_apart(people: People, sent: Verification) -> None:
    Verification.objects.update(author=people.cast["reviewer"])
    page = people.get("reviewer", "review_queue")
    assert "Nothing waits for you" in page and "Your own, waiting for somebody else" in page
    assert people.url("review_blind", "C-1") not in page


def test_the_blind_page_holds_no_trace_of_the_first_verdict(people: People, sent: Verification) -> None:
    page = people.get("reviewer", "review_blind", "C-1")
    assert "What does the register say?" in page and "233 cases" in page
    inside = page.split("<main", 1)[1].split("</main>")[0]
    for secret in (
        checks.WHY,
        checks.ANSWER,
        checks.LIMITS,
        "A later count differs.",
        "one register only",
        "missing_context",
    ):
        assert secret not in page
    for word in ("Supports", "Refutes", "Missing context"):
        assert word not in words(inside)
    offered = [f'value="{code}"' for code in ("supported", "mostly_supported", "mixed", "conflicting", "refuted")]
    assert [inside.count(one) for one in offered] == [1] * 5
    assert "checked" not in inside


def test_its_history_and_events_tell_nothing_either(people: People, sent: Verification) -> None:
    for name in ("history", "corpus_home", "tracker"):
        page = people.get("reviewer", name)
        assert checks.WHY not in page and "mostly_supported" not in page.replace('value="mostly_supported"', ""), name


def test_a_verdict_of_one_s_own_then_both_side_by_side(people: People, sent: Verification) -> None:
    page = people.done("reviewer", "review_blind", "C-1", action="record", verdict=checks.VERDICT, why="Same table.")
    shown = words(page)
    assert "Both verdicts are the same." in shown and checks.WHY in shown and checks.ANSWER in shown
    assert page.index('value="approve"') < page.index('value="return"')
    people.done("reviewer", "review_blind", "C-1", action="approve", note="fine")
    assert checks.fresh(sent.statement).work == "approved"


def test_verdicts_that_differ_propose_to_send_back(people: People, sent: Verification) -> None:
    page = people.done("reviewer", "review_blind", "C-1", action="record", verdict="refuted", why="Other table.")
    assert "The verdicts differ" in words(page)
    assert page.index('value="return"') < page.index('value="approve"')
    refused = words(people.kept("reviewer", "review_blind", "C-1", action="approve", note="All the same"))
    assert "third person decide" in refused
    assert (
        field_value(people.kept("reviewer", "review_blind", "C-1", action="approve", note="All the same"), "note")
        == "All the same"
    )
    people.done("reviewer", "review_blind", "C-1", action="return", note="Name the page.")
    assert checks.fresh(sent.statement).work == "changes_requested"


def test_sending_back_needs_a_comment(people: People, sent: Verification) -> None:
    checks.record(people.cast, sent)
    shown = words(people.kept("reviewer", "review_blind", "C-1", action="return"))
    assert "Say in a comment what has to change." in shown


def test_no_verdict_chosen(people: People, sent: Verification) -> None:
    page = people.kept("reviewer", "review_blind", "C-1", action="record", why="I am not sure")
    assert "This field is required." in words(page) and field_value(page, "why") == "I am not sure"
    assert not Review.objects.exists()


def test_deciding_before_one_s_own_verdict_is_refused(people: People, sent: Verification) -> None:
    shown = words(people.kept("reviewer", "review_blind", "C-1", action="approve"))
    assert "Record your own verdict before you see the other one." in shown
    assert checks.WHY not in shown


def test_nobody_reviews_what_they_wrote(people: People, sent: Verification) -> None:
    Verification.objects.update(author=people.cast["reviewer"])
    sent.contributors.add(people.cast["reviewer"])
    people.get("reviewer", "review_blind", "C-1", status=403)
    people.get("checker", "review_blind", "C-1", status=403)


def test_an_old_form_decides_nothing(people: People, sent: Verification) -> None:
    checks.record(people.cast, sent)
    assert "This page is too old." in words(people.kept("reviewer", "review_blind", "C-1"))
    assert checks.fresh(sent.statement).work == "in_review"

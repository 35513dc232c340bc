"""The page of a claim or proposal: what it shows to whom, every form on it, refusals that keep what was typed."""

from __future__ import annotations

import lxml.html
import pytest

from annotations.models import Event, Milestone, Relation, Source, Statement
from annotations.services import codebook, milestones
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, field_value, words


@pytest.fixture
def claim(people: People) -> Statement:
    return checks.make_claim(people.cast)


@pytest.fixture
def proposal(people: People) -> Statement:
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "a global standards body", "proposal")
    return Statement.objects.get(corpus=people.cast.corpus, kind="proposal")


def edited(**more: str) -> dict[str, str]:
    return {"action": "edit", "text": "There were 233 incidents in 2024.", "type": "quantity"} | more


def test_a_claim_with_its_passage(people: People, claim: Statement) -> None:
    shown = words(people.get("viewer", "statement_detail", "C-1"))
    assert "In 2024 there were 233 reported incidents" in shown and "¶ 3" in shown
    assert f"marked by {people.cast['annotator']}" in shown
    assert "Not checked yet." in shown


@pytest.mark.parametrize("label", ["c-1", "C-1"])
def test_the_number_may_be_written_small(people: People, claim: Statement, label: str) -> None:
    answer = people.client("viewer").get(people.url("statement_detail", label), follow=True)
    assert answer.status_code == 200 and "C-1" in answer.content.decode()


@pytest.mark.parametrize("label", ["C-2", "P-1", "X-1", "C-", "C-1x", "17"])
def test_no_such_number(people: People, claim: Statement, label: str) -> None:
    people.get("viewer", "statement_detail", label, status=404)


def test_editing_goes_through_the_service(people: People, claim: Statement) -> None:
    people.done("annotator", "statement_detail", "C-1", **edited(stands_alone="on", gloss_en="233", due="2026-12-01"))
    found = checks.fresh(claim)
    assert (found.text, found.gloss_en, str(found.due)) == ("There were 233 incidents in 2024.", "233", "2026-12-01")
    assert Event.objects.filter(kind="statement.updated", actor=people.cast["annotator"]).exists()


def test_a_refused_edit_keeps_what_was_typed(people: People, claim: Statement) -> None:
    page = people.kept("annotator", "statement_detail", "C-1", **edited(about_date="soon", note="Look again."))
    assert field_value(page, "about_date") == "soon" and "Look again.</textarea>" in page
    assert "About the time: “soon” is not a date" in words(page)
    assert f'<h1 class="statement-text" lang="en">{claim.text}</h1>' in page
    assert checks.fresh(claim).text == claim.text


def test_an_empty_statement_names_the_field(people: People, claim: Statement) -> None:
    shown = words(people.kept("annotator", "statement_detail", "C-1", **edited(text="")))
    assert "Statement: This field is required." in shown


def test_a_viewer_edits_nothing_and_sees_no_form(people: People, claim: Statement) -> None:
    page = people.get("viewer", "statement_detail", "C-1")
    forms = lxml.html.fromstring(page).xpath("//main//form/@action")
    assert forms == [people.url("watch_list")]  # what one watches is one's own
    answer = people.post("viewer", "statement_detail", "C-1", **edited())
    assert answer.status_code == 403
    assert "you need the role Annotator or above; yours is Viewer" in words(answer)


def test_a_form_of_an_older_page(people: People, claim: Statement) -> None:
    shown = words(people.kept("annotator", "statement_detail", "C-1", action="launch"))
    assert "This page is too old. Load it again." in shown


def test_steps_that_are_another_s_are_shown_with_the_reason(people: People, claim: Statement) -> None:
    page = people.get("viewer", "statement_detail", "C-1")
    assert 'aria-disabled="true"' in page
    assert "you need the role Annotator or above; yours is Viewer" in words(page)
    assert page.count('class="button primary"') == 1  # of the hidden question before a deed


def test_there_is_one_primary_step(people: People, claim: Statement) -> None:
    page = people.get("annotator", "statement_detail", "C-1").split('<div class="columns">')[0]
    assert page.count('data-action="next-step"') == 1
    assert "Queue for checking" in words(page)
    people.done("annotator", "statement_detail", "C-1", action="move", to="queued")
    assert checks.fresh(claim).work == "queued"
    assert "Start checking" in words(people.get("checker", "statement_detail", "C-1"))


def test_a_step_that_lacks_something_says_each_thing(people: People, proposal: Statement) -> None:
    shown = words(people.kept("annotator", "statement_detail", "P-1", action="move", to="tracked", note="please"))
    assert "“Track” still needs something." in shown
    assert (
        "Choose the mechanism of the proposal." in shown and "Say how specific the proposal is, from 0 to 3." in shown
    )
    assert "please" in shown
    assert checks.fresh(proposal).work == "untriaged"


def test_setting_aside_asks_for_a_reason_of_the_list(people: People, claim: Statement) -> None:
    shown = words(people.kept("annotator", "statement_detail", "C-1", action="move", to="set_aside"))
    assert "Choose one of these reasons: Opinion, Prediction" in shown
    people.done("annotator", "statement_detail", "C-1", action="move", to="set_aside", reason="too_vague")
    assert checks.fresh(claim).triage_reason == "too_vague"


def test_a_duplicate_names_the_other_one(people: People, claim: Statement) -> None:
    other = checks.make_claim(people.cast, "Experts agree that tests are needed")
    data = {"action": "move", "to": "set_aside", "reason": "duplicate"}
    assert "Say which statement it duplicates." in words(people.kept("annotator", "statement_detail", "C-2", **data))
    page = people.kept("annotator", "statement_detail", "C-2", **data, duplicate_of="C-77")
    assert "There is no C-77 here." in words(page) and field_value(page, "duplicate_of") == "C-77"
    people.done("annotator", "statement_detail", "C-2", **data, duplicate_of="C-1")
    assert {other, claim} == {side for row in Relation.objects.all() for side in (row.source, row.target)}


def test_giving_it_to_somebody(people: People, claim: Statement) -> None:
    pk = people.cast["checker"].pk
    people.done("editor", "statement_detail", "C-1", action="assign", assignee=pk)
    assert checks.fresh(claim).assignee == people.cast["checker"]
    people.done("reviewer", "statement_detail", "C-1", action="assign", assignee="me")
    assert checks.fresh(claim).assignee == people.cast["reviewer"]
    assert people.post("checker", "statement_detail", "C-1", action="assign", assignee=pk + 1).status_code == 403


def test_who_cannot_check_gets_no_claim(people: People, claim: Statement) -> None:
    data = {"action": "assign", "assignee": people.cast["viewer"].pk}
    assert "cannot check claims; a checker can." in words(people.kept("editor", "statement_detail", "C-1", **data))


def test_own_columns(people: People, claim: Statement) -> None:
    with writing(by=people.cast["editor"]) as op:
        own = codebook.add_set(op, name="Topic", scope="statement", many=True)
        tags = [codebook.add_tag(op, own, label=label) for label in ("Compute", "Labour")]
    for wanted in ([tags[0].pk, tags[1].pk], [tags[1].pk], []):
        people.done("annotator", "statement_detail", "C-1", action="tags", tags=wanted)
        assert sorted(claim.tag_rows.values_list("tag_id", flat=True)) == wanted


EVIDENCE = {"action": "evidence", "stance": "supports", "quote": "233 cases", "locator": "p. 2"}


def test_evidence_with_a_new_source(people: People, claim: Statement) -> None:
    data = EVIDENCE | {"title": "Register", "text": "The register counts 233 cases.", "type": "dataset"}
    people.done("checker", "statement_detail", "C-1", **data)
    row = claim.evidence.get()
    assert (row.source.title, row.source.type, row.locator) == ("Register", "dataset", "p. 2")
    assert row.source.snapshots.get().text == "The register counts 233 cases."


def test_evidence_from_a_source_that_is_here_and_taking_it_back(people: People, claim: Statement) -> None:
    source = checks.make_source(people.cast)
    people.done("checker", "statement_detail", "C-1", **EVIDENCE, source=source.pk)
    row = claim.evidence.get()
    people.done("checker", "statement_detail", "C-1", action="drop_evidence", evidence=row.pk)
    row.refresh_from_db()
    assert row.removed_at is not None
    for wrong in (row.pk, "x", 999):
        assert (
            people.post("checker", "statement_detail", "C-1", action="drop_evidence", evidence=wrong).status_code == 404
        )


def test_evidence_without_a_source_is_kept(people: People, claim: Statement) -> None:
    page = people.kept("checker", "statement_detail", "C-1", **EVIDENCE, note="Second table")
    assert "Choose a source, or give the new one a title." in words(page)
    assert field_value(page, "locator") == "p. 2" and not Source.objects.exists()


def test_an_annotator_attaches_nothing(people: People, claim: Statement) -> None:
    assert "A checker can attach sources." in words(people.get("annotator", "statement_detail", "C-1"))
    assert people.post("annotator", "statement_detail", "C-1", **EVIDENCE, title="Register").status_code == 403


def test_what_is_proposed(people: People, proposal: Statement) -> None:
    data = {
        "action": "anatomy",
        "mechanism": "new_institution",
        "specificity": "2",
        "actor": "UN; OECD",
        "proposer": "China",
    }
    people.done("annotator", "statement_detail", "P-1", **data)
    shown = words(people.get("viewer", "statement_detail", "P-1"))
    assert "New institution" in shown and "UN · OECD" in shown and "2 of 3" in shown
    page = people.kept("annotator", "statement_detail", "P-1", **data | {"deadline": "when ready"})
    assert field_value(page, "deadline") == "when ready"


STEP = {"action": "milestone", "status": "in_the_works", "date": "2025-07-26", "note": "Announced"}


def test_a_step_is_confirmed_by_another_person(people: People, proposal: Statement) -> None:
    source = checks.make_source(people.cast)
    people.done("checker", "statement_detail", "P-1", **STEP, source=source.pk)
    row = Milestone.objects.get()
    assert "You entered it; another person has to confirm it." in words(
        people.get("checker", "statement_detail", "P-1")
    )
    settle = {"action": "settle", "milestone": row.pk, "decision": "confirm"}
    assert people.post("checker", "statement_detail", "P-1", **settle).status_code == 403
    people.done("reviewer", "statement_detail", "P-1", **settle)
    assert checks.fresh(proposal).progress == "in_the_works"


def test_a_refused_step_tells_why(people: People, proposal: Statement) -> None:
    people.done("checker", "statement_detail", "P-1", **STEP, source=checks.make_source(people.cast).pk)
    settle = {"action": "settle", "milestone": Milestone.objects.get().pk, "decision": "refuse"}
    people.done("reviewer", "statement_detail", "P-1", **settle, reason="Another body")
    assert "refused: Another body" in words(people.get("viewer", "statement_detail", "P-1"))
    assert milestones.state_of(Milestone.objects.get()) == "refused"


def test_a_step_with_a_wrong_date_is_kept(people: People, proposal: Statement) -> None:
    page = people.kept("checker", "statement_detail", "P-1", **STEP | {"date": "July"})
    assert field_value(page, "date") == "July" and not Milestone.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer", "editor", "admin"])
def test_an_unreviewed_check_is_its_writers_alone(people: People, claim: Statement, role: str) -> None:
    checks.send(people.cast, claim)
    page = people.get(role, "statement_detail", "C-1")
    assert "is checking it (v1)" in words(page)
    for secret in (checks.WHY, checks.ANSWER, checks.LIMITS, "Mostly supported", "mostly_supported", "tone-stop"):
        assert secret not in page


def test_the_writer_sees_it_all(people: People, claim: Statement) -> None:
    checks.send(people.cast, claim)
    shown = words(people.get("checker", "statement_detail", "C-1"))
    for told in (checks.WHY, checks.ANSWER, "Mostly supported", "not reviewed"):
        assert told in shown


def test_a_reviewed_check_is_everybody_s(people: People, claim: Statement) -> None:
    checks.approve(people.cast, claim)
    shown = words(people.get("viewer", "statement_detail", "C-1"))
    for told in (checks.WHY, checks.ANSWER, "Mostly supported", f"reviewed by {people.cast['reviewer']}"):
        assert told in shown


def test_the_history_speaks_in_words(people: People, claim: Statement) -> None:
    checks.approve(people.cast, claim)
    page = people.get("viewer", "statement_detail", "C-1")
    shown = words(page[page.index('id="history"') :])
    assert "moved C-1 on: Approved" in shown and "the status : In review → Approved" in shown
    for code in ("in_review", "checkworthiness:", "q1", "work:"):
        assert code not in shown


def test_free_text_says_who_will_read_it(people: People, claim: Statement) -> None:
    page = people.get("checker", "statement_detail", "C-1")
    for name in ("text", "gloss_en", "note", "resolution_criteria", "quote"):
        label = page[: page.index(f'name="{name}"')].rsplit("<label", 1)[1]
        assert 'class="scope' in label, name

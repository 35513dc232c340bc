"""The section “Quotation” on the pages of a claim and of its check."""

from __future__ import annotations

import html

import pytest

from annotations.models import Statement, Verification
from annotations.services import sources, statements
from annotations.services.op import writing
from tests import checks
from tests.views.people import People, words

pytestmark = pytest.mark.django_db
ORIGINAL = "The minister spoke first. In 2024 there were, by our count, 233 reported incidents. He thanked everybody."


@pytest.fixture
def claim(people: People) -> Statement:
    statement = checks.make_claim(people.cast)
    with writing(by=people.cast["annotator"]) as op:
        statements.update(op, statement, type="quotation")
    return statement


def attach(people: People, claim: Statement, text: str = ORIGINAL, title: str = "Speech") -> None:
    with writing(by=people.cast["checker"]) as op:
        source = sources.create(op, title=title, type="primary_document", text=text)
        sources.add_evidence(op, claim, source, stance="refutes", note="Read it.")


def section(page: str) -> str:
    """The words of the section alone, "" when it is not there."""
    start = page.find('aria-labelledby="quotation"')
    return words(page[start : page.index("</section>", start)]) if start >= 0 else ""


def test_before_there_is_a_source(people: People, claim: Statement) -> None:
    shown = section(people.get("viewer", "statement_detail", "C-1"))
    assert "In 2024 there were 233 reported incidents" in shown and "Attach the original as a source." in shown


def test_the_original_stands_beside_it_for_everybody(people: People, claim: Statement) -> None:
    attach(people, claim)
    page = people.get("viewer", "statement_detail", "C-1")
    shown = section(page)
    for said in ("Words left out", "no ellipsis says so", "The minister spoke first.", "He thanked everybody."):
        assert said in shown, said
    assert "<del>by our count, </del>" in html.unescape(page)
    assert "Altered quotation" not in shown  # judging is for the checker, on the page of the check


def test_other_claims_have_no_such_section(people: People) -> None:
    checks.make_claim(people.cast)
    assert section(people.get("viewer", "statement_detail", "C-1")) == ""


def test_another_snapshot_is_chosen(people: People, claim: Statement) -> None:
    attach(people, claim)
    attach(people, claim, "The hall opens at nine.", "Agenda")
    shot = claim.evidence.latest("id").source.snapshots.get().pk
    page = people.get("viewer", "statement_detail", "C-1", query=f"?snapshot={shot}")
    assert f'<option value="{shot}" selected>' in page and "Not found" in section(page)
    assert " selected" not in section(people.get("viewer", "statement_detail", "C-1", query="?snapshot=x"))


def test_the_checker_records_a_judgement_and_takes_it_back(people: People, claim: Statement) -> None:
    attach(people, claim)
    check = checks.begin(people.cast, claim)
    for on, flags in (("1", ["missing_context"]), ("0", [])):
        response = people.client("checker").post(
            people.url("quotation_judge", "C-1"), {"flag": "missing_context", "on": on}
        )
        assert response.headers["Location"] == people.url("check_edit", "C-1") + "#quotation"
        assert Verification.objects.get(pk=check.pk).flags == flags
        page = people.get("checker", "check_edit", "C-1")
        start = page.index('aria-labelledby="quotation"')
        assert page[start : page.index("</section>", start)].count('aria-pressed="true"') == len(flags)


def test_a_judgement_that_is_none_is_refused_in_words(people: People, claim: Statement) -> None:
    check = checks.begin(people.cast, claim)
    client = people.client("checker")
    client.post(people.url("quotation_judge", "C-1"), {"flag": "outdated", "on": "1"})
    assert "A quotation can be recorded as" in words(people.get("checker", "check_edit", "C-1"))
    assert Verification.objects.get(pk=check.pk).flags == []


def test_others_cannot_judge_and_see_no_judgement(people: People, claim: Statement) -> None:
    attach(people, claim)
    check = checks.begin(people.cast, claim)
    people.client("checker").post(people.url("quotation_judge", "C-1"), {"flag": "missing_context", "on": "1"})
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        response = people.client(role).post(people.url("quotation_judge", "C-1"), {"flag": "altered_quote", "on": "1"})
        assert response.status_code == 403, role
        page = people.get(role, "statement_detail", "C-1")
        assert "Words left out" in page and "Missing context" not in page and "missing_context" not in page
    assert Verification.objects.get(pk=check.pk).flags == ["missing_context"]


def test_without_a_check_there_is_nothing_to_judge(people: People, claim: Statement) -> None:
    response = people.client("checker").post(people.url("quotation_judge", "C-1"), {"flag": "altered_quote"})
    assert response.status_code == 404

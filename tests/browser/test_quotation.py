"""A quotation beside its original, as the checker works with it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Snapshot, Statement, Verification
from annotations.services import sources, statements
from annotations.services.op import writing
from tests import checks
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.browser, needs_chromium]
ORIGINAL = "The minister spoke first. In 2024 there were, by our count, 233 reported incidents. He thanked everybody."


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    statement = checks.make_claim(cast)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, statement, type="quotation")
    for title, text in (("Speech", ORIGINAL), ("Agenda", "The hall opens at nine.")):
        attach(cast, statement, title, text)
    return statement


def attach(cast: Cast, statement: Statement, title: str, text: str) -> None:
    with writing(by=cast["checker"]) as op:
        source = sources.create(op, title=title, type="primary_document", text=text)
        sources.add_evidence(op, statement, source, stance="context", note="Read it.")


def test_the_checker_reads_compares_and_judges(doors: Doors, cast: Cast, claim: Statement) -> None:
    check = checks.begin(cast, claim)
    page = enter(doors, cast, "checker", f"statements/{claim.label}/check/")
    section = page.get_by_role("region", name="Quotation beside its original")
    expect(section.locator("blockquote del").first).to_have_text("by our count, ")
    expect(section).to_contain_text("no ellipsis says so")
    flag = section.get_by_role("button", name="Missing context")
    expect(flag).to_have_attribute("aria-pressed", "false")
    flag.click()
    expect(flag).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"/check/#quotation$"))
    assert Verification.objects.get(pk=check.pk).flags == ["missing_context"]
    section.get_by_label("Compare with").select_option(str(Snapshot.objects.get(source__title="Agenda").pk))
    expect(page).to_have_url(re.compile(r"[?]snapshot=\d+"))
    section.locator("summary").click()
    expect(section.locator("details")).to_contain_text("Not found")
    assert faults(page) == []


def test_an_original_that_a_colleague_attaches_appears_by_itself(doors: Doors, cast: Cast, claim: Statement) -> None:
    page = enter(doors, cast, "viewer", f"statements/{claim.label}/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    page.evaluate("window.stayed = true")
    attach(cast, claim, "Transcript", "Minister: in 2024 there were 233 reported incidents.")
    expect(page.locator("#live-quotation .status").first).to_have_text("Word for word")
    assert page.evaluate("window.stayed")

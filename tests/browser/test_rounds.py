"""Two people code a document by keys without seeing each other; an editor closes the round, a reviewer settles it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Assignment, Round, Statement
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document

pytestmark = [pytest.mark.browser, needs_chromium]
TEXT = "Safety first\n\n" + "\n\n".join(f"Rule {n} asks for tests. Step {n} was taken." for n in range(1, 30))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_a_round(doors: Doors, cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    page = enter(doors, cast, "editor", "rounds/new/")
    page.get_by_label("Name").fill("Pilot")
    page.get_by_role("combobox", name="Documents").fill(document.title[:6])
    page.get_by_role("option").first.click()
    for role in ("annotator", "checker"):
        page.get_by_label(cast[role].name).check()
    assert faults(page) == []
    page.get_by_role("button", name="Open the round").click()
    expect(page.get_by_role("heading", name="Pilot")).to_be_visible()
    for role in ("annotator", "checker"):
        code(enter(doors, cast, role, "rounds/"), role)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"done"}
    assert not Statement.objects.exists()
    page.reload()
    page.get_by_role("button", name="Close the round").click()
    page.get_by_role("dialog").get_by_role("button", name="Close the round").click()
    expect(page.get_by_role("heading", name="How far the coders agree")).to_be_visible()
    assert faults(page) == []
    settle(enter(doors, cast, "reviewer", f"rounds/{Round.objects.get().pk}/"))
    found = dict(Statement.objects.values_list("kind", "text"))
    assert set(found) == {"claim", "proposal"} and found["claim"] != found["proposal"]


def code(page: Page, role: str) -> None:
    """By keys: one sentence is a proposal; the checker takes the next one for a claim."""
    page.get_by_role("link", name="1 document to code").click()
    page.get_by_role("link", name="Code ").click()
    text = page.locator("#doc")
    expect(page.locator("#reader[data-ready]")).to_be_attached()
    expect(page.locator("#cards [data-card]")).to_have_count(0)  # nobody else's passages
    text.focus()
    page.keyboard.press("s")  # the sentence at the reading line
    page.keyboard.press("p")
    expect(page.locator("#save-state")).to_have_text("Saved")
    page.keyboard.press("1")
    expect(page.locator("#cards .chip")).to_have_count(1)
    if role == "checker":
        page.keyboard.press("s")
        page.keyboard.press("c")
        expect(page.locator("#cards [data-card]")).to_have_count(2)
        page.keyboard.press("l")
        expect(page.locator("#said")).to_contain_text("statements come after")
    expect(page.locator("#save-state")).to_have_text("Saved")
    assert faults(page) == []
    page.keyboard.press("d")
    expect(page.get_by_text("You are done with all your documents")).to_be_visible()


def settle(page: Page) -> None:
    page.get_by_role("button", name="Take over 1 place").click()
    expect(page.get_by_text("1 place was taken over.")).to_be_visible()
    page.get_by_role("link", name="Safety first").click()
    expect(page.get_by_text("not marked by all")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Take this one").click()
    expect(page.get_by_text("Everything here is settled")).to_be_visible()

"""Versions in a browser: a new text looked at and stored, a lost passage selected again by keyboard, taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Anchor, Annotation, Document
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import PASSWORD
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]
GONE = "Nine countries signed the statement on Monday evening."
FIRST = f"A title\n\nDevelopers should publish their tests every year.\n\n{GONE}\n"
NOW = "On Monday the signatures of nine states were collected."
SECOND = f"A title\n\n{NOW}\n\nDevelopers must publish their tests every year.\n"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    document = make_document(cast["annotator"], FIRST)
    mark(cast["annotator"], document, "Developers should publish their tests every year.", "proposal")
    mark(cast["annotator"], document, GONE, "claim")
    return document


def opened(doors: Doors, cast: Cast, document: Document, **device: object) -> Page:
    """The page of what changed, after the second text was pasted, looked at and stored."""
    page = doors.sign_in(cast.user("annotator").username, PASSWORD, **device)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/documents/{document.pk}/versions/")
    page.get_by_label("Or paste the text").fill(SECOND)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="What the new version would change")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Nothing is stored yet.")
    page.get_by_role("button", name="Load as version 2").click()
    expect(page.get_by_role("heading", name="What changed from version 1 to 2")).to_be_visible()
    return page


def test_a_lost_passage_is_selected_again_by_keyboard_and_taken_back(
    doors: Doors, cast: Cast, document: Document
) -> None:
    page = opened(doors, cast, document)
    passage = Annotation.objects.latest("pk")
    row = page.locator(f"#p-{passage.pk}")
    expect(row).to_contain_text("Not found")
    row.get_by_role("link", name="Select again").press("Enter")
    expect(page.locator("#place")).to_contain_text(GONE)
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    here = page.locator("#place [data-action=place-here]")
    expect(here).to_have_attribute("aria-disabled", "true")
    page.evaluate("""() => {
      const text = document.getElementById("b1").firstChild;
      document.getElementById("doc").focus();
      getSelection().setBaseAndExtent(text, 0, text, text.length);
    }""")
    expect(here).to_have_attribute("aria-disabled", "false")
    expect(page.locator(".tagbar")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What changed from version 1 to 2")).to_be_visible()
    expect(page.locator(f"#p-{passage.pk}")).to_have_count(0)
    anchor = Anchor.objects.get(annotation=passage, version__number=2)
    assert (anchor.exact, anchor.state, anchor.method) == (NOW, "ok", "hand")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#p-{passage.pk}")).to_contain_text("Not found")
    assert not Anchor.objects.filter(annotation=passage, version__number=2).exists()


def test_j_goes_through_what_changed_and_a_phone_stacks_it(doors: Doors, cast: Cast, document: Document) -> None:
    page = opened(doors, cast, document, viewport={"width": 390, "height": 760})
    page.keyboard.press("j")
    expect(page.locator("#to-check [data-row]").first).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    changed = page.locator(".compare tr.changed td")
    assert changed.nth(0).bounding_box()["y"] < changed.nth(1).bounding_box()["y"]  # type: ignore[index]
    expect(page.locator(".compare tr.changed ins")).to_have_text("must")

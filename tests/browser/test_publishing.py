"""Publishing in the browser: by key to the preview, what is missing said in place, then a page for everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Statement
from tests import checks, published
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def everybody(doors: Doors, statement: Statement) -> Page:
    """The public page, for somebody without an account."""
    page = doors.open()
    page.goto(f"{doors.site}/p/{statement.corpus.slug}/{statement.label}/")
    return page


def test_a_check_is_published_from_its_preview(doors: Doors, cast: Cast) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    page = enter(doors, cast, "editor", f"statements/{statement.label}/")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    expect(page.locator("main h1")).to_have_text(statement.text)
    expect(page.get_by_text("Say once for this corpus who publishes")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Publisher").fill("The desk of the town")
    page.get_by_label("Corrections go to").fill("desk@example.org")
    page.get_by_role("button", name="Show it in the preview").click()
    expect(page.locator(".public-foot")).to_contain_text("Published by The desk of the town.")
    expect(page.get_by_text("Say once for this corpus who publishes")).to_have_count(0)
    expect(everybody(doors, statement).locator(".public-verdict")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []
    page.get_by_label("Corrections policy").press("Control+Enter")
    expect(page.get_by_role("link", name="Public page")).to_be_visible()
    reader = everybody(doors, statement)
    expect(reader.locator(".public-verdict")).to_contain_text("Mostly supported")
    expect(reader.locator(".preview")).to_have_count(0)


def test_a_correction_is_seen_before_it_is_published(doors: Doors, cast: Cast) -> None:
    statement = published.publish(cast)
    checks.move(cast, "editor", statement, "paused", reason="A reader wrote to us.")
    published.reopen(cast, statement)
    published.approve(cast, statement, "mixed")
    page = enter(doors, cast, "editor", f"statements/{statement.label}/publish/")
    page.get_by_role("button", name="Publish again").click()
    expect(page.get_by_text("add a public correction note").first).to_be_visible()
    note = page.get_by_label("Correction note")
    note.fill("We read the table wrongly.")
    page.get_by_role("button", name="Show it in the preview").click()
    expect(page.locator(".public-corrections")).to_contain_text("We read the table wrongly.")
    expect(everybody(doors, statement).locator("main")).not_to_contain_text("We read the table wrongly.")
    page.get_by_role("button", name="Publish again").click()
    expect(page.get_by_role("link", name="Public page")).to_be_visible()
    reader = everybody(doors, statement)
    expect(reader.locator(".public-corrections")).to_contain_text("We read the table wrongly.")
    reader.locator(".public-corrections a").click()
    expect(reader.locator("main")).to_contain_text("a newer one replaced it on")
    expect(reader.locator(".public-verdict")).to_contain_text("Refuted")

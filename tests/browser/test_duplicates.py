"""Possible duplicates and more like this in a browser: from the Tracker to the merge, told apart and back; by keys."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Occurrence, Relation, Statement
from annotations.services import recurrence, statements
from annotations.services.op import writing
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]
SAID = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"
TRADITIONAL = "2024年，全球人工智慧相關事故飆升至233起，同比激增56.4%。"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    mark(cast["annotator"], make_document(cast["annotator"], f"序言\n\n{SAID}。\n"), SAID, "claim")
    for title in ("報導", "又一篇", "旧闻"):
        words = SAID.replace("56.4", "54") if title == "旧闻" else SAID
        make_document(cast["annotator"], f"{title}\n\n{words}。\n", title=title)
    with writing(by=cast["annotator"]) as op:
        for text in (TRADITIONAL, SAID.replace("56.4", "54")):
            statements.create(op, "claim", text)
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    return cast


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look: RELATION_PICTURES names the folder."""
    if folder := os.environ.get("RELATION_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_pairs_are_told_apart_and_merged(doors: Doors, cast: Cast) -> None:
    page = enter(doors, cast, "checker", "tracker/")
    page.get_by_role("link", name="Possible duplicates").first.click()
    expect(page.locator("article")).to_have_count(3)
    expect(page.locator("article").first).to_contain_text("the same words")
    picture(page, "duplicates")
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "duplicates-390")
    page.get_by_role("button", name="Not the same").first.click()
    expect(page.locator("article")).to_have_count(2)
    assert Relation.objects.get().state == "rejected"
    page.locator("#done").get_by_role("button", name="Undo").click()
    expect(page.locator("article")).to_have_count(3)
    page.get_by_role("link", name="Merge C-2 into C-1").click()
    page.get_by_role("button", name="Merge C-2 into C-1").click()
    expect(page.locator("h1.statement-text")).to_have_text(SAID)
    assert Statement.objects.get(number=2).redirect_to == Statement.objects.get(number=1)


def test_rows_are_decided_by_keys(doors: Doors, cast: Cast) -> None:
    page = enter(doors, cast, "annotator", "alike/?statement=C-1")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(4)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    picture(page, "alike")
    assert faults(page) == []
    page.keyboard.press("c")
    expect(page.locator("#done")).to_be_visible()
    expect(rows.nth(2)).to_have_attribute("aria-current", "true")
    assert Occurrence.objects.filter(removed_at=None).count() == 2
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(rows).to_have_count(3)
    expect(page.get_by_text("1 turned down")).to_be_visible()
    page.wait_for_load_state()  # the page is a new one, and its keys are heard when its scripts are there
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(4)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "alike-390")


def test_all_with_the_same_words_at_once(doors: Doors, cast: Cast) -> None:
    page = enter(doors, cast, "annotator", "alike/?statement=C-1")
    page.keyboard.press("Shift+a")
    expect(page.get_by_text("2 passages taken to C-1")).to_be_visible()
    assert Occurrence.objects.filter(removed_at=None).count() == 3
    page.wait_for_load_state()
    page.keyboard.press("Control+z")
    expect(page.locator("#done")).to_contain_text("Taken back.")
    assert Occurrence.objects.filter(removed_at=None).count() == 1

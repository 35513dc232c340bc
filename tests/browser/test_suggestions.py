"""Suggestions in the reader: apart from passages, taken over or turned down with one key, back with Ctrl+Z, live."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Document, Occurrence, Statement, Suggestion
from annotations.services import recurrence
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document, mark, suggest

pytestmark = [pytest.mark.browser, needs_chromium]
KNOWN = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    mark(cast["annotator"], make_document(cast["annotator"], f"序言\n\n{KNOWN}。\n"), KNOWN, "claim")
    text = "報導\n\n據統計，2024年全球人工智慧相關事故飆升至233起，同比激增54%，各界關注。今天天氣很好，適合散步。\n"
    found = make_document(cast["annotator"], text)
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    return found


def opened(doors: Doors, cast: Cast, document: Document) -> Page:
    page = enter(doors, cast, "annotator", f"documents/{document.pk}/")
    expect(page.locator(".margin-card.suggestion")).to_have_count(1)
    return page


def test_it_stands_apart_says_why_and_is_not_counted(doors: Doors, cast: Cast, document: Document) -> None:
    page = opened(doors, cast, document)
    expect(page.locator("#count")).to_have_text("0 passages")
    page.keyboard.press("j")
    card = page.locator(".margin-card.suggestion.current")
    expect(card).to_contain_text("Repeats C-1")
    expect(card).to_contain_text("variant: Number")
    expect(card).to_contain_text("“56.4%” → “54%”")
    page.keyboard.press("1")
    expect(page.locator("#said")).to_contain_text("This is a suggestion")
    assert Occurrence.objects.count() == 1


def test_c_accepts_and_undo_brings_it_back(doors: Doors, cast: Cast, document: Document) -> None:
    page = opened(doors, cast, document)
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("C-1 saved")
    expect(page.locator(".margin-card.suggestion")).to_have_count(0)
    expect(page.locator("#count")).to_have_text("1 passage")
    link = Occurrence.objects.exclude(fit="same").get()
    assert (link.fit, link.difference, Statement.objects.count()) == ("variant", "number", 1)
    page.keyboard.press("Control+z")
    expect(page.locator(".margin-card.suggestion.current")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("0 passages")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#count")).to_have_text("1 passage")


def test_x_turns_down_for_good(doors: Doors, cast: Cast, document: Document) -> None:
    page = opened(doors, cast, document)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".margin-card.suggestion")).to_have_count(0)
    expect(page.locator("#said")).to_contain_text("Turned down for good")
    assert Suggestion.objects.get().state == "rejected"
    page.keyboard.press("Control+z")
    expect(page.locator(".margin-card.suggestion.current")).to_have_count(1)


def test_e_selects_its_words_and_c_links_them(doors: Doors, cast: Cast, document: Document) -> None:
    page = opened(doors, cast, document)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#tagbar")).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("c")
    expect(page.locator("#said")).to_contain_text("C-1 saved")
    expect(page.locator(".margin-card.suggestion")).to_have_count(0)
    link = Occurrence.objects.exclude(fit="same").get()
    assert link.statement.label == "C-1" and link.difference == "number"


def slow(page: Page) -> list[Route]:
    """Decisions wait until somebody lets them go."""
    held: list[Route] = []
    page.route(re.compile(r"/suggestions/\d+/"), lambda route: held.append(route))
    return held


def test_who_goes_on_before_the_answer_stays_there(doors: Doors, cast: Cast, document: Document) -> None:
    suggest(cast, document, "今天天氣很好，適合散步", suggester="cues")
    page = enter(doors, cast, "annotator", f"documents/{document.pk}/")
    expect(page.locator(".margin-card.suggestion")).to_have_count(2)
    held = slow(page)
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("c")  # the same one, twice
    page.keyboard.press("j")
    current = page.locator(".margin-card.suggestion.current")
    expect(current).to_contain_text("Claim?")
    [route] = held
    route.continue_()
    expect(page.locator("#count")).to_have_text("1 passage")
    expect(current).to_contain_text("Claim?")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(current).to_contain_text("Claim?")


def test_the_next_one_is_there_before_the_answer(doors: Doors, cast: Cast, document: Document) -> None:
    suggest(cast, document, "今天天氣很好，適合散步", suggester="cues")
    page = enter(doors, cast, "annotator", f"documents/{document.pk}/")
    expect(page.locator(".margin-card.suggestion")).to_have_count(2)
    held = slow(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    current = page.locator(".margin-card.suggestion.current")
    expect(current).to_contain_text("Claim?")
    held.pop().fulfill(status=409, content_type="application/problem+json", body='{"code": "no", "detail": "No."}')
    expect(page.locator("#said")).to_contain_text("Not possible: No.")
    expect(current).to_contain_text("Repeats C-1")
    page.keyboard.press("x")
    expect(current).to_contain_text("Claim?")
    held.pop().continue_()
    expect(page.locator(".margin-card.suggestion")).to_have_count(1)
    expect(current).to_contain_text("Claim?")


def test_show_hides_them_and_others_see_new_ones_at_once(doors: Doors, cast: Cast, document: Document) -> None:
    page = opened(doors, cast, document)
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    page.keyboard.press("f")
    page.get_by_label("Suggestions").uncheck()
    expect(page.locator(".margin-card.suggestion")).to_have_count(0)
    page.get_by_label("Suggestions").check()
    expect(page.locator(".margin-card.suggestion")).to_have_count(1)
    page.keyboard.press("Escape")
    suggest(cast, document, "今天天氣很好，適合散步")
    expect(page.locator(".margin-card.suggestion")).to_contain_text("Claim?")

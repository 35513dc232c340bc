"""Comments between two people: on the card and in the panel of the reader, on the page of a statement, live on both."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Comment, Document
from annotations.services import comments
from annotations.services.op import writing
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter, reading
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    document = make_document(cast["editor"], title="A trial text")
    mark(cast["editor"], document, "standards body", "proposal")
    return document


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look: COMMENT_PICTURES names the folder."""
    if folder := os.environ.get("COMMENT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)


def say(cast: Cast, role: str, body: str, parent: Comment | None = None) -> Comment:
    with writing(by=cast[role]) as op:
        passage = Document.objects.get().annotations.get()
        return comments.create(op, passage, body, parent)


def test_two_people_talk_about_a_passage(doors: Doors, cast: Cast, document: Document) -> None:
    page = reading(doors, cast, "checker", document)
    card = page.locator("#cards .margin-card")
    card.click()
    first = say(cast, "annotator", "Which body is meant?\nThe one of 2025?")
    expect(card.locator(".card-talk")).to_contain_text("Which body is meant?")
    card.locator(".card-foot [data-action=comment]").click()
    panel = page.locator(".panel-talk")
    expect(panel.locator(".thread")).to_have_count(1)
    panel.get_by_role("button", name="Reply").click()
    panel.locator(".thread textarea").fill(f"The new one, @{cast['annotator'].name}.")
    panel.locator(".thread textarea").press("Control+Enter")
    expect(panel.locator(".thread .reply")).to_contain_text("The new one")
    assert [one.member for one in Comment.objects.get(parent=first).mentions.all()] == [cast["annotator"]]
    expect(card.locator(".card-foot [data-action=comment]")).to_contain_text("2 comments")
    picture(page, "reader-light-1280")
    assert faults(page) == []
    panel.get_by_role("button", name="Edit").click()
    panel.locator(".reply textarea").fill("The newest one.")
    panel.get_by_role("button", name="Save").click()
    expect(panel.locator(".thread .reply")).to_contain_text("The newest one.")
    panel.get_by_role("button", name="Settle").click()
    expect(panel.locator("summary")).to_have_text("1 settled thread")
    expect(card.locator(".card-talk")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.keyboard.press("n")
    panel.locator(".talk-form textarea").last.fill("One more thing")
    panel.get_by_role("button", name="Comment").click()
    expect(card.locator(".card-talk")).to_contain_text("One more thing")


def test_the_page_of_a_statement_follows(doors: Doors, cast: Cast, document: Document) -> None:
    page = enter(doors, cast, "checker", "statements/P-1/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    say(cast, "annotator", "Said in the *reader*.")
    section = page.locator("#live-comments")
    expect(section).to_contain_text("Said in the reader.")
    section.locator("#comment-new").fill("Said on the page.")
    say(cast, "annotator", "Meanwhile.")
    expect(section.locator("#comment-new")).to_have_value("Said on the page.")
    section.get_by_role("button", name="Comment").click()
    expect(section.locator(".thread")).to_have_count(3)
    thread = section.locator(".thread").first
    thread.get_by_text("Reply").first.click()
    thread.locator("textarea").fill("Answered.")
    thread.get_by_role("button", name="Reply").click()
    expect(section.locator(".thread").first.locator(".reply")).to_contain_text("Answered.")
    section.scroll_into_view_if_needed()
    picture(page, "statement-light-1280")
    assert faults(page, "#live-comments") == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    section.scroll_into_view_if_needed()
    picture(page, "statement-dark-390")
    assert faults(page, "#live-comments") == []
    section.get_by_role("button", name="Settle").first.click()
    expect(page.locator("#live-comments summary", has_text="settled")).to_have_text("1 settled thread")


@pytest.mark.parametrize("where", ["reader", "statement"])
def test_an_at_sign_offers_the_members(doors: Doors, cast: Cast, document: Document, where: str) -> None:
    if where == "reader":
        page = reading(doors, cast, "checker", document)
        page.locator("#cards .margin-card").click()
        page.keyboard.press("n")
        area = page.locator(".panel-talk textarea").last
    else:
        page = enter(doors, cast, "checker", "statements/P-1/")
        area = page.locator("#comment-new")
    area.click()
    page.keyboard.type("Ask a@b or @")
    offered = page.locator(".mention-names [role=option]")
    expect(offered).to_have_count(len(cast.members))
    page.keyboard.type(cast["annotator"].name[:3].lower())
    expect(offered).to_have_text([cast["annotator"].name])
    picture(page, f"names-{where}")
    assert faults(page, ".mention-names") == []
    page.keyboard.press("Enter")
    expect(area).to_have_value(f"Ask a@b or @{cast['annotator'].name} ")
    expect(offered.first).to_be_hidden()
    page.keyboard.type("or @")
    expect(offered.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(offered.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(offered.first).to_be_hidden()
    expect(area).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread")).to_have_count(1)
    assert [one.member for one in Comment.objects.get().mentions.all()] == [cast["annotator"]]

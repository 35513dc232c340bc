"""Two people at once: what one does appears on the other's open page, and takes nothing away from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from annotations.models import Document, Statement
from annotations.services import annotations, corpora, statements, workflow
from annotations.services.facts import Asked
from annotations.services.op import writing
from tests.browser.reader.driver import Moves
from tests.browser.server import Doors, needs_chromium
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]
PASSWORD = "a long enough password"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["editor"], title="A trial text")


def enter(doors: Doors, cast: Cast, role: str, path: str = "") -> Page:
    page = doors.sign_in(cast.user(role).username, PASSWORD)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/{path}")
    return page


def reading(doors: Doors, cast: Cast, role: str, document: Document) -> Page:
    page = enter(doors, cast, role, f"documents/{document.pk}/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    return page


@pytest.fixture
def reader(doors: Doors, cast: Cast, document: Document) -> Iterator[Page]:
    yield reading(doors, cast, "checker", document)


def cards(page: Page) -> list[str]:
    return page.locator("#cards > li").all_inner_texts()


def test_a_colleagues_passage_comes_changes_and_goes(reader: Page, cast: Cast, document: Document) -> None:
    made = mark(cast["annotator"], document, "standards body", "proposal", note="look here")
    card = reader.locator("#cards > li")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("P-1")
    card.click()
    expect(card).to_contain_text("look here")
    with writing(by=cast["annotator"]) as op:
        made.refresh_from_db()
        annotations.set_note(op, made, "look again")
    expect(card).to_contain_text("look again")
    with writing(by=cast["annotator"]) as op:
        made.refresh_from_db()
        annotations.remove(op, made)
    expect(card).to_have_count(0)


def test_nothing_moves_under_the_person(reader: Page, cast: Cast, document: Document) -> None:
    mine = mark(cast["checker"], document, "Experts agree")
    reader.locator(f'[data-card="{mine.pk}"]').click()
    reader.keyboard.press("e")
    note = reader.locator("[data-panel] textarea, .margin-card textarea").first
    expect(note).to_be_focused()
    reader.keyboard.type("half a no")
    before = reader.evaluate("scrollY")
    mark(cast["annotator"], document, "standards body", "claim")
    expect(reader.locator("#cards > li")).to_have_count(2)
    expect(note).to_be_focused()
    expect(note).to_have_value("half a no")
    reader.keyboard.type("te")
    expect(note).to_have_value("half a note")
    assert reader.evaluate("scrollY") == before


def test_ones_own_passage_is_there_once(doors: Doors, cast: Cast, document: Document) -> None:
    page = reading(doors, cast, "annotator", document)
    moves = Moves(page, doors.site)
    moves.drag("standards body")
    moves.press("c")
    expect(page.locator("#cards > li")).to_have_count(1)
    page.wait_for_timeout(700)
    expect(page.locator("#cards > li")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#cards > li")).to_have_count(1)
    page.bring_to_front()
    moves.press("Escape", "Escape")
    expect(page.locator("#tagbar")).to_be_hidden()
    moves.drag("Experts agree")
    moves.press("p")
    expect(page.locator("#cards > li")).to_have_count(2)
    expect(other.locator("#cards > li")).to_have_count(2)


def test_the_same_words_of_two_people_are_shown_as_agreement(reader: Page, cast: Cast, document: Document) -> None:
    mine = mark(cast["checker"], document, "Experts agree")
    card = reader.locator(f'[data-card="{mine.pk}"]')
    expect(card).to_be_visible()
    theirs = mark(cast["annotator"], document, "Experts agree", "claim")
    expect(reader.locator("#cards > li")).to_have_count(2)
    expect(card.locator(".badge")).to_have_text("+1")
    card.click()
    expect(card).to_contain_text(f"Also marked by {cast['annotator'].name}")
    with writing(by=cast["annotator"]) as op:
        theirs.refresh_from_db()
        annotations.remove(op, theirs)
    expect(card).not_to_contain_text("Also marked")


def test_who_is_here_and_where(doors: Doors, cast: Cast, document: Document, reader: Page) -> None:
    other = reading(doors, cast, "annotator", document)
    disc = reader.locator("#who-here li")
    expect(disc).to_have_count(1)
    expect(disc).to_have_attribute("title", re.compile("^Chen-1 reads here, at paragraph [123]$"))
    other.close()
    expect(disc).to_have_count(0)


def test_a_statement_page_follows_and_keeps_what_is_typed(doors: Doors, cast: Cast, document: Document) -> None:
    mark(cast["annotator"], document, "Experts agree", "claim")
    page = enter(doors, cast, "editor", "statements/C-1/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    statement = Statement.objects.get()
    with writing(by=cast["checker"]) as op:
        statements.update(op, statement, text="Experts agree that tests are needed.")
    expect(page.locator("h1")).to_have_text("Experts agree that tests are needed.")
    with writing(by=cast["checker"]) as op:
        workflow.transition(op, statement, "set_aside", Asked(reason="trivial", note="of no use"))
    expect(page.locator("#live-head")).to_contain_text("Set aside")


def test_the_tracker_follows(doors: Doors, cast: Cast, document: Document) -> None:
    page = enter(doors, cast, "editor", "tracker/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    mark(cast["annotator"], document, "Experts agree", "claim")
    expect(page.locator('tr[data-label="C-1"]')).to_be_visible()


def test_the_head_keeps_the_focus_while_the_tracker_follows(doors: Doors, cast: Cast, document: Document) -> None:
    mark(cast["annotator"], document, "Experts agree", "claim")
    page = enter(doors, cast, "editor", "tracker/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    page.locator('tr[data-label="C-1"] [data-col="text"]').focus()
    page.keyboard.press("ArrowUp")
    head = page.locator('#grid thead [data-col="text"]')
    expect(head.locator(":focus")).to_have_count(1)
    mark(cast["annotator"], document, "standards body", "proposal")
    expect(page.locator('tr[data-label="P-1"]')).to_be_visible()
    expect(head.locator(":focus")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator('tr[data-label="C-1"] [data-col="text"]')).to_be_focused()


def test_a_cell_saved_while_the_list_is_fetched_anew_keeps_its_place(
    doors: Doors, cast: Cast, document: Document
) -> None:
    mark(cast["annotator"], document, "Experts agree", "claim")
    page = enter(doors, cast, "editor", "tracker/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    held: list[tuple[Route, APIResponse]] = []  # the list as it is before the cell is saved
    the_list = re.compile(r"/tracker/(\?|$)")
    page.route(the_list, lambda route: held.append((route, route.fetch())))
    with page.expect_request(the_list):
        mark(cast["annotator"], document, "standards body", "proposal")
    cell = page.locator('tr[data-label="C-1"] [data-col="text"]')
    cell.click()
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Statement").fill("A new wording.")
    page.keyboard.press("Enter")
    expect(cell).to_contain_text("A new wording.")
    expect(cell).to_be_focused()
    for route, answer in held:
        route.fulfill(response=answer)
    page.unroute(the_list)
    expect(page.locator('tr[data-label="P-1"]')).to_be_visible()
    expect(cell).to_contain_text("A new wording.")
    expect(cell).to_be_focused()
    page.keyboard.press("F2")
    expect(page.get_by_role("textbox", name="Statement")).to_have_value("A new wording.")


def test_who_is_taken_out_is_told(doors: Doors, cast: Cast, reader: Page) -> None:
    with writing(by=cast["admin"]) as op:
        corpora.remove_member(op, cast["checker"])
    expect(reader.locator(".message")).to_contain_text("no longer a member")

"""No network, a session that ended, a colleague at the same passage: nothing is lost, and nothing saved twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Document, Event, Statement, Tag
from annotations.services import annotations, statements
from annotations.services.op import writing
from tests.browser.axe import faults
from tests.browser.reader.driver import Moves
from tests.browser.server import Doors, needs_chromium
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]
PASSWORD = "a long enough password"
WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet")
TEXT = "\n\n".join(f"Sentence {n} says {word} and nothing else of note." for n, word in enumerate(WORDS, 1))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["annotator"], TEXT, title="Ten sentences")


@pytest.fixture
def reader(doors: Doors, cast: Cast, document: Document) -> Iterator[Moves]:
    yield enter(doors, cast, document, "annotator")


def enter(doors: Doors, cast: Cast, document: Document, role: str, **options: object) -> Moves:
    page = doors.sign_in(cast.user(role).username, PASSWORD, **options)
    return read(page, doors.site, cast, document)


def read(page: Page, site: str, cast: Cast, document: Document) -> Moves:
    page.goto(f"{site}/c/{cast.corpus.slug}/documents/{document.pk}/")
    moves = Moves(page, site)
    moves.until("performance.getEntriesByName('reader:painted').length > 0")
    page.wait_for_selector("#reader[data-ready]", state="attached")  # the panels came, as on any page open for a moment
    return moves


def comes(page: Page, check: Callable[[], bool]) -> None:
    """Wait until the database holds something."""
    for _ in range(150):
        if check():
            return
        page.wait_for_timeout(40)
    raise AssertionError("never came")


def state(page: Page, name: str) -> str:
    page.wait_for_selector(f"#save-state[data-state={name}]")
    return page.inner_text("#save-state")


def ten_edits(reader: Moves) -> None:
    """Five claims, three tags, a note and a proposal, one after the other as fast as keys are pressed."""
    for word in WORDS[:4]:
        reader.drag(word)
        reader.press("c", "Escape")
    reader.drag(WORDS[4])
    reader.press("c", "1", "2", "p", "Escape")
    reader.drag(WORDS[5])
    reader.press("h", "e")
    reader.page.fill("#edit-note", "Typed in a tunnel.")
    reader.page.keyboard.press("Control+Enter")


def test_two_minutes_without_network_and_a_closed_tab(
    reader: Moves, doors: Doors, cast: Cast, document: Document
) -> None:
    page, context = reader.page, reader.page.context
    context.set_offline(True)
    ten_edits(reader)
    assert "Offline, 10 waiting" in state(page, "offline")
    tries: list[str] = []
    page.on("requestfailed", lambda request: tries.append(request.url))
    page.wait_for_timeout(6000)  # the pauses between tries double: after two minutes it is as after six seconds
    assert len(tries) >= 1 and "Offline, 10 waiting" in state(page, "offline")
    assert Annotation.objects.count() == 0
    page.close()
    context.set_offline(False)
    context.route("**/api/**", lambda route: route.abort() if route.request.method != "GET" else route.continue_())
    again = read(context.new_page(), doors.site, cast, document)
    assert len(again.painted("line-claim")) == 5, "what waits is there at once"
    assert "Offline, 10 waiting" in state(again.page, "offline")
    context.unroute("**/api/**")
    again.page.click("#save-state button")
    again.saved()
    rows = Annotation.objects.filter(removed_at=None)
    assert rows.count() == 6 and rows.filter(note="Typed in a tunnel.").count() == 1
    last = rows.order_by("pk")[4]
    assert last.tag_rows.count() == 2 and {one.statement.kind for one in last.occurrences.all()} == {
        "claim",
        "proposal",
    }
    assert Event.objects.filter(kind="annotation.created", actor=cast["annotator"]).count() == 6
    assert len(again.painted("line-claim")) == 5
    again.page.wait_for_timeout(200)
    assert (
        again.page.evaluate("localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('outbox.')))")
        is None
    )


def test_any_page_delivers_what_waits(reader: Moves, doors: Doors, cast: Cast) -> None:
    page, context = reader.page, reader.page.context
    context.set_offline(True)
    reader.drag("alpha")
    reader.press("c")
    state(page, "offline")
    page.close()
    context.set_offline(False)
    other = context.new_page()
    asked: list[str] = []
    other.on("request", lambda request: asked.append(request.url))
    other.goto(f"{doors.site}/c/{cast.corpus.slug}/")
    state(other, "saved")
    assert Annotation.objects.count() == 1
    asked.clear()
    other.goto(f"{doors.site}/c/{cast.corpus.slug}/")
    other.wait_for_timeout(500)
    assert not [url for url in asked if "wake" in url or "outbox" in url], "nothing waits, nothing is loaded"


def test_the_bar_says_that_it_waits(reader: Moves) -> None:
    page, context = reader.page, reader.page.context
    context.set_offline(True)
    reader.drag("alpha")
    reader.press("c")
    expect(page.locator(".bar-saved")).to_have_text("Offline, it waits here")
    expect(page.locator(".bar-saved")).to_have_attribute("data-state", "waiting")
    context.set_offline(False)
    reader.saved()
    expect(page.locator(".bar-saved")).to_have_text("C-1 saved")


def test_a_panel_that_did_not_come_says_so(doors: Doors, cast: Cast, document: Document) -> None:
    """The panels are fetched once the text is painted; here the network is gone by then."""
    page = doors.sign_in(cast.user("annotator").username, PASSWORD)
    page.context.route("**/reader/panels.js", lambda route: route.abort())
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/documents/{document.pk}/")
    moves = Moves(page, doors.site)
    moves.until("performance.getEntriesByName('reader:painted').length > 0")
    moves.drag("alpha")
    moves.press("h")
    moves.saved()
    moves.press("e")
    expect(page.locator("#said")).to_have_text("Not possible: the server cannot be reached")
    page.context.unroute("**/reader/panels.js")
    moves.press("e")
    expect(page.locator("#edit-note")).to_be_focused()


def test_undo_without_network(reader: Moves) -> None:
    page, context = reader.page, reader.page.context
    reader.drag("alpha")
    reader.press("c")
    reader.saved()
    context.set_offline(True)
    reader.press("1")
    state(page, "offline")
    reader.press("Control+z", "Control+z")
    reader.until("document.querySelectorAll('.margin-card').length === 0")
    context.set_offline(False)
    reader.saved()
    comes(page, lambda: Annotation.objects.filter(removed_at=None).count() == 0)
    reader.press("Control+Shift+z")
    comes(page, lambda: Annotation.objects.filter(removed_at=None).count() == 1)


def test_a_session_that_ended(reader: Moves, doors: Doors, cast: Cast) -> None:
    page, context = reader.page, reader.page.context
    Session.objects.all().delete()
    reader.drag("alpha")
    reader.press("c")
    assert "Signed out, 1 waiting" in state(page, "login")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Log in in a new tab").click()
    door = opened.value
    door.fill("#id_login", cast.user("annotator").username)
    door.fill("#id_password", PASSWORD)
    door.press("#id_password", "Enter")
    door.wait_for_url(lambda url: "/accounts/" not in url)
    page.bring_to_front()
    reader.saved()
    assert Annotation.objects.filter(created_by=cast["annotator"]).count() == 1
    reader.press("Escape")
    reader.drag("bravo")
    reader.press("c")
    reader.saved()
    assert Annotation.objects.count() == 2, "the page goes on with the new session"


def test_somebody_else_logs_in_on_this_browser(reader: Moves, doors: Doors, cast: Cast, document: Document) -> None:
    page, context = reader.page, reader.page.context
    context.set_offline(True)
    reader.drag("alpha")
    reader.press("c")
    state(page, "offline")
    cookies = context.cookies()
    other = doors.sign_in(cast.user("editor").username, PASSWORD)
    context.clear_cookies()
    context.add_cookies(other.context.cookies())
    context.set_offline(False)
    assert "Somebody else is signed in, 1 waiting" in state(page, "person")
    second = read(context.new_page(), doors.site, cast, document)
    second.page.wait_for_timeout(300)
    assert second.painted("line-claim") == [] and Annotation.objects.count() == 0
    context.clear_cookies()
    context.add_cookies(cookies)
    second.page.goto(f"{doors.site}/c/{cast.corpus.slug}/")
    comes(second.page, lambda: Annotation.objects.count() == 1)
    assert Annotation.objects.get().created_by == cast["annotator"]


def test_two_people_change_one_note(reader: Moves, cast: Cast, document: Document) -> None:
    page, context = reader.page, reader.page.context
    row = mark(cast["annotator"], document, "bravo", "claim")
    page.reload()
    reader.until("document.querySelectorAll('.margin-card').length === 1")
    page.wait_for_selector("#reader[data-ready]")
    context.set_offline(True)
    reader.click("bravo")
    reader.press("e")
    page.fill("#edit-note", "Mine.")
    page.keyboard.press("Control+Enter")
    state(page, "offline")
    with writing(by=cast["annotator"]) as op:
        annotations.set_note(op, Annotation.objects.select_related("document__corpus").get(pk=row.pk), "Theirs.")
    context.set_offline(False)
    assert "Refused" in state(page, "refused")
    card = page.locator(".margin-card.current")
    expect(card.locator(".card-note")).to_contain_text("Mine.")
    assert Annotation.objects.get(pk=row.pk).note == "Theirs."
    card.get_by_role("button", name="Compare").click()
    dialog = page.get_by_role("dialog", name="Somebody changed this meanwhile")
    expect(dialog).to_contain_text("Theirs.")
    assert faults(page) == []
    dialog.get_by_label("Both").check()
    dialog.get_by_role("button", name="Save this choice").click()
    comes(page, lambda: Annotation.objects.get(pk=row.pk).note == "Theirs.\nMine.")
    reader.saved()


def test_a_refused_mark_stays_also_over_a_reload(reader: Moves, doors: Doors, cast: Cast, document: Document) -> None:
    page, context = reader.page, reader.page.context
    problem = json.dumps(
        {"status": 409, "detail": "The coding round of this document is closed.", "code": "round_closed"}
    )
    answer = {"status": 409, "content_type": "application/problem+json", "body": problem}
    context.route(
        "**/annotations/",
        lambda route: route.fulfill(**answer) if route.request.method == "POST" else route.continue_(),
    )
    reader.drag("alpha")
    reader.press("c")
    state(page, "refused")
    page.reload()
    reader.until("document.querySelectorAll('.margin-card').length === 1")
    assert "The coding round of this document is closed." in state(page, "refused")
    page.click("#save-state button")
    card = page.locator(".margin-card.current")
    expect(card.locator(".card-problem")).to_have_text("Not saved: The coding round of this document is closed.")
    assert faults(page) == []
    context.unroute("**/annotations/")
    card.get_by_role("button", name="Try again").click()
    reader.saved()
    assert Annotation.objects.count() == 1


def test_a_colleague_went_on_with_it_so_undo_says_why(reader: Moves, cast: Cast) -> None:
    page = reader.page
    reader.drag("alpha")
    reader.press("c")
    reader.saved()
    row = Annotation.objects.select_related("document__corpus").get()
    tag = Tag.objects.filter(corpus=cast.corpus, tag_set__scope="annotation").order_by("order")[0]
    with writing(by=cast["editor"]) as op:
        annotations.change_tags(op, row, add=[tag.pk])
    reader.press("Control+z")
    assert "changed this after you; undoing would undo their work" in state(page, "refused")
    assert len(reader.painted("line-claim")) == 1
    assert Annotation.objects.filter(removed_at=None).count() == 1


def test_a_stale_form_of_a_statement_is_compared(doors: Doors, cast: Cast, document: Document) -> None:
    mark(cast["annotator"], document, "bravo", "claim")
    row = Statement.objects.get(corpus=cast.corpus)
    page = doors.sign_in(cast.user("annotator").username, PASSWORD)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/statements/C-1/")
    page.locator("summary", has_text="Edit").click()
    page.fill("#id_text", "Mine.")
    page.fill("#id_gloss_en", "My gloss.")
    with writing(by=cast["editor"]) as op:
        statements.update(op, Statement.objects.get(pk=row.pk), text="Theirs.", note="Their note.")
    page.locator("form:has(#id_text) button:not([type=button])").first.click()
    both = page.get_by_role("group", name="Somebody changed this meanwhile")
    expect(both.locator(".theirs")).to_contain_text("Theirs.")
    expect(both.locator(".mine")).to_contain_text("Mine.")
    assert faults(page) == []
    both.locator(".theirs input").check()
    both.get_by_role("button", name="Save this choice").click()
    expect(page.locator(".message.success")).to_be_visible()
    found = Statement.objects.get(pk=row.pk)
    assert (found.text, found.gloss_en, found.note) == ("Theirs.", "My gloss.", "Their note.")

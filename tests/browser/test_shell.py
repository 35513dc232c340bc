"""What js/shell.js promises the pages: refusals in words, dialogs from fragments, questions, rows by J and K."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.gallery.site import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(f"{site}/empty/")
    yield opened
    context.close()


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_refusal_is_told_in_its_own_words_and_swaps_nothing(page: Page) -> None:
    button(page, "Problem")
    expect(page.locator("#messages")).to_contain_text("The check is under review.")
    expect(page.get_by_role("button", name="Problem")).to_be_visible()
    page.get_by_role("button", name="Close this message").click()
    expect(page.locator("#messages .message")).to_have_count(0)


def test_a_message_fragment_lands_in_its_place(page: Page) -> None:
    button(page, "Told")
    expect(page.locator("#messages .message.error")).to_have_count(1)
    expect(page.locator("#messages")).to_contain_text("Only an editor can do this.")
    expect(page.get_by_role("button", name="Told")).to_be_visible()


def test_a_lost_session_leads_to_the_login_and_back(page: Page) -> None:
    button(page, "Lost")
    expect(page.locator("body")).to_contain_text("next=/empty/")


def test_a_server_that_is_gone_is_told(page: Page) -> None:
    page.context.set_offline(True)
    button(page, "Problem")
    expect(page.locator("#messages")).to_contain_text("The server cannot be reached. Nothing was changed.")


def test_a_fragment_opens_the_dialog_and_its_answer_closes_it(page: Page) -> None:
    button(page, "Dialog")
    dialog = page.get_by_role("dialog", name="A question")
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)  # the backdrop: a form with words in it does not vanish
    expect(dialog).to_be_visible()
    field = dialog.get_by_label("Words")
    field.fill("x")
    field.press("Enter")
    expect(dialog).to_be_visible()
    field.press("Control+Enter")
    expect(dialog).to_be_hidden()


def test_a_question_before_the_deed(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    button(page, "Asked")
    dialog = page.get_by_role("dialog", name="Please confirm")
    expect(dialog).to_contain_text("It goes away.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    assert not [url for url in sent if "answer" in url]
    button(page, "Asked")
    dialog.get_by_role("button", name="Go on").click()
    expect(page.locator("#messages")).to_contain_text("The check is under review.")


def test_rows_by_letters(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.get_by_text("One", exact=True)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_text("Two", exact=True)).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_text("One", exact=True)).to_be_focused()


def test_the_save_state_speaks(page: Page) -> None:
    tell = "import('/static/annotations/js/messages.js').then((m) => m.setSaveState(...%s))"
    for state, words in (
        ("['saving']", "Saving"),
        ("['offline', {waiting: 3}]", "Offline, 3 waiting"),
        ("['saved']", "Saved"),
    ):
        page.evaluate(tell % state)
        expect(page.locator("#save-state")).to_have_text(words)

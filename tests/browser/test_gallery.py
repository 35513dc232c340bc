"""The pieces of the pages in a real browser: no accessibility fault, no overflow, nothing refused, all by key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.gallery.site import PAGES, SIZES, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_fault(page: Page, site: str, name: str, look: str) -> None:
    page.emulate_media(color_scheme=look)
    page.goto(f"{site}/{name}/")
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, *SIZES])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_hangs_over(page: Page, site: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for language in ("en", "zh-hans"):
        page.goto(f"{site}/{name}/?lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_language_picks_the_faces(page: Page, site: str) -> None:
    for code, face in (("zh-hans", "PingFang SC"), ("zh-hant", "PingFang TC")):
        page.goto(f"{site}/components/?lang={code}")
        assert page.locator("html").get_attribute("lang") == code.replace("han", "Han")
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith(f'"{face}"')


def test_menus_open_by_key_and_walk_by_arrows(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    button = page.locator('[popovertarget="user-menu"]')
    button.focus()
    page.keyboard.press("Enter")
    menu = page.locator("#user-menu")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    box, anchor = menu.bounding_box(), button.bounding_box()
    assert box and anchor and box["y"] >= anchor["y"] and box["x"] + box["width"] <= 1280
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent.trim()") == "简体中文"
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_the_chosen_look_stays(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    page.locator('[popovertarget="user-menu"]').click()
    page.locator('[data-set-theme="dark"]').click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_typing_chooses_in_a_combobox(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    field = page.get_by_role("combobox", name="Who")
    field.click()
    expect(page.locator("combo-box [role=option]")).to_have_count(2)
    field.fill("王")
    expect(page.locator("combo-box [role=option]")).to_have_count(1)
    field.press("Enter")
    assert page.locator("#who-select").input_value() == "2"
    expect(field).to_have_value("王")
    field.fill("")
    field.blur()
    assert page.locator("#who-select").input_value() == ""


def test_what_was_typed_is_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    field = page.locator('form[data-draft="sample"] [name="note"]')
    field.fill("half a thought")
    page.reload()
    expect(field).to_have_value("half a thought")


def test_letters_of_a_composition_choose_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    field = page.get_by_role("combobox", name="Who")
    field.click()
    page.keyboard.press("ArrowDown")
    enter = 'new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true})'
    page.evaluate(f"document.activeElement.dispatchEvent({enter})")
    assert page.locator("#who-select").input_value() == ""


def test_a_dangerous_form_asks_first(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    page.evaluate("document.querySelector('form[data-draft]').dataset.confirm = 'It will be sent.'")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator('form[data-draft] [type="submit"]').evaluate(
        "(button) => (button.form.noValidate = true, button.click())"
    )
    dialog = page.get_by_role("dialog", name="Please confirm")
    expect(dialog).to_contain_text("It will be sent.")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    assert "POST" not in sent


def test_motion_is_off_when_asked(page: Page, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/components/")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") == "0s"


def test_marks_have_their_colours_in_both_looks(page: Page, site: str) -> None:
    seen = []
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        page.goto(f"{site}/reader/")
        style = 'getComputedStyle(document.querySelector(".doc .block"), "::highlight(tint-blue)").backgroundColor'
        seen.append(page.evaluate(style))
    assert len(set(seen)) == 2 and "rgba(0, 0, 0, 0)" not in seen


def test_keys_of_every_page(page: Page, site: str) -> None:
    page.goto(f"{site}/components/")
    page.keyboard.press("g")
    expect(page.locator("#chord")).to_contain_text("Tracker")
    page.keyboard.press("s")
    expect(page).to_have_url(f"{site}/c/trial/source_list/")
    page.goto(f"{site}/components/")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("?g")
    expect(page.locator("#search")).to_have_value("?g")
    page.locator("#search").blur()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close", exact=True).click()
    page.locator('[popovertarget="user-menu"]').click()
    expect(page.locator("#user-menu")).to_be_visible()


def test_single_keys_can_be_switched_off(page: Page, site: str) -> None:
    page.context.add_cookies([{"name": "keys", "value": "off", "url": site}])
    page.goto(f"{site}/components/")
    assert page.locator("html").get_attribute("data-keys") == "off"
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()

"""Step 14: the search, in either script, with exact counts, and the way from a hit to the very words."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walk.plan import Search
from tests.browser.walk.stage import Walk, numbers


def step_14_search(walk: Walk) -> None:
    """Hits and documents are counted exactly, alike in both scripts; what stands in the repeated body is named, not
    counted; a hit leads to the words, marked to the character."""
    for search in walk.plan.searches:
        ask(walk, search)
        if search.shown:
            follow(walk, search)


def ask(walk: Walk, search: Search) -> None:
    chen = walk["陈"]
    chen.go(f"/c/{walk.slug}/")
    chen.press("/")
    expect(chen.page.locator("#search")).to_be_focused()
    chen.page.keyboard.type(search.query)
    chen.press("Enter")
    chen.page.wait_for_url("**/search/?*")
    lede = chen.page.locator("main .lede")
    expect(lede).to_be_visible()
    said = lede.inner_text()
    assert numbers(said) == [n for n in (search.hits, search.documents, search.repeated) if n], (said, search)
    marked = chen.page.locator("main ol mark").all_inner_texts()
    assert len(marked) == search.hits, "the first page holds all of them, no copies"


def follow(walk: Walk, search: Search) -> None:
    chen = walk["陈"]
    chen.page.locator("main ol a", has=chen.page.locator("mark")).first.click()
    chen.painted_reader()
    chen.until("() => CSS.highlights.get('search')?.size > 0")
    assert "".join(chen.painted("search")) == search.shown
    box = chen.boxes(search.shown)
    assert any(0 < top < chen.page.evaluate("innerHeight") for _, top, _, _ in box)
    walk.picture("step_14_found")
    chen.press("Escape")
    chen.until("() => !CSS.highlights.get('search')?.size")

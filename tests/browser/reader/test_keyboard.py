"""Without a mouse: sentences, caret, the button of every paragraph, letters on buttons, reading through."""

from __future__ import annotations

from tests.browser.reader.driver import Reader


def test_sentences_by_keyboard(reader: Reader) -> None:
    reader.press("s")
    first = reader.selected()
    reader.press("s")
    second = reader.selected()
    assert first != second
    reader.press("Shift+S")
    assert reader.selected().startswith(second) and len(reader.selected()) > len(second)
    reader.press("Escape")
    assert reader.selected() == ""
    assert reader.page.is_hidden("#tagbar")


def test_enter_sets_a_caret_and_shift_selects(reader: Reader) -> None:
    reader.press("Enter")
    assert reader.page.locator(".caret").count() == 1
    reader.press("ArrowRight")
    for _ in range(3):
        reader.page.keyboard.press("Shift+ArrowRight")
    reader.page.wait_for_selector("#tagbar:not([hidden])")
    assert len(reader.selected()) == 3
    assert reader.page.locator(".caret").count() == 0


def test_every_paragraph_can_be_marked_by_its_button(reader: Reader) -> None:
    reader.until("document.querySelectorAll('.mark-here').length === document.querySelectorAll('[data-s]').length")
    assert reader.page.locator(".mark-here[tabindex='0']").count() == 1, "one Tab stop, arrows lead on"
    reader.press("Tab")
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Mark in this paragraph"
    reader.press("ArrowDown", "Enter")
    sentences = reader.page.locator(".panel-sentences li").all_inner_texts()
    assert sentences[0].startswith("过去两年里")
    reader.press("ArrowDown", "Enter")
    assert reader.page.evaluate("document.activeElement.dataset.action") == "claim", (
        "asked for, so the bar has the focus"
    )
    reader.press("ArrowRight", "Enter")
    reader.saved()
    assert reader.made()[0]["statements"][0]["kind"] == "proposal"
    reader.press("Escape")
    assert "mark-here" in reader.page.evaluate("document.activeElement.className")


def test_buttons_print_their_letters_and_do_what_the_key_does(reader: Reader) -> None:
    reader.drag("其他人点头")
    printed = reader.page.evaluate(
        """() => [...document.querySelectorAll("[data-action]")].filter((b) => b.offsetParent && b.querySelector("kbd"))
        .map((b) => [b.querySelector("kbd").textContent, b.getAttribute("aria-keyshortcuts")])"""
    )
    digits = [letter for letter, _ in printed if letter.isdigit()]
    assert sorted(digits) == ["1", "2", "3", "4", "5"], "no digit twice on one screen"
    assert ["C", "C"] in printed and ["D", "D"] in printed
    reader.page.click("#tagbar [data-action=proposal]")
    reader.saved()
    assert reader.made()[0]["statements"][0]["kind"] == "proposal"
    assert reader.selected() == "其他人点头"
    reader.press("?")
    help_text = reader.page.inner_text("dialog")
    assert "One sentence more" in help_text and "Verdict" not in help_text
    reader.press("c")
    assert len(reader.fake.log) == 1, "keys are dead under a dialog"
    reader.page.click("dialog [data-set-keys]")
    reader.press("Escape")
    reader.press("c")
    assert len(reader.fake.log) == 1, "single keys are off"
    assert reader.page.locator("#tagbar [data-action=claim] kbd").count() == 0
    reader.page.click("#tagbar [data-action=claim]")
    reader.saved()
    assert len(reader.made()[0]["statements"]) == 2, "nothing is lost by it"


def test_read_through_says_what_was_found(reader: Reader) -> None:
    reader.page.evaluate("scrollTo(0, 300)")
    reader.press("d")
    reader.said("Read through, nothing found")
    reader.page.wait_for_timeout(2700)
    assert reader.fake.reading == [{"state": "nothing", "paragraph": 12}], "no place kept later may undo that"
    reader.drag("其他人点头")
    reader.press("h", "d")
    reader.page.wait_for_timeout(100)
    assert reader.fake.reading[1] == {"state": "read", "paragraph": 12}

"""The moves of a person in the reader that need more than the mouse: keys for a caret, two ends of a passage, an input
method; and what stands painted in one paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.walk.stage import Person

IN_BLOCK = """(index) => {
  const block = document.getElementById(`b${index}`);
  const found = {};
  for (const [name, ranges] of CSS.highlights) {
    const words = [...ranges].filter((range) => block.contains(range.startContainer)).map((range) => {
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      return live.toString();
    });
    if (words.length && /^(line|tint|depth)/.test(name)) found[name] = words.join("");
  }
  return found;
}"""

# How far to scroll so that a block begins a little above the reading line, and where that ends.
AIM = """(index) => {
  const by = Math.round(document.getElementById(`b${index}`).getBoundingClientRect().top - innerHeight * 0.3);
  const most = document.documentElement.scrollHeight - innerHeight;
  return [by, Math.max(0, Math.min(most, scrollY + by))];
}"""


@dataclass
class Desk:
    """One person at one open document."""

    person: Person

    @property
    def paragraph(self) -> int:
        """The number of the paragraph at the reading line, as the foot says it."""
        return int(self.person.page.inner_text("#where").split("¶")[1].split("/")[0].split()[0])

    def scroll_to(self, paragraph: int) -> None:
        """Turn the wheel until a paragraph begins at the reading line, or as near to it as the page can scroll."""
        page = self.person.page
        by, target = page.evaluate(AIM, paragraph - 1)
        page.mouse.move(300, 400)
        page.mouse.wheel(0, by)
        self.person.until("(target) => Math.abs(scrollY - target) < 2", target)

    def drag_between(self, first: str, last: str) -> None:
        """Select with the mouse from the first character of some words to the last one of others."""
        person = self.person
        person.in_sight(first)
        start, end = person.boxes(first)[0], person.boxes(last)[-1]
        mouse = person.page.mouse
        mouse.move(start[0] + 1, (start[1] + start[3]) / 2)
        mouse.down()
        mouse.move(end[2] - 1, (end[1] + end[3]) / 2, steps=4)
        mouse.up()
        person.page.wait_for_selector("#tagbar:not([hidden])")

    def select_by_keys(self, words: str, paragraph: int) -> None:
        """Enter puts a caret into the paragraph at the reading line; arrows move it, Shift with arrows selects."""
        person = self.person
        self.scroll_to(paragraph)
        person.press("Escape", "Enter")
        text = person.page.inner_text(f"#b{self.paragraph - 1}")
        assert words in text, (self.paragraph, words)
        for _ in range(text.index(words)):
            person.page.keyboard.press("ArrowRight")
        for _ in words:
            person.page.keyboard.press("Shift+ArrowRight")
        person.page.wait_for_selector("#tagbar:not([hidden])")
        assert person.selected() == words

    def wait_for_mark(self, name: str, paragraph: int) -> None:
        """Until a kind of mark is painted in a paragraph."""
        self.person.until(
            """([name, index]) => [...(CSS.highlights.get(name) ?? [])]
            .some((range) => document.getElementById(`b${index}`).contains(range.startContainer))""",
            [name, paragraph - 1],
        )

    def marks_in(self, paragraph: int) -> dict[str, str]:
        """The words of one paragraph under each kind of mark."""
        found: dict[str, str] = self.person.page.evaluate(IN_BLOCK, paragraph - 1)
        return found

    def compose(self, letters: str, chosen: str, key: str) -> None:
        """Write by an input method: letters come up, a key picks the candidate."""
        cdp = self.person.page.context.new_cdp_session(self.person.page)
        for length in range(1, len(letters) + 1):
            self._processed(cdp, letters[length - 1])
            part = letters[:length]
            cdp.send("Input.imeSetComposition", {"text": part, "selectionStart": length, "selectionEnd": length})
        self._processed(cdp, key)
        cdp.send("Input.insertText", {"text": chosen})
        cdp.detach()

    def _processed(self, cdp: object, key: str) -> None:
        """A key that the input method takes: the page sees it as 229."""
        code = {"Enter": "Enter"}.get(key) or (f"Digit{key}" if key.isdecimal() else f"Key{key.upper()}")
        press = {"key": "Process", "code": code, "windowsVirtualKeyCode": 229, "nativeVirtualKeyCode": 229}
        cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **press})  # type: ignore[attr-defined]
        cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})  # type: ignore[attr-defined]

    def clipboard(self) -> str:
        text: str = self.person.page.evaluate("navigator.clipboard.readText()")
        return text

    def undo(self, times: int = 1) -> None:
        for _ in range(times):
            self.person.press("Control+z")
            self.person.said(self.person.word("Undone"))
            self.hushed()

    def redo(self, times: int = 1) -> None:
        for _ in range(times):
            self.person.press("Control+Shift+z")
            self.person.said(self.person.word("Done again"))
            self.hushed()

    def hushed(self) -> None:
        """Forget what was announced, so that the next announcement is waited for."""
        self.person.page.evaluate("document.querySelector('#announcer').textContent = ''")

    def foot(self, words: str) -> None:
        expect(self.person.page.locator(".foot-line")).to_contain_text(words)

"""The moves of a person in the reader's page: select, click, press, wait; and what the page then shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.reader.fake import Fake

# Where the nth place of some words stands in the window.
BOXES = """([words, nth]) => {
  for (const block of document.querySelectorAll("[data-s]")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      for (let at = data.indexOf(words); at >= 0; at = data.indexOf(words, at + 1)) {
        if (nth-- > 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + words.length);
        return [...range.getClientRects()].map((box) => [box.left, box.top, box.right, box.bottom]);
      }
    }
  }
}"""
#: Once what is to be drawn is drawn: highlights change in the next frame.
PAINTED = """(name) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  done([...(CSS.highlights.get(name) ?? [])].map((range) => {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return live.toString();
  }));
})))"""


@dataclass
class Moves:
    """The open page and the moves of a person, whatever server stands behind it."""

    page: Page
    url: str

    def boxes(self, words: str, nth: int = 0) -> list[list[float]]:
        """Where words stand in the window, line by line."""
        return self.page.evaluate(BOXES, [words, nth])

    def in_sight(self, words: str, nth: int = 0) -> list[list[float]]:
        """The same, after scrolling to them when they are out of reach of the mouse."""
        boxes = self.boxes(words, nth)
        if boxes[0][1] < 120 or boxes[-1][3] > self.page.evaluate("innerHeight") - 60:
            self.page.evaluate("(y) => scrollBy({ top: y - innerHeight / 2, behavior: 'instant' })", boxes[0][1])
            self.page.wait_for_timeout(60)
        return self.boxes(words, nth)

    def drag(self, words: str, nth: int = 0) -> None:
        """Select words with the mouse."""
        boxes = self.in_sight(words, nth)
        mouse = self.page.mouse
        mouse.move(boxes[0][0] + 1, (boxes[0][1] + boxes[0][3]) / 2)
        mouse.down()
        mouse.move(boxes[-1][2] - 1, (boxes[-1][1] + boxes[-1][3]) / 2, steps=3)
        mouse.up()
        self.page.wait_for_selector("#tagbar:not([hidden])")

    def click(self, words: str, nth: int = 0) -> None:
        box = self.in_sight(words, nth)[0]
        self.page.mouse.click(box[0] + 6, (box[1] + box[3]) / 2)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, expression: str, arg: object = None) -> None:
        """Wait for a condition of the page (Playwright's own wait evaluates text, which the policy forbids)."""
        for _ in range(250):
            if self.page.evaluate(expression, arg):
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"never came: {expression} {arg or ''}")

    def saved(self) -> None:
        """Wait until nothing is on its way."""
        self.until("document.querySelector('#save-state').dataset.state === 'saved'")

    def state(self, value: str) -> str:
        self.page.wait_for_selector(f"#save-state[data-state={value}]")
        return self.page.inner_text("#save-state")

    def painted(self, name: str) -> list[str]:
        return self.page.evaluate(PAINTED, name)

    def bar(self, action: str) -> str:
        return self.page.inner_text(f"#tagbar [data-action={action}] .label")

    def selected(self) -> str:
        return self.page.evaluate("getSelection().toString()")

    def current(self, row: dict[str, object]) -> None:
        """Wait until a passage is the current one."""
        self.until("(id) => document.querySelector('.margin-card.current')?.dataset.card === id", str(row["id"]))

    def said(self, words: str) -> None:
        self.until("(words) => document.querySelector('#announcer').textContent.includes(words)", words)


@dataclass
class Reader(Moves):
    """A person at the page of the fake, which can be asked what it holds."""

    fake: Fake

    def made(self) -> list[dict[str, object]]:
        """Rows made by this test."""
        return list(self.fake.rows.values())

    def comes(self, check: Callable[[], bool]) -> None:
        """Wait until the server holds something: what is seen at once is sent a little later."""
        for _ in range(250):
            if check():
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"never came; the server holds {self.made()}")

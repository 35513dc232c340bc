"""The stage of a walk: people with their pages, the corpus they share, and how a step asks the program about itself."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.browser.reader.driver import Moves
from tests.browser.server import Doors
from tests.browser.walk.plan import Plan

PASSWORD = "a long enough password"
SHOTS = os.environ.get("AIGOV_SHOTS", "")


@dataclass
class Person(Moves):
    """Somebody at a page of their own: the moves of the reader, and the rest of the program."""

    name: str
    language: str = "en"

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.url + path)

    def get(self, path: str) -> Any:
        """What the API answers this person."""
        answer = self.page.request.get(self.url + path, headers={"Accept": "application/json"})
        assert answer.ok, f"{answer.status} {path} {answer.text()[:300]}"
        return answer.json()

    def word(self, text: str, **values: object) -> str:
        """A sentence of the program in this person's language."""
        with translation.override(self.language):
            return translation.gettext(text) % values if values else translation.gettext(text)

    def button(self, text: str, inside: Page | Locator | None = None) -> Locator:
        """The button with this English label (the letter of its key may follow)."""
        name = re.compile(rf"^\s*{re.escape(self.word(text))}\b|^\s*{re.escape(self.word(text))}")
        return (inside or self.page).get_by_role("button", name=name)

    def painted_reader(self) -> None:
        """Wait until the reader shows its marks."""
        self.until("performance.getEntriesByName('reader:painted').length > 0")

    def read(self, slug: str, document: int) -> None:
        self.go(f"/c/{slug}/documents/{document}/")
        self.painted_reader()

    def choose_language(self, code: str) -> None:
        """In the menu of one's own name."""
        self.page.locator('[popovertarget="user-menu"]').click()
        self.page.locator(f'#user-menu [name=language][value="{code}"]').click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(code, re.IGNORECASE))
        self.language = code


@dataclass
class Walk:
    """One walk: who takes part, what they work on, and what is known so far."""

    doors: Doors
    plan: Plan
    people: dict[str, Person] = field(default_factory=dict)
    slug: str = ""
    corpus: int = 0
    a: int = 0
    b: int = 0
    statements: dict[str, int] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def enter(self, name: str, page: Page, language: str = "en") -> Person:
        person = self.people[name] = Person(page, self.doors.site, name, language)
        return person

    def annotations(self, document: int, by: str = "陈") -> list[dict[str, Any]]:
        """The passages of a document as the API gives them."""
        found: list[dict[str, Any]] = self[by].get(f"/api/documents/{document}/annotations/")["results"]
        return found

    def statement(self, label: str, by: str = "陈") -> dict[str, Any]:
        """A statement by its number, whole."""
        if label not in self.statements:
            rows = self[by].get(f"/api/corpora/{self.corpus}/statements/?page_size=100")["results"]
            self.statements |= {row["label"]: row["id"] for row in rows}
        found: dict[str, Any] = self[by].get(f"/api/statements/{self.statements[label]}/")
        return found

    def passages_of(self, label: str, by: str = "陈") -> list[dict[str, Any]]:
        pk = self.statement(label, by)["id"]
        found: list[dict[str, Any]] = self[by].get(f"/api/statements/{pk}/occurrences/")["results"]
        return found

    def take(self, step: Callable[[Walk], None]) -> None:
        """One step: run it, time it, take a picture of every page for whoever wants to look (folder: AIGOV_SHOTS)."""
        began = time.monotonic()
        try:
            step(self)
        except Exception as error:
            error.add_note(f"in {step.__name__}: {step.__doc__}")
            raise
        finally:
            self.times[step.__name__] = time.monotonic() - began
            self.picture(step.__name__)

    def picture(self, name: str) -> None:
        if not SHOTS:
            return
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        for person in self.people.values():
            # caret: Playwright would hide it by inline styles, which the content policy reports
            person.page.screenshot(path=f"{SHOTS}/{name}-{person.name}.png", caret="initial")


def numbers(text: str) -> list[int]:
    """All whole numbers of a text, thousands joined."""
    return [int(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*", text)]

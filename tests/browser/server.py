"""The whole application over the test database on a free port of this machine, and a Chromium to open it in.

Fixtures for every browser test that wants the real thing: `site` (its address), `chromium`, and `doors`, which opens
pages of people signed in through the login form. What a test writes itself has to be committed before a page can see
it: `doors` asks for the transactional database.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, StorageState, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.serving import busy, serving

CHROMIUM = shutil.which("chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed, so no page can be opened")


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the running application."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module. Playwright keeps an event loop in this thread, which Django would take
    for a reason to refuse the database."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Doors:
    """Ways in: a page of its own for each person, signed in once through the form. What no page may do is noted."""

    browser: Browser
    site: str
    states: dict[str, StorageState] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, name: str = "", **options: Any) -> Page:
        """A page in a context of its own: signed in as `name` when this person was kept before, else nobody's."""
        options = {"viewport": {"width": 1280, "height": 900}, "storage_state": self.states.get(name)} | options
        context = self.browser.new_context(**options)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(message))
        page.on("response", lambda answer: self._answered(answer))
        return page

    def sign_in(self, name: str, password: str, **options: Any) -> Page:
        """A page of somebody with an account, through the login form the first time."""
        page = self.open(name, **options)
        page.goto(f"{self.site}/")
        if name not in self.states:
            page.fill("#id_login", name)
            page.fill("#id_password", password)
            page.press("#id_password", "Enter")
            page.wait_for_url(lambda url: "/accounts/" not in url)
            self.keep(name, page)
        return page

    def keep(self, name: str, page: Page) -> None:
        """Remember the session of this page for further ones of the same person."""
        self.states[name] = page.context.storage_state()

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if "Content Security" in message.text or message.text.startswith("Block "):
            self.faults.append(message.text)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.status} {answer.url}")


@pytest.fixture
def doors(chromium: Browser, site: str, transactional_db: None) -> Iterator[Doors]:
    """Ways into the application; afterwards no page may have had an error, and nothing the content policy forbids."""
    found = Doors(chromium, site)
    yield found
    found.close()
    busy.wait()
    assert found.faults == [], found.faults

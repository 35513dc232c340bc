"""Chromium, an API in memory, and pages opened on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake
from tests.browser.reader.server import serve
from tests.browser.reader.text import PARAGRAPHS, REPEATED, make_blocks


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def fake() -> Fake:
    return Fake(make_blocks(PARAGRAPHS, REPEATED))


@pytest.fixture
def site(fake: Fake) -> Iterator[str]:
    server, url = serve(fake)
    yield url
    server.shutdown()
    server.server_close()


@pytest.fixture
def open_page(browser: Browser, fake: Fake, site: str) -> Iterator[Callable[..., Reader]]:
    """Opens pages; afterwards there must have been no error and nothing the content policy forbids."""
    contexts = []
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security" in message.text or message.text.startswith("Block "):
            errors.append(message.text)

    def opened(path: str = "/", **options: object) -> Reader:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        page.goto(site + path)
        reader = Reader(page, site, fake)
        reader.until("performance.getEntriesByName('reader:painted').length > 0")
        return reader

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def reader(open_page: Callable[..., Reader]) -> Reader:
    return open_page()

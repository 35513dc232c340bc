"""Every page, as people see it: nothing that the content policy forbids, no error, no accessibility fault, light and
dark, wide and narrow, in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from lxml import html
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response
from pytest_django.plugin import DjangoDbBlocker

from annotations.management.i18n import work
from annotations.models import Corpus, Member, User
from annotations.services import corpora, demo
from annotations.services.op import writing
from tests.browser.pages import Visit, answers, client_of, is_page, more, of_empty

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What may differ between light and dark, and between wide and narrow, on the same page.
IN_DARK = ["color-contrast", "link-in-text-block"]
IN_NARROW = ["color-contrast", "target-size", "scrollable-region-focusable", "aria-hidden-focus", "landmark-unique"]


@dataclass
class Guide:
    """Opens pages in one window a person, and keeps what each page did that no page may do."""

    browser: Browser
    site: str
    faults: list[str] = field(default_factory=list)
    windows: dict[str, Page] = field(default_factory=dict)
    at: str = ""

    def window(self, who: str) -> Page:
        """The window of a person of the demo, logged in; "" for somebody without an account."""
        if who not in self.windows:
            context = self.browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce"
            )
            if who:
                session = client_of(who).cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site}])
            self.windows[who] = self._watched(context.new_page())
        return self.windows[who]

    def _watched(self, page: Page) -> Page:
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.note(f"error in a script: {error}"))
        page.on("console", self._heard)
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def note(self, fault: str) -> None:
        self.faults.append(f"{self.at}: {fault}")

    def _heard(self, message: ConsoleMessage) -> None:
        itself = "Failed to load resource" in message.text and message.location.get("url", "").endswith(
            self.at.split()[-1]
        )
        if message.type == "error" and not itself:
            self.note(f"console: {message.text[:300]}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.note(f"asked {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.note(f"{response.status} of {response.url}")

    def visit(self, visit: Visit) -> Page:
        """Open the page; light and wide."""
        page = self.window(visit.who)
        self.at = f"{visit.name} {visit.path}"
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(self.site + visit.path)
        return page

    def look_at(self, visit: Visit) -> None:
        """All that is promised of every page."""
        page = self.visit(visit)
        if page.locator("html").get_attribute("lang") != "en":
            self.note("html lang is not en")
        page.evaluate(AXE_SCRIPT)
        self.axe(page, "light", {"type": "tag", "values": TAGS})
        page.emulate_media(color_scheme="dark")
        self.axe(page, "dark", {"type": "rule", "values": IN_DARK})
        page.set_viewport_size({"width": 390, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            self.note(f"390 px: {width} px wide")
        self.axe(page, "390 px", {"type": "rule", "values": IN_NARROW})

    def axe(self, page: Page, look: str, rules: dict[str, object]) -> None:
        """axe-core once more on the open page; it is put in by `look_at`."""
        for name, nodes in page.evaluate(VIOLATIONS, {"runOnly": rules, "resultTypes": ["violations"]}):
            self.note(f"{look}: {name}: {nodes}")


VIOLATIONS = """async (options) => (await axe.run(options)).violations.map(
    (fault) => [fault.id, fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])"""


@pytest.fixture
def _django_db_helper() -> None:
    """In place of pytest-django's: all tests of this module share one committed corpus (below)."""


@pytest.fixture(scope="module")
def corpus(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Corpus]:
    """The demo corpus, committed, so that the running application sees it; everything goes afterwards."""
    with django_db_blocker.unblock():
        found, _logins = demo.load()
        yield found
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


@pytest.fixture(scope="module")
def empty(corpus: Corpus) -> Corpus:
    """A corpus in which nothing is yet."""
    made = corpora.create(user=User.objects.get(username="helena"), name="Empty", book="empty")
    with writing(by=Member.objects.select_related("corpus").get(corpus=made)) as op:
        corpora.add_member(op, User.objects.get(username="amara"), "viewer")
    return made


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> list[tuple[Visit, int, bool]]:
    """Each address, the status of its answer, and whether it is a page."""
    return [(visit, response.status_code, is_page(response)) for visit, response in answers(corpus)]


@pytest.fixture(scope="module")
def pages(found: list[tuple[Visit, int, bool]], corpus: Corpus) -> list[Visit]:
    return [visit for visit, _status, page in found if page] + more(corpus)


@pytest.fixture
def guide(chromium: Browser, site: str, corpus: Corpus) -> Iterator[Guide]:
    made = Guide(chromium, site)
    yield made
    for page in made.windows.values():
        page.context.close()


def test_every_address_answers_somebody(found: list[tuple[Visit, int, bool]]) -> None:
    """404 is right only where nothing was made for the walk (id 0, nothing to confirm)."""
    wrong = [(visit.name, status) for visit, status, _page in found if status >= 400 and status not in (404, 405)]
    assert wrong == []
    missing = [visit.path for visit, status, _page in found if status == 404 and "/0/" not in visit.path]
    assert [path for path in missing if not path.startswith("/accounts/")] == []
    assert sum(page for _visit, _status, page in found) >= 35


def test_every_page_keeps_its_promises(guide: Guide, pages: list[Visit]) -> None:
    for visit in pages:
        guide.look_at(visit)
    assert guide.faults == []


def test_empty_pages_keep_their_promises(guide: Guide, empty: Corpus) -> None:
    for visit in of_empty(empty):
        if is_page(client_of(visit.who).get(visit.path)):
            guide.look_at(visit)
    assert guide.faults == []


# --- languages


@dataclass(frozen=True)
class English:
    """The English words of the interface that a language says otherwise, whole or with places for values."""

    whole: frozenset[str]
    shaped: re.Pattern[str]

    def holds(self, text: str) -> bool:
        return text in self.whole or self.shaped.fullmatch(text) is not None


def english(language: str) -> English:
    entries = work.read(work.catalogue(settings.BASE_DIR, language)).values()
    words = {
        form
        for one in entries
        for form in (one.msgid, one.plural)
        if re.search("[A-Za-z]{3}", form) and form not in one.texts
    }
    value = r"\S+(?: \S+){0,3}"
    shapes = [re.sub(r"%\\\((\w+)\\\)[sd]", lambda _: value, re.escape(word)) for word in words if "%(" in word]
    shapes = [shape for shape in shapes if re.search("[A-Za-z]{3}", shape.replace(value, ""))]
    return English(frozenset(word for word in words if "%(" not in word), re.compile("|".join(shapes), re.S))


ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-confirm", "data-confirm-ok", "data-tip", "data-label")
#: Elements whose text is nobody's to translate: code, and what people wrote.
WORDLESS = ("script", "style", "svg", "textarea", "meta", "ins", "del")


def shown(page: str, lang: str) -> Iterator[str]:
    """The words of a page that are the interface's: not inside another language, not scripts."""
    root = html.document_fromstring(page)
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in WORDLESS:
            continue
        named = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
        texts = [element.text, *[child.tail for child in element]]
        if named and named[-1] == lang:
            yield from (" ".join(text.split()) for text in texts if text and text.strip())
            yield from (element.get(name, "") for name in ATTRIBUTES)


LANGUAGES = [("zh-hans", "zh_Hans", "zh-Hans"), ("zh-hant", "zh_Hant", "zh-Hant")]


@pytest.mark.parametrize(("code", "catalogue", "lang"), LANGUAGES)
def test_no_page_says_in_english_what_has_a_chinese_word(
    pages: list[Visit], empty: Corpus, code: str, catalogue: str, lang: str
) -> None:
    words, clients, wrong = english(catalogue), dict[str, Client](), []
    for visit in pages + of_empty(empty):
        client = clients.setdefault(visit.who, client_of(visit.who))
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
        response = client.get(visit.path, headers={"accept-language": code})  # public pages ask no cookie
        if response.streaming or b"<html" not in response.content[:200]:
            continue
        page = response.content.decode()
        if f'<html lang="{lang}"' not in page:
            wrong.append(f"{visit.path}: html lang")
        wrong += [f"{visit.path}: {text}" for text in shown(page, lang) if words.holds(text)]
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize(("code", "catalogue", "lang"), LANGUAGES)
def test_scripts_speak_chinese_too(guide: Guide, corpus: Corpus, code: str, catalogue: str, lang: str) -> None:
    """Where scripts write words of their own: reader, tracker, upload, triage, the key help; and nothing hangs over."""
    words, base = english(catalogue), f"/c/{corpus.slug}"
    for path in ("/documents/2/", "/tracker/", "/documents/add/", "/triage/", "/statements/C-110/"):
        page = guide.window("helena")
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": code, "url": guide.site}])
        guide.visit(Visit(code, base + path))
        page.wait_for_timeout(300)
        page.keyboard.press("?")
        page.locator("dialog[open]").wait_for()
        for text in shown(page.content(), lang):
            if words.holds(text):
                guide.note(text)
        page.keyboard.press("Escape")
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            guide.note("hangs over at 390 px")
    assert guide.faults == []

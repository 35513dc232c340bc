"""The activity, as people see it: filters, what is new, what comes while it is open; no accessibility fault in any
look or language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.models import Document, Member
from tests.browser import axe
from tests.browser.server import Doors, needs_chromium
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]
PASSWORD = "a long enough password"
LANGUAGES = {"en": "Activity", "zh-hans": "动态", "zh-hant": "動態"}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def away(cast: Cast) -> list[Document]:
    """The viewer was here yesterday; since then two colleagues worked."""
    make_document(cast["editor"], "Old words.", title="Old text")
    head = cast.corpus.head
    head.refresh_from_db()
    seen = {"seen_seq": head.seq, "seen_at": timezone.now() - timedelta(days=1)}
    Member.objects.filter(pk=cast["viewer"].pk).update(**seen)
    made = [make_document(cast["editor"], title=f"Fresh {n}") for n in (1, 2)]
    for document in made:
        mark(cast["annotator"], document, "Experts agree", "claim", note="look here")
    return made


def enter(doors: Doors, cast: Cast, path: str) -> Page:
    page = doors.sign_in(cast.user("viewer").username, PASSWORD)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/{path}")
    return page


def test_from_the_home_to_what_is_new(doors: Doors, cast: Cast, away: list[Document]) -> None:
    page = doors.sign_in(cast.user("viewer").username, PASSWORD)  # leads to the home of the only corpus
    link = page.get_by_role("link", name=re.compile("marked 2 passages in 2 documents"))
    page.reload()
    link.click()
    expect(page.locator("#h-kind")).to_have_value("passages")
    expect(page.locator(".acts li.new")).to_have_count(2)
    page.get_by_role("link", name="Clear all filters").click()
    expect(page.locator("#new-since")).to_be_visible()
    page.select_option("#h-kind", "documents")
    page.wait_for_url(re.compile("kind=documents"))
    expect(page.locator(".acts li.new")).to_have_count(2)
    expect(page.locator(".acts")).to_contain_text("added Old text")
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/history/?statement=C-1")
    page.locator(".acts a").first.click()
    page.wait_for_url(re.compile(r"documents/\d+/#a=\d+"))


def test_what_others_do_comes_in_above(doors: Doors, cast: Cast, away: list[Document]) -> None:
    for n in range(30):
        make_document(cast["editor"], f"Text {n}.", title=f"Text {n}")
    page = enter(doors, cast, "history/")
    expect(page.locator("html")).to_have_attribute("data-feed", "live")
    lines = page.locator(".acts > li[id^=e-]")
    count = lines.count()
    read = lines.nth(20)
    name = read.get_attribute("id")
    read.evaluate("line => line.scrollIntoView({block: 'start'})")
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", name)
    mark(cast["annotator"], away[0], "standards body", "proposal")
    expect(lines).to_have_count(count + 1, timeout=8000)
    expect(lines.first).to_contain_text("made P-1")
    expect(lines.first).to_have_class("new")
    now = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", name)
    assert abs(now - top) < 2


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_look_is_accessible(doors: Doors, cast: Cast, away: list[Document], code: str) -> None:
    page = enter(doors, cast, "")
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": code, "url": doors.site}])
    for path in ("history/", "", "history/?statement=C-99"):
        page.goto(f"{doors.site}/c/{cast.corpus.slug}/{path}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.set_viewport_size({"width": 1280, "height": 900})
            assert axe.faults(page) == [], (path, scheme)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe.faults(page) == [], path
        if path.startswith("history"):
            expect(page.locator("h1")).to_have_text(LANGUAGES[code])

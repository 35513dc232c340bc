"""A translation beside its original in a browser: a passage chosen by mouse or keyboard shows its counterpart."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Document
from annotations.services import annotations, translations
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import PASSWORD
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_translations import ENGLISH, HAN

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def english(cast: Cast) -> Document:
    by = cast["annotator"]
    first, second = make_document(by, HAN), make_document(by, ENGLISH)
    mark(by, first, "收录了47个", "claim")
    statement = mark(by, first, "六个城市应共享事故通报", "proposal").occurrences.get().statement
    start = ENGLISH.index("The six cities")
    with writing(by=by) as op:
        span = Span(start, start + 14, "raw", "The six cities")
        annotations.create(op, second, span, wanted=[Wanted(statement_id=statement.pk)])
        translations.say(op, Document.objects.get(pk=second.pk), first)
    return second


def test_the_counterpart_is_shown_by_click_and_by_key(doors: Doors, cast: Cast, english: Document) -> None:
    page = doors.sign_in(cast.user("viewer").username, PASSWORD)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/documents/{english.pk}/beside/")
    here, there = page.locator("mark", has_text="六个城市应共享"), page.locator("mark", has_text="The six cities")
    here.click()
    expect(there).to_have_class("tint-plain line-proposal current")
    page.keyboard.press("Escape")
    expect(page.locator(".current")).to_have_count(0)
    there.focus()
    page.keyboard.press("Enter")
    expect(here).to_have_class("tint-plain line-proposal current")
    expect(there).to_have_attribute("aria-pressed", "true")
    page.locator("mark", has_text="收录了47个").click()
    expect(page.locator("td.current")).to_contain_text("listed 47 algorithmic systems")

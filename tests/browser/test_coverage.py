"""Reading is noticed: paragraphs in view long enough are noted, shown in the list, and no longer marked as unread."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Coverage, Document, Tag
from annotations.services import codebook
from annotations.services.op import writing
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["editor"], title="A trial text")


def test_what_was_in_view_long_enough_is_read(doors: Doors, cast: Cast, document: Document) -> None:
    page = enter(doors, cast, "checker")
    page.clock.install()
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/documents/{document.pk}/")
    expect(page.locator("#reader[data-ready]")).to_be_attached()
    page.locator("[data-action=filter]").click()
    page.get_by_label("Unread paragraphs").check()
    expect(page.locator("[data-unread]")).to_have_count(3)
    page.mouse.move(400, 400)
    with page.expect_response("**/coverage/") as sent:
        page.clock.run_for(30_000)
    assert sent.value.json()["percent"] == 100
    expect(page.locator("[data-unread]")).to_have_count(0)
    row = Coverage.objects.get(member=cast["checker"])
    assert (row.seen, row.total) == (3, 3)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/documents/")
    expect(page.locator("[data-row]")).to_contain_text("100 %")


def test_guidelines_stand_in_the_tag_bar(doors: Doors, cast: Cast, document: Document) -> None:
    with writing(by=cast["editor"]) as op:
        tag = Tag.objects.get(corpus=cast.corpus, code="safety")
        codebook.update_tag(op, tag, use_when="a harm is named", not_when="mere progress")
    page = enter(doors, cast, "annotator")
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/documents/{document.pk}/")
    expect(page.locator("#reader[data-ready]")).to_be_attached()
    page.locator("#doc").press("s")
    bar = page.locator("#tagbar")
    expect(bar.get_by_role("button", name="Safety")).to_have_attribute("title", whole_meaning())
    bar.get_by_role("button", name="More", exact=True).click()
    expect(bar).to_contain_text("Use it when: a harm is named")
    expect(bar).to_contain_text("Not when: mere progress")


def whole_meaning() -> str:
    return (
        "Risks, loss of control, red lines, safeguards and their failure.\n"
        "Use it when: a harm is named\nNot when: mere progress"
    )

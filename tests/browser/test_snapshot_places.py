"""Evidence selected in a snapshot in less usual places: over paragraphs, in a file with pages, on a phone."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest
from playwright.sync_api import expect

from annotations.models import Evidence, Source, Statement
from annotations.text.blocks import from_plain
from tests import checks
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import PASSWORD
from tests.browser.test_snapshot import SAYS, SELECT, opened, saved
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    return checks.make_claim(cast)


@pytest.fixture
def source(cast: Cast) -> Source:
    return checks.make_source(cast, SAYS)


def test_over_two_paragraphs_with_the_page_and_withdrawn_again(
    doors: Doors, cast: Cast, source: Source, claim: Statement
) -> None:
    rows = [list(astuple(replace(block, page=3 + block.start // 60))) for block in from_plain(SAYS)]
    source.snapshots.update(block_rows=rows, mime="application/pdf")
    page = opened(doors, cast, source, query=f"?for={claim.label}")
    expect(page.locator("#doc .page-break").first).to_have_text("page 3")
    page.evaluate("""() => {
      const [first, last] = ["b1", "b2"].map(id => document.getElementById(id).firstChild);
      getSelection().setBaseAndExtent(first, 4, last, 10);
    }""")
    expect(page.locator("#stancebar")).to_be_visible()
    page.locator("#stancebar [data-action=context]").click()
    saved(page)
    row = Evidence.objects.get()
    assert row.quote == SAYS[row.start : row.end] and row.quote.startswith("稱") and row.quote.endswith("\nThere were")
    assert (row.locator, row.medium, row.quote_found) == ("p. 3", "pdf", True)
    page.keyboard.press("Escape")
    card = page.locator("#cards .margin-card")
    card.click()
    card.focus()
    page.keyboard.press("Delete")
    expect(card).to_have_count(0)
    row.refresh_from_db()
    assert row.removed_at is not None


def test_on_a_phone(doors: Doors, cast: Cast, source: Source, claim: Statement) -> None:
    phone = {"viewport": {"width": 390, "height": 760}, "has_touch": True, "is_mobile": True}
    page = doors.sign_in(cast.user("checker").username, PASSWORD, **phone)
    shot = source.snapshots.get()
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/sources/{source.pk}/snapshots/{shot.pk}/?for={claim.label}")
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    page.evaluate(SELECT, "233 reported incidents")
    button = page.locator("#stancebar [data-action=supports]")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None and box["height"] >= 44 and box["x"] + box["width"] <= 390
    button.tap()
    saved(page)
    assert Evidence.objects.get().quote == "233 reported incidents"
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator("#stancebar")).to_be_hidden()
    expect(page.locator("#sheet")).to_contain_text("Supports")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

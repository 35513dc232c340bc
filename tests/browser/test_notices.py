"""Notifications: the number in the bar, the page, one and all marked as read."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.services import comments
from annotations.services.op import writing
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look: COMMENT_PICTURES names the folder."""
    if folder := os.environ.get("COMMENT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)


def test_notifications_are_counted_read_and_lead_to_their_object(doors: Doors, cast: Cast) -> None:
    passage = mark(cast["checker"], make_document(cast["editor"]), "standards body", "proposal")
    yesterday = timezone.localdate() - timedelta(days=1)
    Statement.objects.update(assignee=cast["checker"], due=yesterday)
    for n in range(3):
        with writing(by=cast["annotator"]) as op:
            comments.create(op, passage, f"Point {n} for @{cast['checker'].name}.")
    page = enter(doors, cast, "checker", "notifications/")
    badge = page.locator("[popovertarget=user-menu] .count")
    expect(badge).to_contain_text("3")
    unread = page.locator("#live-notices li", has_text="Point")
    expect(unread).to_have_count(3)
    expect(page.locator("#live-notices")).to_contain_text("overdue")
    picture(page, "notices-light-1280")
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    picture(page, "notices-dark-390")
    assert faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Mark as read").first.click()
    expect(badge).to_contain_text("2")
    page.get_by_role("button", name="Mark all as read").click()
    expect(badge).to_have_count(0)
    expect(page.locator("#live-notices")).to_contain_text("Nothing new for you.")
    page.locator("#live-notices summary").click()
    page.locator("#live-notices a", has_text="commented").first.click()
    expect(page.locator("#cards .margin-card")).to_contain_text("P-1")
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/notifications/")
    page.get_by_label("Mail me once a day").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Mail me once a day")).not_to_be_checked()


def test_ones_own_work_on_the_home_of_the_corpus(doors: Doors, cast: Cast) -> None:
    mark(cast["checker"], make_document(cast["editor"]), "standards body", "proposal")
    Statement.objects.update(assignee=cast["checker"], due=timezone.localdate() - timedelta(days=1))
    page = enter(doors, cast, "checker", "?list=due")
    expect(page.locator("#live-home")).to_contain_text("overdue")
    picture(page, "home-light-1280")
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    picture(page, "home-dark-390")
    assert faults(page) == []
    page.get_by_role("link", name="Mentions").click()
    expect(page.locator("h1")).to_have_text("Notifications")

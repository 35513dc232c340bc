"""The page of a source shows the end of a capture by itself: the snapshot, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from annotations.models import Capture, Source
from annotations.services import captures, sources
from annotations.services.op import writing
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast
from tests.web import Web, page
from tests.web import web as opened

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Web]:
    """The small web; jobs wait in the database until the test runs them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with opened(monkeypatch) as found:
        yield found


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def source(cast: Cast) -> Source:
    with writing(by=cast["checker"]) as op:
        return sources.create(op, title="Register", type="dataset", url="http://site.test/report")


def asked(doors: Doors, cast: Cast, source: Source) -> Page:
    """The page on which the capture was asked for; it waits, and its window knows that it is the same one."""
    found = enter(doors, cast, "checker", f"sources/{source.pk}/")
    found.get_by_role("button", name="Capture now").click()
    expect(found.locator("#live-snapshots")).to_contain_text("Waiting for capture")
    expect(found.locator("html")).to_have_attribute("data-feed", "live")
    found.evaluate("window.stayed = true")
    return found


def test_the_snapshot_comes_without_a_reload(doors: Doors, cast: Cast, web: Web, source: Source) -> None:
    web.pages["/report"] = page("There were 233 cases.", "The register")
    shown = asked(doors, cast, source)
    captures.run(Capture.objects.get().pk)
    here = shown.locator("#live-snapshots")
    expect(here.locator("li a")).to_have_count(1)
    expect(here).to_contain_text("Captured")
    expect(here).not_to_contain_text("Waiting for capture")
    expect(here.get_by_role("button", name="Capture again")).to_be_visible()
    assert shown.evaluate("window.stayed")


def test_why_there_is_none_comes_as_well(doors: Doors, cast: Cast, web: Web, source: Source) -> None:
    shown = asked(doors, cast, source)
    captures.run(Capture.objects.get().pk)  # the site has no such page
    here = shown.locator("#live-snapshots")
    expect(here).to_contain_text("The site has no such page (404).")
    expect(here.get_by_role("button", name="Capture now")).to_be_visible()
    assert shown.evaluate("window.stayed")


def test_a_colleague_who_has_the_page_open_sees_it_too(doors: Doors, cast: Cast, web: Web, source: Source) -> None:
    web.pages["/report"] = page("There were 233 cases.", "The register")
    other = enter(doors, cast, "viewer", f"sources/{source.pk}/")
    expect(other.locator("html")).to_have_attribute("data-feed", "live")
    other.evaluate("window.stayed = true")
    asked(doors, cast, source)
    expect(other.locator("#live-snapshots")).to_contain_text("Waiting for capture")
    captures.run(Capture.objects.get().pk)
    expect(other.locator("#live-snapshots li a")).to_have_count(1)
    assert other.evaluate("window.stayed")

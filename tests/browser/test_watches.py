"""Watches and webhooks from beginning to end: watch a statement and a search, load a text that repeats them, read the
notification, follow it to the passage; a receiver gets each message exactly once, whatever fails on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from annotations.models import Delivery, Webhook
from annotations.services import deliveries
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_recurrence import CLAIM, FIRST, SAME, look
from tests.services.test_webhooks import cut_off
from tests.web import Handler, Web, web

pytestmark = [pytest.mark.browser, needs_chromium]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Iterator[Web]:
    settings.AIGOV_FETCH = True
    with web(monkeypatch, tmp_path) as found:
        yield found


class Receiver:
    """As docs/webhooks.md tells its writer: verifies by the code that stands there, takes each id once."""

    def __init__(self, outside: Web) -> None:
        self.secret = ""
        self.answers: list[int] = []
        self.tries: list[str] = []
        self.taken: dict[str, bytes] = {}
        code: dict[str, Any] = {}
        exec(re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[0], code)  # noqa: S102
        self.is_ours = code["is_ours"]
        outside.pages["/hook"] = self.answer

    def answer(self, handler: Handler) -> None:
        body = handler.content
        headers = {name.lower(): value for name, value in handler.headers.items()}
        assert not self.is_ours(self.secret, headers, body + b" ")
        if not self.is_ours(self.secret, headers, body):
            return handler.give(b"", status=401)
        self.tries.append(headers["webhook-id"])
        status = self.answers.pop(0) if self.answers else 204
        if status < 300:
            self.taken.setdefault(headers["webhook-id"], body)
        return handler.give(b"", status=status)


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look: WATCH_PICTURES names the folder."""
    if folder := os.environ.get("WATCH_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def looked_at(page: Page, name: str) -> None:
    """No fault for those who use no eyes or no mouse, wide and light, narrow and dark; nothing hangs over the edge."""
    picture(page, f"{name}-light-1280")
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, f"{name}-dark-390")
    assert faults(page) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_watch_be_told_and_go_there(doors: Doors, cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"], FIRST, title="First"), CLAIM, "claim")
    page = enter(doors, cast, "viewer", "statements/C-1/")
    page.get_by_role("button", name="Watch for repeats").click()
    expect(page.get_by_text("You watch C-1: when a new text repeats it, you are told.")).to_be_visible()
    expect(page.get_by_role("link", name="You watch this")).to_be_visible()
    picture(page, "statement")
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/search/?q=關注")
    page.get_by_role("button", name="Watch this search").click()
    expect(page.get_by_role("link", name="You watch this")).to_be_visible()
    picture(page, "search")
    make_document(cast["annotator"], SAME, title="Second")
    look(cast)
    badge = page.locator("[popovertarget=user-menu] .count")
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/notifications/")
    expect(badge).to_contain_text("2")
    looked_at(page, "notices")
    page.get_by_role("link", name="C-1 repeats in Second").click()
    expect(page).to_have_url(re.compile(r"#t=\d+-\d+$"))
    expect(page.locator("#said")).to_contain_text("2024年全球人工智慧")
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/watches/")
    expect(page.locator("[aria-labelledby=found] li")).to_have_count(2)
    page.locator("summary", has_text="Change").first.click()
    looked_at(page, "watches")
    page.get_by_label("Name").first.fill("Incidents")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Incidents").first).to_be_visible()
    page.get_by_role("button", name="Stop").first.click()
    expect(page.locator("[aria-labelledby=mine] > ul > li")).to_have_count(1)


def test_without_a_script(doors: Doors, cast: Cast) -> None:
    enter(doors, cast, "viewer", "watches/")
    page = doors.open(cast.user("viewer").username, java_script_enabled=False)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/watches/")
    page.get_by_label("Words").fill("通报")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_text("nothing yet")).to_be_visible()


def test_a_webhook_is_told_exactly_once(
    doors: Doors, cast: Cast, outside: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = Receiver(outside)
    mark(cast["annotator"], make_document(cast["annotator"], FIRST, title="First"), CLAIM, "claim")
    page = enter(doors, cast, "admin", "webhooks/")
    looked_at(page, "webhooks-empty")
    page.locator("#url").fill("https://127.0.0.1/hook")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("This address leads into a private network.")).to_be_visible()
    page.locator("#url").fill("https://site.test/hook")
    page.get_by_label("Note").fill("newsroom chat")
    page.get_by_role("button", name="Add").click()
    receiver.secret = page.get_by_label("Secret").input_value()
    assert receiver.secret.startswith("whsec_")
    looked_at(page, "webhook-new")
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("#deliveries")).to_contain_text("Delivered")
    expect(page.get_by_label("Secret")).to_have_count(0)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/statements/C-1/")
    page.get_by_role("button", name="Watch for repeats").click()
    expect(page.get_by_role("link", name="You watch this")).to_be_visible()
    failing_and_killed(cast, receiver, monkeypatch)
    page.goto(f"{doors.site}{Webhook.objects.get().get_absolute_url()}")
    expect(page.locator("#deliveries tbody tr")).to_have_count(2)
    expect(page.locator("#deliveries")).to_contain_text("C-1 repeats in Second")
    looked_at(page, "webhook")
    before = len(receiver.taken)
    page.get_by_role("button", name="Send again").first.click()
    expect(page.get_by_text("It is sent once more.")).to_be_visible()
    expect(page.locator("#deliveries tbody tr").first).to_contain_text("Delivered")
    assert len(receiver.taken) == before  # the receiver knew it
    switched_off(page, cast, receiver)


def failing_and_killed(cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that repeats C-1; the receiver fails first, then the job is killed before and after it is taken."""
    receiver.answers = [500]
    make_document(cast["annotator"], SAME, title="Second")
    look(cast)
    for name in ("post", "end"):
        with monkeypatch.context() as killed:
            killed.setattr(deliveries, name, cut_off)
            with pytest.raises(KeyboardInterrupt):
                again()
    again()
    again()
    repeats = [body for body in receiver.taken.values() if b"watch.repeated" in body]
    assert len(repeats) == 1 and len(receiver.tries) == 4  # the test, 500, taken unnoticed, taken
    assert not Delivery.objects.filter(state="waiting").exists()


def again() -> None:
    """As if lease and pause were over."""
    now = timezone.now()
    Delivery.objects.filter(state="waiting").update(next_at=now, lease_until=None)
    Webhook.objects.update(paused_until=None)
    deliveries.due()


def switched_off(page: Page, cast: Cast, receiver: Receiver) -> None:
    """It answers no more: it is switched off, its owner is told, and what waits goes when it is switched on."""
    receiver.answers = [410]
    make_document(cast["annotator"], SAME.replace("報導", "快訊"), title="Third")
    look(cast)
    page.goto(page.url.partition("/webhooks/")[0] + "/notifications/")
    page.get_by_role("link", name="site.test was switched off").click()
    expect(page.get_by_text("Off: it did not answer")).to_be_visible()
    looked_at(page, "webhook-off")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_text("The webhook is on.")).to_be_visible()
    expect(page.locator("#deliveries tbody tr").first).to_contain_text("Delivered")
    assert len([body for body in receiver.taken.values() if b"Third" in body]) == 1
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No program is told")).to_be_visible()

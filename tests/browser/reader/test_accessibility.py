"""What assistive technology finds: rules of WCAG 2.2 A and AA, in each state of the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.axe import faults
from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake


def violations(reader: Reader) -> list[tuple[str, list[str]]]:
    """Broken rules; cards, bar and foot line stand beside the one main landmark on purpose."""
    return [fault for fault in faults(reader.page) if fault[0] != "region"]


@pytest.fixture
def marked(open_page: Callable[..., Reader], fake: Fake) -> Reader:
    fake.add(*fake.find("建议建立全球统一的安全评测标准"), kinds=("proposal", "claim"), tags=[14, 11])
    fake.add(*fake.find("我们建议建立全球统一的安全评测标准,并公开"), tags=[12])
    fake.add(*fake.find("没有人反对这个方向"), kinds=("claim",), by="李")
    return open_page("/", bypass_csp=True)  # the checker brings its own script


def test_reading_and_the_current_card(marked: Reader) -> None:
    assert violations(marked) == []
    marked.press("j")
    marked.page.wait_for_selector(".margin-card.current")
    marked.page.click(".margin-card.current [data-action=card-more]")
    assert violations(marked) == []


def test_the_bar_before_and_after_the_first_key(marked: Reader) -> None:
    marked.drag("章程草案")
    assert violations(marked) == []
    marked.press("p")
    marked.saved()
    marked.page.click("#tagbar .bar-make button[aria-expanded]")
    assert violations(marked) == []


@pytest.mark.parametrize("key", ["e", "l", "t", "f", "?"])
def test_forms_and_panels(marked: Reader, key: str) -> None:
    marked.press("j")
    marked.page.wait_for_selector(".margin-card.current")
    marked.press(key)
    marked.page.wait_for_selector("[data-panel], dialog[open]")
    marked.page.wait_for_timeout(300)
    assert violations(marked) == []


def test_the_picker(marked: Reader) -> None:
    marked.click("安全评测标准")
    marked.page.wait_for_selector(".panel-passages")
    assert violations(marked) == []


def test_dark_paper(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.add(*fake.find("没有人反对这个方向"), kinds=("claim",), tags=[13])
    reader = open_page("/?theme=dark", bypass_csp=True)
    reader.drag("会议没有投票")
    reader.press("p")
    reader.saved()
    assert violations(reader) == []

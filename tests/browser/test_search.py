"""Search in a browser: by keys from any page to the place in the text, from hit to hit in the reader; contradictions,
biography."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Document
from annotations.services import statements
from annotations.services.op import writing
from tests.browser.reader.driver import PAINTED
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document, mark, say

pytestmark = [pytest.mark.browser, needs_chromium]
TEXT = """國務(wù)院發布治理規則。

国务院要求公开3.5亿元的用途。

An estimate of 350 million was published by the State Council.
"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    found = make_document(cast["annotator"], TEXT, title="規則")
    passage = mark(cast["annotator"], found, "An estimate of 350 million", "claim", note="國務院的數字")
    say(cast, "editor", passage, "哪一个国务院？")
    return found


def test_from_any_page_to_the_hit_by_keys(doors: Doors, cast: Cast, document: Document) -> None:
    page = enter(doors, cast, "viewer", "documents/")
    page.keyboard.press("/")
    page.keyboard.type("国务院")
    page.keyboard.press("Enter")
    expect(page.locator("nav.tabs a[aria-current]")).to_contain_text("Texts")
    expect(page.locator("mark")).to_have_text(["國務(wù)院", "国务院"])
    expect(page.locator("#q")).to_have_value("国务院")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/documents/{document.pk}/\?find=[^#]+#t=\d+-\d+$"))
    expect(page.locator("#finding [data-find-count]")).to_have_text("2 of 2")


def test_from_hit_to_hit_in_the_reader(doors: Doors, cast: Cast, document: Document) -> None:
    page = enter(doors, cast, "viewer", f"documents/{document.pk}/?find=國務院 OR 350 million")
    count = page.locator("#finding [data-find-count]")
    expect(count).to_have_text("1 of 4")
    assert sorted(page.evaluate(PAINTED, "search")) == sorted(["國務(wù)院", "国务院", "3.5亿", "350 million"])
    page.keyboard.press(".")
    expect(count).to_have_text("2 of 4")
    page.keyboard.press(",")
    page.keyboard.press(",")
    expect(count).to_have_text("4 of 4")
    page.get_by_role("button", name="Next hit").click()
    expect(count).to_have_text("1 of 4")
    page.keyboard.press("r")
    expect(page.locator("#finding")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#finding")).to_be_hidden()
    expect(page).to_have_url(re.compile(rf"/documents/{document.pk}/$"))


def test_every_kind_has_its_tab_and_filters_go_by_a_click(doors: Doors, cast: Cast, document: Document) -> None:
    page = enter(doors, cast, "viewer", "search/?q=国务院 in:規則")
    tabs = page.locator("nav.tabs a")
    expect(tabs).to_have_text([re.compile("Texts 2"), re.compile("Marked passages 1"), re.compile("Claims.* 0"),
                               re.compile("Sources 0"), re.compile("Comments 1")])  # fmt: skip
    page.get_by_role("link", name="Marked passages 1").click()
    expect(page.locator("mark")).to_have_text("國務院")
    page.get_by_role("link", name="Search without in:規則").click()
    expect(page.locator("#q")).to_have_value("国务院")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("nav.tabs a[aria-current]")).to_have_text(re.compile("Marked passages 1"))


def test_pages_of_results_and_what_is_broken(doors: Doors, cast: Cast) -> None:
    make_document(cast["annotator"], "\n\n".join(f"Paragraph {n} on compute." for n in range(45)))
    page = enter(doors, cast, "viewer", "search/?q=compute")
    expect(page.locator("mark")).to_have_count(20)
    page.get_by_role("link", name="Next page").click()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("mark")).to_have_count(5)
    page.locator("#q").fill("compute AND (paragraph")
    page.keyboard.press("Enter")
    expect(page.get_by_text("A bracket is not closed")).to_be_visible()
    expect(page.locator("#q")).to_have_value("compute AND (paragraph")
    expect(page.get_by_text("Nothing found")).to_have_count(0)


def two_claims(cast: Cast) -> None:
    with writing(by=cast["annotator"]) as op:
        for number in ("30%", "40%"):
            statements.create(op, "claim", f"全球{number}的算力集中于少数发达国家")


def test_a_contradiction_is_said_and_stands_in_the_biography(doors: Doors, cast: Cast) -> None:
    two_claims(cast)
    page: Page = enter(doors, cast, "annotator", "contradictions/")
    expect(page.locator("mark.clash")).to_have_text(["30%", "40%"])
    page.get_by_role("button", name="C-1 contradicts C-2").click()
    expect(page.get_by_text("Nothing to look at")).to_be_visible()
    page.get_by_role("link", name="Contradict each other 1").click()
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("button", name="Not a contradiction").click()
    expect(page.locator("article")).to_have_count(0)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/statements/C-1/biography/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Biography of C-1")
    expect(page.get_by_text("No passage has a date.")).to_be_visible()

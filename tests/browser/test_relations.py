"""Relations in a browser: the graph by keys and pointer, and a merge that is found by typing and taken back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Statement
from annotations.services import relations, statements
from annotations.services.op import writing
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    document = make_document(cast["annotator"])
    mark(cast["annotator"], document, "a global standards body", "claim")
    mark(cast["annotator"], document, "233 reported incidents", "claim")
    with writing(by=cast["annotator"]) as op:
        one, two = Statement.objects.order_by("id")
        three = statements.create(op, "claim", "A third claim")
        relations.relate(op, one, two, "supports")
        relations.relate(op, three, two, "attacks", state="suggested")
    return cast


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look: RELATION_PICTURES names the folder."""
    if folder := os.environ.get("RELATION_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_graph_by_keys(doors: Doors, cast: Cast) -> None:
    page = enter(doors, cast, "viewer", "graph/")
    graph = page.locator("#graph")
    expect(graph).to_have_class("graph-picture movable")
    expect(graph.locator(".node[tabindex='0']")).to_have_count(1)
    page.locator(".graph [data-action=zoom-all]").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".node:focus")).to_have_attribute("aria-label", "C-1 a global standards body")
    expect(graph).to_have_class("graph-picture movable lit")
    expect(graph.locator(".edge.near")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".node:focus")).to_have_attribute("aria-label", "C-2 233 reported incidents")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".node:focus")).to_have_attribute("aria-label", "C-2 233 reported incidents")
    before = graph.get_attribute("viewBox") or ""
    page.keyboard.press("+")
    expect(graph).not_to_have_attribute("viewBox", before)
    near = graph.get_attribute("viewBox") or ""
    page.keyboard.press("Shift+ArrowLeft")
    expect(graph).not_to_have_attribute("viewBox", near)
    page.keyboard.press("0")
    page.keyboard.press("-")
    picture(page, "graph")
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/c/')[0]}/c/{cast.corpus.slug}/statements/C-2/")


def test_the_graph_by_pointer(doors: Doors, cast: Cast) -> None:
    page = enter(doors, cast, "viewer", "graph/")
    graph = page.locator("#graph")
    expect(graph).to_have_class("graph-picture movable")
    node = graph.locator(".node").first
    box = node.bounding_box()
    assert box
    before = graph.get_attribute("viewBox") or ""
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    expect(graph).not_to_have_attribute("viewBox", before)
    expect(page).to_have_url(f"{page.url.split('/c/')[0]}/c/{cast.corpus.slug}/graph/")
    node.click()
    expect(page.locator("h1.statement-text")).to_be_visible()


def test_a_merge_is_found_by_typing_and_taken_back(doors: Doors, cast: Cast) -> None:
    page = enter(doors, cast, "checker", "statements/C-2/")
    page.locator("[popovertarget=more-moves]").click()
    page.get_by_role("link", name="Merge into another").click()
    page.get_by_role("combobox", name="The statement that stays").fill("standards")
    page.get_by_role("option", name="C-1 a global standards body").click()
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.locator("#moves")).to_be_visible()
    picture(page, "merge")
    assert faults(page) == []
    page.get_by_role("button", name="Merge C-2 into C-1").click()
    expect(page.locator("#places")).to_contain_text("2 passages")
    page.locator("#done").get_by_role("button", name="Undo").click()
    expect(page.locator("h1.statement-text")).to_have_text("233 reported incidents")
    expect(page.locator("#places")).to_contain_text("1 passage")
    page.locator("#done").get_by_role("button", name="Do it again").click()
    expect(page.locator("h1.statement-text")).to_have_text("a global standards body")

"""Evidence selected in a snapshot by mouse, keyboard and touch, one key each; its marks, its address, its privacy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Answer, Evidence, Source, Statement
from annotations.services import sources, verifications
from annotations.services.op import writing
from tests import checks
from tests.browser.axe import faults
from tests.browser.reader.driver import PAINTED
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_live import enter
from tests.factories import Cast, make_cast

pytestmark = [pytest.mark.browser, needs_chromium]

HEAD = (
    "Annual report 😀", "𠮷野家稱，國務院共計 233 起👩‍👩‍👧。其餘不詳。",
    "There were 233 reported incidents in 2024, 56.4 % more than in 2023.",
)  # fmt: skip
LONG = [
    f"Paragraph {number} says nothing of it at all: the page is to be long enough to scroll." for number in range(40)
]
SAYS = "\n".join([*HEAD, *LONG, "At the very end: no further incidents are known."])
ASTRAL = "𠮷野家稱，國務院共計 233 起👩‍👩‍👧"
#: Select words of the text as a mouse would leave them selected.
SELECT = """text => {
  const walker = document.createTreeWalker(document.getElementById("doc"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(text);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + text.length);
    return;
  }
  throw new Error(text);
}"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    return checks.make_claim(cast)


@pytest.fixture
def source(cast: Cast) -> Source:
    return checks.make_source(cast, SAYS)


@pytest.fixture
def answer(cast: Cast, claim: Statement) -> Answer:
    check = checks.begin(cast, claim)
    with writing(by=cast["checker"]) as op:
        question = verifications.ask(op, check, "What does the report say?")
        return verifications.reply(op, question, text="233", type="extractive")


def opened(doors: Doors, cast: Cast, source: Source, role: str = "checker", query: str = "") -> Page:
    page = enter(doors, cast, role, f"sources/{source.pk}/snapshots/{source.snapshots.get().pk}/{query}")
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    return page


def saved(page: Page) -> None:
    expect(page.locator("#stancebar .bar-saved")).to_have_attribute("data-state", "saved")


def painted(page: Page, name: str, *texts: str) -> None:
    """These words, and no others, carry this highlight."""
    assert page.evaluate(PAINTED, name) == list(texts)


def test_a_key_quotes_what_the_mouse_selected(doors: Doors, cast: Cast, source: Source, claim: Statement) -> None:
    page = opened(doors, cast, source, query=f"?for={claim.label}")
    block = page.locator("#b2")
    block.dblclick(position={"x": 20, "y": 15})  # the first word, as a hand does it
    bar = page.locator("#stancebar")
    expect(bar).to_be_visible()
    expect(bar.locator("[data-action=choose-claim]")).to_contain_text(claim.label)
    expect(bar.locator("[data-action=supports] kbd")).to_have_text("1")
    page.keyboard.press("1")
    saved(page)
    row = Evidence.objects.get()
    assert (row.quote, row.stance, row.statement, row.snapshot) == (
        "There", "supports", claim, source.snapshots.get()
    )  # fmt: skip
    assert SAYS[row.start : row.end] == "There"
    painted(page, "tint-green", "There")
    expect(page.locator("#cards .margin-card")).to_contain_text("Supports")
    page.keyboard.press("3")  # the selection stays: the same evidence, changed
    page.keyboard.press("2")  # and once more, without waiting
    expect(bar.locator("[data-action=refutes]")).to_have_attribute("aria-pressed", "true")
    saved(page)
    painted(page, "tint-red", "There")
    row.refresh_from_db()
    assert row.stance == "refutes" and Evidence.objects.count() == 1
    assert faults(page) == []


def test_the_three_stances_undo_and_reload(doors: Doors, cast: Cast, source: Source, claim: Statement) -> None:
    page = opened(doors, cast, source, query=f"?for={claim.label}")
    words = {"1": ASTRAL, "2": "56.4 % more", "3": "Annual report 😀"}
    for key, text in words.items():
        page.evaluate(SELECT, text)
        expect(page.locator("#stancebar .bar-count")).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator("#stancebar .bar-saved")).to_contain_text("saved for")
        saved(page)
        expect(page.locator("#count")).to_contain_text(str(list(words).index(key) + 1))
    rows = {row.stance: row for row in Evidence.objects.all()}
    assert {name: row.quote for name, row in rows.items()} == {
        "supports": ASTRAL, "refutes": "56.4 % more", "context": "Annual report 😀",
    }  # fmt: skip
    assert all(SAYS[row.start : row.end] == row.quote and row.quote_found for row in rows.values())
    page.reload()
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    painted(page, "tint-green", ASTRAL)
    painted(page, "tint-red", "56.4 % more")
    painted(page, "tint-blue", "Annual report 😀")
    page.evaluate(SELECT, "in 2024")
    expect(page.locator("#stancebar")).to_be_visible()
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("Control+z")
    expect(page.locator("#count")).to_contain_text("3")
    assert Evidence.objects.filter(removed_at=None).count() == 3
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#count")).to_contain_text("4")
    assert Evidence.objects.filter(removed_at=None).count() == 4


def test_by_keyboard_alone_and_the_fields_beside(doors: Doors, cast: Cast, source: Source, claim: Statement) -> None:
    page = opened(doors, cast, source)
    page.locator("#doc").focus()
    page.keyboard.press("s")  # the sentence at the reading line, and the next one
    expect(page.locator("#stancebar")).to_be_visible()
    page.keyboard.press("3")  # for which claim? asked once, then saved with this stance
    field = page.get_by_role("combobox", name="For which claim or proposal")
    expect(field).to_be_focused()
    page.keyboard.type(claim.label)
    expect(page.locator(".panel-link [role=option]").first).to_contain_text(claim.label)
    page.keyboard.press("Enter")
    saved(page)
    row = Evidence.objects.get()
    assert row.stance == "context" and SAYS[row.start : row.end] == row.quote
    page.keyboard.press("e")
    expect(page.locator("#evidence-locator")).to_be_focused()
    page.keyboard.type("p. 12, table 3")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("1 2 3 l s")  # keys of the page are letters here
    page.keyboard.press("Control+Enter")
    expect(page.locator(".panel-evidence")).to_have_count(0)
    row.refresh_from_db()
    assert (row.locator, row.note, row.stance) == ("p. 12, table 3", "1 2 3 l s", "context")
    page.keyboard.press("Escape")
    expect(page.locator("#stancebar")).to_be_hidden()
    page.reload()  # the claim is kept
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    page.evaluate(SELECT, "no further incidents")
    expect(page.locator("#stancebar [data-action=choose-claim]")).to_contain_text(claim.label)
    assert Evidence.objects.count() == 1


def test_from_an_answer_it_counts_there_at_once(
    doors: Doors, cast: Cast, source: Source, claim: Statement, answer: Answer
) -> None:
    page = enter(doors, cast, "checker", f"statements/{claim.label}/check/")
    page.get_by_role("link", name="Select in a source").click()
    page.get_by_role("link", name=source.title).click()
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    expect(page.locator(".purpose")).to_contain_text("What does the report say?")
    page.evaluate(SELECT, "233 reported incidents in 2024")
    expect(page.locator("#stancebar")).to_be_visible()
    page.keyboard.press("1")
    saved(page)
    page.get_by_role("link", name="Back to the check").click()
    line = page.locator(".questions .cite")
    expect(line).to_contain_text("233 reported incidents in 2024")
    assert Evidence.objects.get().answer == answer
    line.get_by_role("link", name=source.title).click()
    expect(page.locator("#cards .margin-card.current")).to_contain_text(claim.label)


def test_the_address_of_evidence_leads_to_its_words(doors: Doors, cast: Cast, source: Source, claim: Statement) -> None:
    at = SAYS.index("no further incidents")
    with writing(by=cast["checker"]) as op:
        row = sources.add_evidence(op, claim, source, stance="context", start=at, end=at + 20)
    page = opened(doors, cast, source, role="viewer", query=f"#e-{row.pk}")
    card = page.locator("#cards .margin-card.current")
    expect(card).to_contain_text("Context")
    expect(page.get_by_text("At the very end")).to_be_in_viewport()
    assert page.evaluate(PAINTED, "focus") == ["no further incidents"]
    page.evaluate(SELECT, "the very end")  # somebody who may only read gets no bar
    expect(page.locator("#stancebar")).to_be_hidden()


def test_others_see_the_words_and_no_stance(
    doors: Doors, cast: Cast, source: Source, claim: Statement, answer: Answer
) -> None:
    annotator = opened(doors, cast, source, role="annotator")
    expect(annotator.locator("html")).to_have_attribute("data-feed", "live")
    expect(annotator.locator("#count")).to_contain_text("0")
    checker = opened(doors, cast, source, query=f"?for={claim.label}")
    checker.evaluate(SELECT, ASTRAL)
    expect(checker.locator("#stancebar")).to_be_visible()
    checker.keyboard.press("2")
    saved(checker)
    card = annotator.locator("#cards .margin-card")  # it comes by itself
    expect(card).to_contain_text(claim.label)
    painted(annotator, "tint-plain", ASTRAL)
    card.click()
    expect(card).to_contain_text(cast["checker"].name)
    for word in ("Refutes", "Supports", "Context"):
        expect(card).not_to_contain_text(word)
    assert '"stance": "refutes"' not in annotator.content() and annotator.evaluate(PAINTED, "tint-red") == []

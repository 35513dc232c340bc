"""Steps 10 to 13: a note by an input method, a claim inside a repeated body, a variant, two documents read through."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walk.desk import Desk
from tests.browser.walk.marking import by_quote
from tests.browser.walk.stage import Person, Walk


def clear(person: Person) -> None:
    """Nothing selected, nothing current."""
    person.press("Escape", "Escape", "Escape")


def claim(walk: Walk, words: str, label: str) -> None:
    chen = walk["陈"]
    clear(chen)
    boxes = chen.in_sight(words)
    Desk(chen).drag_between(words, words) if len(boxes) > 2 else chen.drag(words)
    assert chen.selected().replace("\n", "") == words
    chen.press("c")
    chen.saved()
    chen.until("(label) => document.querySelector('#tagbar .do-claim .label')?.textContent === label", label)


def step_10_note(walk: Walk) -> None:
    """A note written by an input method, with 1 and Enter to choose and the letters c, p, 3 in it, adds no tag, no
    claim and is not saved before Ctrl+Enter."""
    chen, desk, plan = walk["陈"], Desk(walk["陈"]), walk.plan
    before = by_quote(walk, plan.passages.damaged)
    clear(chen)
    desk.scroll_to(plan.damaged_paragraph)
    open_damaged(walk)
    chen.press("e")
    chen.page.wait_for_selector("#edit-note:focus")
    desk.compose("anquan", "安全", "1")
    desk.compose("biaozhun", "标准", "Enter")
    chen.page.keyboard.type("cp3")
    assert chen.page.input_value("#edit-note") == "安全标准cp3"
    now = by_quote(walk, plan.passages.damaged)
    assert (now["version"], now["tags"], now["note"]) == (before["version"], before["tags"], "")
    assert len(walk.annotations(walk.a)) == len(plan.repeats) + 4
    chen.press("Control+Enter")
    chen.saved()
    saved = by_quote(walk, plan.passages.damaged)
    assert (saved["note"], saved["tags"], len(saved["statements"])) == ("安全标准cp3", [], 1)  # type: ignore[arg-type]


def open_damaged(walk: Walk) -> None:
    """Click P-2, which lies inside another passage."""
    chen = walk["陈"]
    chen.click(walk.plan.passages.inside)
    expect(chen.page.locator(".panel-passages [role=option]")).to_have_count(2)
    chen.press("Enter")
    chen.until("(label) => document.querySelector('.margin-card.current')?.textContent.includes(label)", "P-2")


def step_11_repeated_body(walk: Walk) -> None:
    """C-2 in the document with a repeated body: who says it, and by which report, is proposed; shown, the copy is
    marked, too, and it is still one passage."""
    chen, desk, plan = walk["陈"], Desk(walk["陈"]), walk.plan
    chen.read(walk.slug, walk.b)
    desk.scroll_to(plan.number_paragraph)
    claim(walk, plan.passages.number, "C-2")
    [row] = walk.annotations(walk.b)
    [statement] = row["statements"]
    assert (statement["voice"], statement["speaker"], statement["reported_via"]) == ("document", plan.speaker, plan.via)
    assert {"voice", "speaker", "reported_via"} <= set(statement["prefilled"])
    expect(chen.page.locator(".margin-card.current .proposed").first).to_contain_text(plan.speaker)
    assert len(row["copies"]) == 1
    chen.page.locator(".fold button").click()
    copy = plan.number_paragraph + plan.b.folded
    chen.page.wait_for_selector(f"#b{copy - 1}")
    chen.page.locator(f"#b{copy - 1}").scroll_into_view_if_needed()
    desk.wait_for_mark("line-claim", copy)
    assert desk.marks_in(copy)["line-claim"] == plan.passages.number
    assert len(walk.passages_of("C-2")) == 1
    assert chen.page.inner_text("#count").split()[0] == "1"


def step_12_variant(walk: Walk) -> None:
    """C-3 in one document; in the other a passage is linked to it as a variant that differs in number: L, a word in the
    other script, Shift+Enter."""
    chen, plan = walk["陈"], walk.plan
    chen.read(walk.slug, walk.a)
    claim(walk, plan.passages.share, "C-3")
    chen.read(walk.slug, walk.b)
    chen.drag(plan.passages.variant)
    chen.press("l")
    page = chen.page
    page.wait_for_selector(".panel-link [role=option]")
    page.keyboard.type(plan.passages.share_query)
    expect(page.locator(".panel-link [role=option]", has_text="C-3")).to_have_count(1)
    while "C-3" not in page.locator(".panel-link [aria-selected=true]").inner_text():
        chen.press("ArrowDown")
    chen.press("Shift+Enter")
    expect(page.locator(".panel-link .difference button").first).to_be_focused()  # a number; the others by the arrows
    walk.picture("step_12_difference")
    chen.press("Enter")
    chen.saved()
    fits = sorted((row["fit"], row["difference"]) for row in walk.passages_of("C-3"))
    assert fits == [("same", ""), ("variant", "number")]


def step_13_read(walk: Walk) -> None:
    """C-4 and C-5; D leads from one document to the unread other one, then there is none left; 陈 has read both."""
    chen, plan = walk["陈"], walk.plan
    chen.read(walk.slug, walk.a)
    claim(walk, plan.passages.forecast, "C-4")
    clear(chen)
    chen.press("d")
    chen.page.wait_for_url(f"**/documents/{walk.b}/")
    chen.painted_reader()
    claim(walk, plan.passages.leaning, "C-5")
    clear(chen)
    chen.press("d")
    chen.said(chen.word("Read through"))
    for pk in (walk.a, walk.b):
        assert chen.get(f"/api/documents/{pk}/reading/")["state"] == "read"
    found = {
        label: walk.statement(label)["kind"]
        for label in ("C-1", "C-2", "C-3", "C-4", "C-5", "P-1", "P-2", "P-3", "P-4")
    }
    assert len(found) == 9

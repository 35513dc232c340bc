"""Steps 5 to 9: the first claim and proposal, identical passages, damaged words, facts carried along, nested marks."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.browser.walk.desk import Desk
from tests.browser.walk.stage import Walk, numbers


def labels(row: dict[str, object]) -> set[str]:
    return {one["label"] for one in row["statements"]}  # type: ignore[attr-defined, index]


def step_05_first_claim(walk: Walk) -> None:
    """P and C on one selection give one passage with P-1 and C-1, saved, within a minute of the first sight of the
    page; two undos and two redos later the same numbers are back."""
    chen, desk = walk["陈"], Desk(walk["陈"])
    chen.read(walk.slug, walk.a)
    began = time.monotonic()
    chen.drag(walk.plan.passages.repeated)
    chen.press("p")
    chen.saved()
    chen.press("c")
    chen.saved()
    assert time.monotonic() - began < 60
    [row] = walk.annotations(walk.a)
    assert labels(row) == {"P-1", "C-1"} and row["quote"] == walk.plan.passages.repeated
    assert chen.state("saved") == chen.word("Saved")
    desk.undo(2)
    assert walk.annotations(walk.a) == []
    desk.redo(2)
    [row] = walk.annotations(walk.a)
    assert labels(row) == {"P-1", "C-1"}


def step_06_repeat(walk: Walk) -> None:
    """A shows where else the words stand; accepted, both statements are in all passages; one undo, one redo."""
    chen, desk, plan = walk["陈"], Desk(walk["陈"]), walk.plan
    chen.press("a")
    counts = chen.page.locator(".panel-same .count")
    expect(counts.first).to_be_visible()
    assert [numbers(text)[0] for text in counts.all_inner_texts()] == list(plan.repeats[1:])
    desk.hushed()
    chen.press("Enter")
    chen.said(chen.word("Marked on all"))
    both = [labels(row) for row in walk.annotations(walk.a)]
    assert both == [{"P-1", "C-1"}] * len(plan.repeats)
    assert len(walk.passages_of("P-1")) == len(walk.passages_of("C-1")) == len(plan.repeats)
    desk.undo()
    assert len(walk.annotations(walk.a)) == 1
    desk.redo()
    assert len(walk.annotations(walk.a)) == len(plan.repeats)
    chen.press("Escape")


def step_07_damaged(walk: Walk) -> None:
    """Clean words are kept with their glosses, to the very character; Y copies them clean, with citation and a link
    that lands on the passage; who proposes and who should act is said on the card."""
    chen, desk, plan = walk["陈"], Desk(walk["陈"]), walk.plan
    desk.select_by_keys(plan.passages.damaged, plan.damaged_paragraph)
    chen.press("p")
    chen.saved()
    row = by_quote(walk, plan.passages.damaged)
    assert (row["start"], row["end"]) == plan.damaged_span
    assert len(row["exact"]) == plan.damaged_span[1] - plan.damaged_span[0]
    assert row["exact"].count("(") == len(row["exact"].split(")")) - 1 > 0
    if plan.damaged_exact:
        assert row["exact"] == plan.damaged_exact
    desk.hushed()
    chen.press("y")
    chen.said(chen.word("Copied: quote, citation and link"))
    lines = desk.clipboard().split("\n")
    assert lines[0].strip("“”") == plan.passages.damaged
    assert plan.author in lines[1] and plan.title in lines[1] and f"¶ {plan.damaged_paragraph}" in lines[1]
    lands(walk, lines[2], row["id"])
    name_them(walk)
    [statement] = by_quote(walk, plan.passages.damaged)["statements"]
    assert (statement["label"], statement["proposer"], statement["actor"]) == ("P-2", [plan.proposer], [plan.actor])


def by_quote(walk: Walk, quote: str, document: int = 0) -> dict[str, object]:
    [row] = [row for row in walk.annotations(document or walk.a) if row["quote"] == quote]
    return row


def lands(walk: Walk, link: str, pk: object) -> None:
    """Somebody else opens the link."""
    li = walk["李"]
    li.go(link)
    li.painted_reader()
    li.current({"id": pk})
    ring = li.page.locator(".ring").first
    expect(ring).to_be_in_viewport()


def name_them(walk: Walk) -> None:
    chen, plan = walk["陈"], walk.plan
    chen.press("e")
    chen.page.wait_for_selector("#edit-note:focus")
    chen.page.locator(".card-form summary").click()
    chen.page.fill("#edit-proposer", plan.proposer)
    chen.page.fill("#edit-actor", plan.actor)
    chen.press("Control+Enter")
    chen.saved()


def step_08_carried(walk: Walk) -> None:
    """P and = on two more passages: P-3 and P-4 have the actor and the proposer of P-2."""
    chen, desk, plan = walk["陈"], Desk(walk["陈"]), walk.plan
    for words in (plan.passages.second, plan.passages.third):
        chen.press("Escape", "Escape")
        chen.drag(words)
        chen.press("p")
        chen.saved()
        desk.hushed()
        chen.press("=")
        chen.said("P-")
        chen.saved()
    found = [by_quote(walk, words)["statements"][0] for words in (plan.passages.second, plan.passages.third)]  # type: ignore[index]
    assert [one["label"] for one in found] == ["P-3", "P-4"]
    assert [(one["proposer"], one["actor"]) for one in found] == [([plan.proposer], [plan.actor])] * 2


def step_09_nested(walk: Walk) -> None:
    """A passage with only a tag lies around P-2: a click where both are opens a picker with two; the marks are the same
    after a reload, at 200 %, on a phone and in the raw text, where they include the glosses."""
    chen, desk, plan = walk["陈"], Desk(walk["陈"]), walk.plan
    chen.press("Escape", "Escape")
    desk.drag_between(*plan.passages.around)
    chen.press("4")
    chen.saved()
    chen.press("Escape", "Escape")
    pick(walk)
    before = desk.marks_in(plan.damaged_paragraph)
    assert plan.passages.damaged in before["line-proposal"]
    [tint] = [words for name, words in before.items() if name.startswith("tint-")]
    assert tint.startswith(plan.passages.around[0]) and tint.endswith(plan.passages.around[1])
    chen.page.reload()
    chen.painted_reader()
    same(walk, desk, before)
    chen.page.set_viewport_size({"width": 640, "height": 450})  # what 1280 by 900 is at 200 %
    same(walk, desk, before)
    chen.page.set_viewport_size({"width": 1280, "height": 900})
    views(walk, desk, before)
    phone(walk, before)


def pick(walk: Walk) -> None:
    chen = walk["陈"]
    chen.click(walk.plan.passages.inside)
    options = chen.page.locator(".panel-passages [role=option]")
    expect(options).to_have_count(2)
    chen.press("Enter")
    chen.until("(label) => document.querySelector('.margin-card.current')?.textContent.includes(label)", "P-2")


def same(walk: Walk, desk: Desk, before: dict[str, str]) -> None:
    desk.scroll_to(walk.plan.damaged_paragraph)
    desk.wait_for_mark("line-proposal", walk.plan.damaged_paragraph)
    assert desk.marks_in(walk.plan.damaged_paragraph) == before


def views(walk: Walk, desk: Desk, before: dict[str, str]) -> None:
    """R: repairs marked, raw, and back."""
    chen, plan = walk["陈"], walk.plan
    desk.scroll_to(plan.damaged_paragraph)
    for view in ("repairs", "raw", "clean"):
        chen.press("r")
        chen.until("(view) => document.querySelector('#doc').dataset.view === view", view)
        if view == "raw":
            chen.until("() => CSS.highlights.get('line-proposal')?.size > 0")
            exact = str(by_quote(walk, plan.passages.damaged)["exact"])
            assert exact in desk.marks_in(plan.damaged_paragraph)["line-proposal"]
    same(walk, desk, before)


def phone(walk: Walk, before: dict[str, str]) -> None:
    """390 px and fingers: the same marks, a tap opens the card from below."""
    page = walk.doors.open("陈", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    person = walk.enter("陈 phone", page, "zh-hans")
    person.read(walk.slug, walk.a)
    desk = Desk(person)
    page.evaluate(
        "(n) => document.getElementById(`b${n - 1}`).scrollIntoView({ block: 'center' })", walk.plan.damaged_paragraph
    )
    person.until("() => CSS.highlights.get('line-proposal')?.size > 0")
    assert desk.marks_in(walk.plan.damaged_paragraph) == before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = person.in_sight(walk.plan.passages.second)[0]
    page.touchscreen.tap(box[0] + 8, (box[1] + box[3]) / 2)
    expect(page.locator("#sheet, .panel-passages").locator("visible=true").first).to_be_visible()
    walk.picture("step_09_nested")
    page.context.close()
    del walk.people["陈 phone"]

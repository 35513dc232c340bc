"""Step 15: nine statements through the triage deck, by keys."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.walk.stage import Person, Walk, numbers


def step_15_triage(walk: Walk) -> None:
    """Two questions make C-2 of high worth and queue it; a prediction is set aside only with a date; C-5 is not queued
    before it is reworded; a vague proposal is proposed to be set aside, which 陈 overrules."""
    chen = walk["陈"]
    chen.go(f"/c/{walk.slug}/triage/")
    assert numbers(chen.page.locator(".page-head .num").inner_text())[-1] == 9, "nine wait"
    track(chen, "P-1", "new_institution", 2)
    queue(chen, "C-1", "event")
    track(chen, "P-2", "standards_evaluation", 2)
    overrule(chen)
    track(chen, "P-4", "risk_monitoring", 2)
    two_questions(walk)
    queue(chen, "C-3", "quantity")
    forecast(walk)
    leaning(walk)
    expect(chen.page.locator("#deck")).to_have_count(0)
    work = {label: walk.statement(label)["work"] for label in walk.statements}
    queued = {label for label, state in work.items() if state == "queued"}
    assert queued == {"C-1", "C-2", "C-3", "C-5"} and work["C-4"] == "set_aside"
    assert {label for label, state in work.items() if state == "tracked"} == {"P-1", "P-2", "P-3", "P-4"}


def at(chen: Person, label: str) -> Page:
    """The deck shows this statement."""
    expect(chen.page.locator("h1")).to_contain_text(label)
    return chen.page


def stand_alone(page: Page) -> None:
    page.get_by_role("checkbox").first.check()


def track(chen: Person, label: str, mechanism: str, specificity: int) -> None:
    page = at(chen, label)
    stand_alone(page)
    page.select_option("#mechanism", mechanism)
    page.select_option("#specificity", str(specificity))
    page.locator("h1").evaluate("() => document.activeElement.blur()")
    chen.press("Enter")
    page.wait_for_url(re.compile("after="))


def answer(chen: Person, value: str) -> None:
    """Press the digit printed on the answer."""
    button = chen.page.locator(f"[data-action=answer][value={value}]")
    digit = button.locator("kbd").inner_text()
    with chen.page.expect_navigation():
        chen.press(digit)


def queue(chen: Person, label: str, kind: str) -> None:
    page = at(chen, label)
    stand_alone(page)
    page.select_option("#type", kind)
    page.evaluate("() => document.activeElement.blur()")
    answer(chen, "yes")
    answer(chen, "urgent")
    chen.press("Enter")
    page.wait_for_url(re.compile("after="))


def overrule(chen: Person) -> None:
    """Specificity 1: the deck proposes to set P-3 aside; Enter tracks it all the same."""
    page = at(chen, "P-3")
    stand_alone(page)
    page.select_option("#mechanism", "technology_sharing")
    page.select_option("#specificity", "1")
    expect(page.locator("button.primary[data-action=set-aside]")).to_be_visible()
    expect(page.locator("button.primary[data-action=queue]")).to_have_count(0)
    assert page.locator("#aside [value=too_vague]").is_checked()
    track(chen, "P-3", "technology_sharing", 1)


def two_questions(walk: Walk) -> None:
    chen = walk["陈"]
    page = at(chen, "C-2")
    stand_alone(page)
    page.select_option("#type", "quantity")
    page.evaluate("() => document.activeElement.blur()")
    answer(chen, "yes")
    answer(chen, "urgent")
    expect(page.locator("[data-action=answer]")).to_have_count(0)
    assert walk.statement("C-2")["checkworthiness"] == "high"
    walk.picture("step_15_two_questions")
    chen.press("Enter")
    page.wait_for_url(re.compile("after="))
    found = walk.statement("C-2")
    assert (found["work"], found["q2"], found["q3"]) == ("queued", None, None)


def forecast(walk: Walk) -> None:
    """X, the digit of the reason, and no date: refused; with a date, and what will decide it, it is set aside."""
    chen = walk["陈"]
    page = at(chen, "C-4")
    chen.press("x")
    dialog = page.locator("#aside")
    expect(dialog).to_be_visible()
    reason = dialog.locator("label", has=page.locator("[value=prediction]"))
    chen.press(reason.locator("kbd").inner_text())
    expect(dialog.locator("[value=prediction]")).to_be_checked()
    dialog.locator("button.primary").click()
    expect(page.locator(".message.error, .messages").first).to_be_visible()
    assert walk.statement("C-4")["work"] == "untriaged"
    at(chen, "C-4")
    if not dialog.is_visible():
        page.evaluate("() => document.activeElement.blur()")
        chen.press("x")
    walk.picture("step_15_prediction")
    page.fill("#resolve_by", "2027-12-31")
    page.fill("#criteria", "Members named by the organisation itself.")
    dialog.locator("button.primary").click()
    page.wait_for_url(re.compile("after="))
    assert walk.statement("C-4")["resolve_by"] == "2027-12-31"


def leaning(walk: Walk) -> None:
    """What cannot stand alone is named; queueing is refused in words; reworded, it goes."""
    chen, plan = walk["陈"], walk.plan
    page = at(chen, "C-5")
    marks = page.locator(".notice mark").all_inner_texts()
    assert any(mark in plan.passages.leaning_on for mark in marks), marks
    page.select_option("#type", "document_content")
    page.evaluate("() => document.activeElement.blur()")
    answer(chen, "yes")
    answer(chen, "urgent")
    chen.press("Enter")
    expect(page.locator(".message.error, .messages .error").first).to_be_visible()
    assert walk.statement("C-5")["work"] == "untriaged"
    walk.picture("step_15_leaning")
    page.evaluate("() => document.activeElement.blur()")
    chen.press("e")
    expect(page.locator("#wording")).to_be_focused()
    page.fill("#wording", plan.passages.leaning.replace(plan.passages.leaning_on, "《全球数字契约》"))
    stand_alone(page)
    page.evaluate("() => document.activeElement.blur()")
    chen.press("Enter")
    page.wait_for_url(re.compile("after=|triage/$"))
    assert walk.statement("C-5")["work"] == "queued"

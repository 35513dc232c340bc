"""Steps 21 to 23: the check of C-2 goes public, is paused, corrected and published again; a milestone is confirmed by a
second person; evidence is withdrawn and the claim opens again."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.walk.checking import SOLE, TEXT, WHY, record, save, send
from tests.browser.walk.stage import Person, Walk

PUBLISHER, CONTACT = "The desk", "corrections@example.org"
PAUSED = "A reader asks what is counted."
NEW_WHY = (
    "The text of the index names this number for this year, and it says that only incidents which were reported to "
    "one database are counted."
)
LIMITS = "counts reported incidents"
NOTE = "Only reported incidents are counted; the first version did not say so."
DAY = "2025-07-26"


def step_21_published(walk: Walk) -> None:
    """Publish asks once for publisher and contact and shows the page first; then everybody can read it without a login,
    with one ClaimReview; the card of C-2 shows the verdict in both copies, the variant of C-3 shows none."""
    zhao = walk["赵"]
    page = preview(walk, zhao)
    expect(page.locator("article")).to_contain_text(WHY)
    assert visitor(walk, status=404).locator("article").count() == 0, "until then nobody else reads it"
    page.fill("[name=publisher_name]", PUBLISHER)
    page.fill("[name=publisher_contact]", CONTACT)
    page.locator("[name=do][value=look]").click()
    expect(page.locator("body > footer, footer").last).to_contain_text(PUBLISHER)
    publish(page)
    assert walk.statement("C-2", "赵")["public"] == "published"
    public = visitor(walk)
    article = public.locator("article")
    for words in (walk.plan.passages.number, WHY, TEXT, "2026-11-21"):
        expect(article).to_contain_text(words)
    expect(article.locator(".public-verdict")).to_contain_text("Supported")
    expect(article.locator("#record")).to_be_visible()
    assert SOLE not in public.content() and CONTACT in public.content()
    (review,) = reviews(public)
    assert review["claimReviewed"] and review["author"]["name"] == PUBLISHER
    cards(walk)


def preview(walk: Walk, zhao: Person) -> Page:
    """The page that publishes, from the page of the claim by its key."""
    zhao.go(f"/c/{walk.slug}/statements/C-2/")
    with zhao.page.expect_navigation():
        zhao.press("m")
    expect(zhao.page.locator("#preview-title")).to_be_visible()
    return zhao.page


def publish(page: Page) -> None:
    page.locator("[name=do][value=publish]").click()
    page.wait_for_url("**/statements/C-2/")


def visitor(walk: Walk, path: str = "", status: int = 200) -> Page:
    """The public page as somebody without a login sees it."""
    page = walk.doors.open()
    answer = page.goto(f"{walk.doors.site}/p/{walk.slug}/C-2/{path}")
    assert answer is not None and answer.status == status
    return page


def reviews(page: Page) -> list[dict[str, Any]]:
    """The ClaimReviews of a page, as machines read them."""
    found = [json.loads(text) for text in page.locator('script[type="application/ld+json"]').all_text_contents()]
    return [one for one in found if one["@type"] == "ClaimReview"]


def cards(walk: Walk) -> None:
    """In the document with the repeated body: the verdict on the passage in either copy, none on the variant."""
    chen, plan = walk["陈"], walk.plan
    chen.read(walk.slug, walk.b)
    chen.page.locator(".fold button").click()
    chen.page.wait_for_selector(f"#b{plan.number_paragraph + plan.b.folded - 1}")
    for copy in (0, 1):
        chen.press("Escape", "Escape")
        chen.click(plan.passages.number, copy)
        found = chen.page.locator(".margin-card.current")
        expect(found).to_contain_text("C-2")
        expect(found).to_be_in_viewport()
        expect(found).to_contain_text(chen.word("Supported"))
    walk.picture("step_21_card")
    chen.press("Escape", "Escape")
    chen.click(plan.passages.variant)
    expect(chen.page.locator(".margin-card.current")).to_contain_text("C-3")
    expect(chen.page.locator(".margin-card.current")).not_to_contain_text(chen.word("Supported"))


def step_22_corrected(walk: Walk) -> None:
    """Paused with a reason the public page says “under review”; the second version, reviewed blind, is published with a
    correction note only; the first one stays readable, with both days."""
    zhao, li, wang = walk["赵"], walk["李"], walk["王"]
    step(walk, zhao, "paused", PAUSED)
    public = visitor(walk)
    expect(public.locator("article")).to_contain_text("under review")
    expect(public.locator("article")).to_contain_text(PAUSED)
    expect(public.locator("article")).not_to_contain_text(WHY)
    assert not reviews(public) and "Supported" not in public.inner_text("article")
    step(walk, zhao, "in_progress", "The index says what it counts.")
    revise(walk, li)
    record(walk, wang, "mostly_supported", "agrees with its foreword")
    wang.page.locator("[name=action][value=approve]").click()
    wang.page.wait_for_url("**/statements/C-2/")
    page = preview(walk, zhao)
    expect(page.locator(".notice.caution").first).to_contain_text("correction note")
    page.locator("[name=do][value=publish]").click()
    expect(page.locator(".preview")).to_contain_text("correction note")
    assert walk.statement("C-2", "赵")["public"] == "paused", "refused without a note"
    page.fill("[name=correction_note]", NOTE)
    publish(page)
    corrected(walk)


def step(walk: Walk, person: Person, target: str, reason: str) -> None:
    """A step of the workflow with a reason, by the buttons of the page."""
    person.go(f"/c/{walk.slug}/statements/C-2/")
    page = person.page
    opener = page.locator(f'[data-dialog="move-{target}"]')
    if not opener.is_visible():
        page.locator('[popovertarget="more-moves"]').click()
    opener.click()
    page.fill(f"#note-{target}", reason)
    with page.expect_navigation():
        page.locator(f"#move-{target} button.primary").click()
    expect(page.locator("#messages .error")).to_have_count(0)


def revise(walk: Walk, li: Person) -> None:
    """The second version begins as the first one said it; verdict, flag, why and limits change."""
    li.go(f"/c/{walk.slug}/statements/C-2/check/")
    page = li.page
    expect(page.locator("[name=justification]")).to_have_value(WHY)
    expect(page.locator(".questions > li")).to_have_count(2)
    page.select_option("[name=verdict]", "mostly_supported")
    page.locator("[name=flags][value=missing_context]").check()
    page.fill("[name=justification]", NEW_WHY)
    page.fill("[name=limitations]", LIMITS)
    page.fill("[name=as_of_date]", "2026-11-22")
    save(page)
    send(walk, li)


def corrected(walk: Walk) -> None:
    public = visitor(walk)
    article = public.locator("article")
    for words in (NEW_WHY, LIMITS, NOTE, "2026-11-22", PAUSED):
        expect(article).to_contain_text(words)
    expect(article.locator(".public-verdict")).to_contain_text("Mostly supported")
    assert len(reviews(public)) == 1
    earlier = visitor(walk, "versions/1/")
    expect(earlier.locator("article")).to_contain_text(WHY)
    expect(earlier.locator("article")).to_contain_text("a newer one replaced it")
    assert not reviews(earlier)


def step_23_watched(walk: Walk) -> None:
    """A milestone of P-1 counts once a second person confirmed it; when 李 withdraws evidence of C-2 the claim opens
    again by itself, and the public page says so."""
    li, wang = walk["李"], walk["王"]
    li.go(f"/c/{walk.slug}/statements/P-1/")
    page = li.page
    form = page.locator("form", has=page.locator("[name=action][value=milestone]"))
    page.locator("details", has=form).locator("> summary").click()
    form.locator("[name=status]").select_option("in_the_works")
    form.locator("[name=date]").fill(DAY)
    form.locator("[name=source]").select_option(index=1)
    with page.expect_navigation():
        form.locator("button:not([type=button])").last.click()
    entered = page.locator("section", has=page.locator("#progress"))
    expect(entered).to_contain_text(DAY)
    expect(entered).to_contain_text("waits for a second person")
    expect(entered.locator("[name=decision]")).to_have_count(0)
    wang.go(f"/c/{walk.slug}/statements/P-1/")
    with wang.page.expect_navigation():
        wang.page.locator("[name=decision][value=confirm]").click()
    proposal = walk.statement("P-1")
    assert (proposal["progress"], proposal["progress_date"]) == ("in_the_works", DAY)
    walk["陈"].go(f"/c/{walk.slug}/tracker/")
    row = walk["陈"].page.locator('tr[data-label="P-1"]')
    expect(row).to_contain_text(walk["陈"].word("In the works"))
    withdraw(walk, li)


def withdraw(walk: Walk, li: Person) -> None:
    li.go(f"/c/{walk.slug}/statements/C-2/")
    page = li.page
    page.locator("form", has=page.locator("[name=action][value=drop_evidence]")).first.locator("button").click()
    with page.expect_navigation():
        page.locator("dialog[open] button.primary, dialog[open] button.danger").click()
    found = walk.statement("C-2")
    assert (found["work"], found["public"]) == ("in_progress", "published")
    article = visitor(walk).locator("article")
    expect(article).to_contain_text("being checked again")
    expect(article.locator(".public-verdict")).to_contain_text("Mostly supported")

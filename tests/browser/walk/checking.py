"""Steps 17 to 20: 李 checks C-2; 王 judges blind, sends it back once, then approves; until then it is private."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.walk.stage import Person, Walk

TEXT = "233 reported incidents in 2024, 56.4 % more than in 2023"
GROWTH = "56.4 % more than in 2023"
ANSWER = "It counts 233 reported incidents for that year."
WHY = (
    "The text of the index names the very same number and the very same growth, for the same year and world-wide, "
    "as the passage does."
)
SOLE = "The index is the primary source of this number."


def step_17_needed(walk: Walk) -> None:
    """Sending at once is refused: the page lists each missing thing, the API's 409 has the same sentences; a proposal
    is refused a verdict with the reason."""
    li = walk["李"]
    page = li.page
    li.go(f"/c/{walk.slug}/statements/C-2/")
    li.button("Start checking").click()
    expect(page.locator(".message")).to_be_visible()
    li.go(f"/c/{walk.slug}/statements/C-2/check/")
    needed = page.locator("#needed li").all_inner_texts()
    assert len(needed) >= 3, needed
    li.press("m")
    for sentence in needed:
        expect(page.locator("#messages")).to_contain_text(sentence)
    answer = move(li, walk.statement("C-2", "李"), "in_review")
    assert answer.status == 409
    assert [one["detail"] for one in answer.json()["errors"]] == needed
    refused = move(li, walk.statement("P-1", "李"), "in_progress")
    assert refused.status == 409 and "progress, not a verdict" in refused.json()["detail"]


def move(person: Person, statement: dict[str, Any], to: str) -> Any:
    """Ask the API for a step, as this person's browser would."""
    token = person.page.locator('meta[name="csrf-token"]').get_attribute("content")
    return person.page.request.post(
        f"{person.url}/api/statements/{statement['id']}/transitions/",
        data={"to": to},
        headers={"X-CSRFToken": str(token), "If-Match": f'"{statement["id"]}-{statement["version"]}"'},
    )


def step_18_sent(walk: Walk) -> None:
    """A source by pasted text, its words selected in the snapshot; a question from the template with an extractive
    answer, a verdict and why; refused until it is said why one source is enough; then it is in review."""
    li = walk["李"]
    attach(walk, li, TEXT)
    li.go(f"/c/{walk.slug}/statements/C-2/check/")
    page = li.page
    ask(li, str(page.locator("#question-templates option").first.get_attribute("value")), ANSWER)
    place(page)
    page.select_option("[name=verdict]", "supported")
    page.fill("[name=as_of_date]", "2026-11-21")
    page.fill("[name=justification]", WHY)
    save(page)
    with page.expect_navigation():
        li.press("m")
    expect(page.locator("#messages .error").first).to_be_visible()
    assert walk.statement("C-2", "李")["work"] == "in_progress"
    expect(page.locator("#needed li")).to_have_count(1)
    walk.picture("step_18_sole_source")
    page.fill("[name=sole_source_reason]", SOLE)
    save(page)
    send(walk, li)


def attach(walk: Walk, li: Person, words: str, known: bool = False) -> None:
    """From the page of the claim to a source, new by pasted text or known; there the words that matter are selected by
    mouse and support the claim by one key."""
    li.go(f"/c/{walk.slug}/statements/C-2/")
    page = li.page
    page.get_by_role("link", name="Attach a source").click()
    if known:
        page.locator("main").get_by_role("link", name="AI Index Report 2025").click()
    else:
        page.locator("main").get_by_role("link", name="Add a source").first.click()
        page.fill("[name=title]", "AI Index Report 2025")
        page.select_option("[name=type]", "primary_document")
        page.fill("[name=text]", TEXT)
        page.locator("main form button.primary").click()
    expect(page.locator("#reader[data-ready]")).to_be_visible()
    select(li, words)
    li.press("1")
    expect(page.locator("#stancebar .bar-saved")).to_have_attribute("data-state", "saved")
    expect(page.locator("#cards .margin-card").last).to_contain_text("Supports")
    walk.picture("step_18_selected")
    li.go(f"/c/{walk.slug}/statements/C-2/")
    expect(page.locator("section", has=page.locator("#sources"))).to_contain_text(words)


def select(li: Person, words: str) -> None:
    boxes = li.in_sight(words)
    mouse = li.page.mouse
    mouse.move(boxes[0][0] + 1, (boxes[0][1] + boxes[0][3]) / 2)
    mouse.down()
    mouse.move(boxes[-1][2] - 1, (boxes[-1][1] + boxes[-1][3]) / 2, steps=3)
    mouse.up()
    expect(li.page.locator("#stancebar")).to_be_visible()


def ask(li: Person, question: str, answer: str) -> None:
    page = li.page
    li.press("q")
    expect(page.locator("#ask")).to_be_focused()
    page.keyboard.type(question)
    with page.expect_navigation():
        li.press("Enter")
    form = page.locator("form", has=page.locator("[name=action][value=answer]")).last
    form.locator("[name=text]").fill(answer)
    form.locator("[name=type]").select_option("extractive")
    with page.expect_navigation():
        form.locator("button").click()
    expect(page.locator(".questions > li").last).to_contain_text(answer)


def place(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form", has=page.locator("[name=action][value=place]")).last.locator("button").click()
    expect(page.locator("[name=action][value=place]")).to_have_count(0)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("form", has=page.locator("[name=justification]")).locator("button").last.click()


def send(walk: Walk, li: Person) -> None:
    expect(li.page.locator("#needed li .icon")).to_have_count(1)
    li.page.evaluate("() => document.activeElement.blur()")
    li.press("m")
    li.page.wait_for_url(lambda url: not url.endswith("/check/"))
    assert walk.statement("C-2", "李")["work"] == "in_review"


def step_19_private(walk: Walk) -> None:
    """陈 and 赵 see no verdict on any page or in the API; 李 may not review the own check, and is told why; 王 sees
    neither verdict nor stance, answer or why."""
    for name in ("陈", "赵", "王"):
        for path in ("tracker/", "statements/C-2/", "history/", "", f"documents/{walk.b}/"):
            source = body(walk[name], f"/c/{walk.slug}/{path}")
            assert WHY not in source and ANSWER not in source, (name, path)
        for path in (f"statements/{walk.statement('C-2', name)['id']}/", f"corpora/{walk.corpus}/events/?after=0"):
            source = body(walk[name], f"/api/{path}")
            assert WHY not in source and '"supported"' not in source and '"supports"' not in source, (name, path)
        assert walk.statement("C-2", name)["verdict"] is None
    li = walk["李"]
    answer = li.page.goto(f"{walk.doors.site}/c/{walk.slug}/statements/C-2/review/")
    assert answer is not None and answer.status == 403
    expect(li.page.locator("main")).to_contain_text("review")
    blind = body(walk["王"], f"/c/{walk.slug}/statements/C-2/review/")
    assert WHY not in blind and ANSWER not in blind and TEXT in blind, (
        "the quotes are there, what was made of them is not"
    )


def body(person: Person, path: str) -> str:
    text: str = person.page.request.get(person.url + path).text()
    return text


def step_20_approved(walk: Walk) -> None:
    """王 records not enough evidence, sees both verdicts, sends the check back; 李 adds a question; 王 records
    supported, which is labelled as after discussion, and approves."""
    wang, li = walk["王"], walk["李"]
    record(walk, wang, "not_enough_evidence", "page not named")
    expect(wang.page.locator("main .card")).to_have_count(2)
    walk.picture("step_20_both")
    wang.page.fill("#note", "Which page of the report?")
    wang.page.locator("[name=action][value=return]").click()
    wang.page.wait_for_url("**/statements/C-2/")
    assert walk.statement("C-2", "王")["work"] == "changes_requested"
    again(walk, li)
    record(walk, wang, "supported", "found now")
    expect(wang.page.locator("main")).to_contain_text(wang.word("after discussion"))
    wang.page.locator("[name=action][value=approve]").click()
    wang.page.wait_for_url("**/statements/C-2/")
    found = walk.statement("C-2")
    assert (found["work"], found["verdict"], found["verdict_as_of"]) == ("approved", "supported", "2026-11-21")
    walk["陈"].go(f"/c/{walk.slug}/statements/C-2/")
    expect(walk["陈"].page.locator("main")).to_contain_text(WHY)


def record(walk: Walk, wang: Person, verdict: str, why: str) -> None:
    """A blind verdict by its digit, why by E, Ctrl+Enter."""
    wang.go(f"/c/{walk.slug}/statements/C-2/review/")
    page = wang.page
    choice = page.locator(f"[name=verdict][value={verdict}]")
    wang.press(page.locator("label", has=choice).locator("kbd").inner_text())
    expect(choice).to_be_checked()
    wang.press("e")
    expect(page.locator("#why")).to_be_focused()
    page.keyboard.type(why)
    wang.press("Control+Enter")
    expect(page.locator("[name=action][value=return]")).to_be_visible()


def again(walk: Walk, li: Person) -> None:
    """李 takes the check up again, asks where it stands, and sends it once more."""
    li.go(f"/c/{walk.slug}/statements/C-2/")
    if walk.statement("C-2", "李")["work"] == "changes_requested":
        li.button("Take up again").first.click()
        expect(li.page.locator(".message").first).to_be_visible()
    li.go(f"/c/{walk.slug}/statements/C-2/")
    attach(walk, li, GROWTH, known=True)
    li.go(f"/c/{walk.slug}/statements/C-2/check/")
    ask(li, "On which page does it stand?", "In the chapter on responsible use.")
    place(li.page)
    send(walk, li)

"""Step 16: the Tracker: counts, a filter, a kept view, a cell, rows for a spreadsheet, work given to somebody."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.walk.stage import Person, Walk, numbers

ROWS = "#grid tbody tr[data-id]"


def step_16_tracker(walk: Walk) -> None:
    """All statements with passages and documents counted; queued ones are four; the view is kept; a type is changed in
    its cell; two rows are copied as a table with links; what 赵 gives to 李 stands in 李's open list by itself."""
    chen = walk["陈"]
    counted(walk, chen)
    queued(chen)
    change_type(walk, chen)
    copied(walk, chen)
    given(walk)


def ready(person: Person, path: str) -> Page:
    person.go(path)
    person.page.wait_for_selector("#tracker[data-ready]")
    return person.page


def counted(walk: Walk, chen: Person) -> None:
    page = ready(chen, f"/c/{walk.slug}/tracker/")
    expect(page.locator(ROWS)).to_have_count(9)
    assert sorted(numbers(page.inner_text("#counts"))) == sorted([5, 4, walk.plan.passages_with_statements, 2])


def queued(chen: Person) -> None:
    """The filter by status, then the list kept under a name."""
    page = chen.page
    page.locator('[popovertarget="filter-status"]').click()
    page.locator('#filter-status [name=status][value="queued"]').check()
    expect(page.locator(ROWS)).to_have_count(4)
    chen.press("Escape")
    page.locator('[popovertarget="view-save"]').click()
    page.fill("#view-name", "待查")
    page.locator("#view-save button.button").click()
    expect(page.locator("#views [aria-current=page]")).to_contain_text("待查")
    expect(page.locator(ROWS)).to_have_count(4)


def change_type(walk: Walk, chen: Person) -> None:
    """Click a cell, E, choose, Enter."""
    page = chen.page
    page.wait_for_selector("#tracker[data-ready]")
    cell = page.locator('tr[data-label="C-1"] [data-col=type]')
    cell.click()
    chen.press("e")
    field = cell.locator("select")
    expect(field).to_be_focused()
    field.select_option("position")
    field.press("Enter")
    expect(cell.locator("select")).to_have_count(0)
    expect(cell).to_have_attribute("data-value", "position")
    assert walk.statement("C-1")["type"] == "position"


def copied(walk: Walk, chen: Person) -> None:
    page = chen.page
    for label in ("C-1", "C-2"):
        page.locator(f'tr[data-label="{label}"] [data-col=status]').click()
        chen.press(" ")
    expect(page.locator(f"{ROWS} input:checked")).to_have_count(2)
    chen.press("y")
    expect(page.locator("#chosen")).to_contain_text("2")
    html = page.evaluate(
        """async () => { for (let turn = 0; ; turn += 1) {  // what was copied arrives a moment after the key
            const [item] = await navigator.clipboard.read();
            if (item?.types.includes("text/html") || turn === 50) return (await item.getType("text/html")).text();
            await new Promise((done) => setTimeout(done, 100)); } }"""
    )
    assert html.count("<tr") == 3 and html.count("<table") == 1, "a head and two rows"
    for label in ("C-1", "C-2"):
        assert f'{walk.doors.site}/c/{walk.slug}/statements/{label}/"' in html
    assert walk.plan.passages.number in html


def given(walk: Walk) -> None:
    """李 has the own list open; it fills by itself."""
    zhao, li = walk["赵"], walk["李"]
    ready(li, f"/c/{walk.slug}/tracker/?assignee=me")
    expect(li.page.locator(ROWS)).to_have_count(0)
    page = ready(zhao, f"/c/{walk.slug}/tracker/")
    cell = page.locator('tr[data-label="C-2"] [data-col=owner]')
    cell.click()
    zhao.press("e")
    cell.locator("select").select_option(label="李")
    cell.locator("select").press("Enter")
    expect(cell).to_contain_text("李")
    expect(li.page.locator(ROWS)).to_have_count(1, timeout=15_000)
    expect(li.page.locator(ROWS)).to_have_attribute("data-label", "C-2")

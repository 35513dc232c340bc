"""The Tracker by keyboard, mouse and finger: cells, selection, bulk actions, copied and pasted tables, pane, views."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import SavedView, Statement
from annotations.services import statements, workflow
from annotations.services.op import writing
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.tracked import Tracked, make_tracked

pytestmark = [pytest.mark.browser, needs_chromium]
PASSWORD = "a long enough password"


@pytest.fixture
def made(transactional_db: None) -> Tracked:
    return make_tracked()


@pytest.fixture
def page(doors: Doors, made: Tracked) -> Iterator[Page]:
    yield enter(doors, made, "editor")


def enter(doors: Doors, made: Tracked, role: str, query: str = "", **options: object) -> Page:
    found = doors.sign_in(made.cast.user(role).username, PASSWORD, **options)
    found.goto(f"{doors.site}/c/{made.cast.corpus.slug}/tracker/{query}")
    found.wait_for_selector("#tracker[data-ready]")
    return found


def row(page: Page, label: str) -> Locator:
    return page.locator(f'tr[data-label="{label}"]')


def cell(page: Page, label: str, column: str) -> Locator:
    return row(page, label).locator(f'[data-col="{column}"]')


def place(page: Page) -> list[str]:
    return page.evaluate(
        """() => { const at = document.activeElement;
        return [at.closest("tr")?.dataset.label ?? "", at.closest("td, th")?.dataset.col ?? ""]; }"""
    )


def labels(page: Page) -> list[str]:
    return page.locator("tr[data-id]").evaluate_all("(rows) => rows.map((row) => row.dataset.label)")


def test_arrows_move_one_cell_which_alone_is_a_tab_stop(page: Page) -> None:
    cell(page, "C-1", "text").click()
    assert place(page) == ["C-1", "text"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert place(page) == ["C-2", "type"]
    page.keyboard.press("Home")
    page.keyboard.press("End")
    assert place(page) == ["C-2", "updated"]
    page.keyboard.press("Control+End")
    assert place(page)[0] == "P-2"
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('thead') !== null")
    page.keyboard.press("ArrowDown")
    assert place(page)[0] == "C-1" and page.locator('#grid [tabindex="0"]').count() == 1
    page.keyboard.press("j")
    page.keyboard.press("J")
    page.keyboard.press("k")
    assert place(page)[0] == "C-2" and row(page, "C-2").get_attribute("aria-current") == "true"


def test_space_and_shift_choose_rows(page: Page) -> None:
    cell(page, "C-1", "text").click()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#chosen")).to_have_text("3 rows")
    expect(page.locator("tr.selected")).to_have_count(3)
    page.keyboard.press("Space")
    expect(page.locator("#chosen")).to_have_text("2 rows")
    page.keyboard.press("Escape")
    expect(page.locator("tr.selected")).to_have_count(0)
    page.locator("#select-all").check()
    expect(page.locator("tr.selected")).to_have_count(6)


def test_a_text_is_edited_in_its_cell(page: Page, made: Tracked) -> None:
    cell(page, "C-1", "text").click()
    page.keyboard.press("e")
    field = page.get_by_role("textbox", name="Statement")
    expect(field).to_be_focused()
    expect(field).to_have_value(made["C-1"].text)
    field.fill("A new wording.")
    page.keyboard.press("Enter")
    expect(cell(page, "C-1", "text")).to_contain_text("A new wording.")
    expect(page.locator("#save-state")).to_have_text("Saved")
    expect(cell(page, "C-1", "text")).to_be_focused()
    assert made["C-1"].text == "A new wording."
    page.keyboard.press("F2")
    page.get_by_role("textbox", name="Statement").fill("Never kept.")
    page.keyboard.press("Escape")
    expect(cell(page, "C-1", "text")).to_contain_text("A new wording.")
    page.keyboard.press("Control+z")
    expect(cell(page, "C-1", "text")).not_to_contain_text("A new wording.")
    assert made["C-1"].text.startswith("中國政府")


def test_enter_of_an_input_method_saves_nothing(page: Page, made: Tracked) -> None:
    cell(page, "C-1", "text").dblclick()
    field = page.get_by_role("textbox", name="Statement")
    field.fill("拼音")
    for detail in (
        'isComposing: true, key: "Enter"',
        'keyCode: 229, key: "Process"',
        'isComposing: true, key: "Escape"',
    ):
        field.evaluate(f"(field) => field.dispatchEvent(new KeyboardEvent('keydown', {{{detail}, bubbles: true}}))")
    expect(field).to_have_value("拼音")
    for letter in "cpxmyi1":
        page.keyboard.press(letter)
    expect(field).to_have_value("拼音cpxmyi1")
    assert made["C-1"].text.startswith("中國政府") and not page.locator("dialog[open]").count()


def test_somebody_elses_change_is_shown_and_mine_is_kept(page: Page, made: Tracked) -> None:
    cell(page, "C-1", "text").dblclick()
    field = page.get_by_role("textbox", name="Statement")
    field.fill("Mine.")
    with writing(by=made.cast["checker"]) as op:
        statements.update(op, made["C-1"], text="Theirs.")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-editor .theirs")).to_contain_text("Theirs.")
    expect(field).to_have_value("Mine.")
    assert made["C-1"].text == "Theirs."
    page.keyboard.press("Enter")
    expect(page.locator(".cell-editor")).to_have_count(0)
    expect(cell(page, "C-1", "text")).to_contain_text("Mine.")
    assert made["C-1"].text == "Mine."


def test_a_refusal_keeps_what_was_typed(doors: Doors, made: Tracked) -> None:
    page = enter(doors, made, "annotator")
    cell(page, "C-1", "owner").click()
    page.keyboard.press("e")
    expect(page.locator("#save-state")).to_contain_text("you need the role Checker")
    cell(page, "C-1", "text").dblclick()
    page.get_by_role("textbox", name="Statement").fill("x" * 6000)
    page.keyboard.press("Enter")
    expect(page.locator(".cell-editor .wrong")).to_contain_text("more than 5000")
    expect(page.get_by_role("textbox", name="Statement")).to_have_value("x" * 6000)


def test_type_owner_date_and_tags_in_their_cells(page: Page, made: Tracked) -> None:
    cell(page, "C-1", "type").click()
    page.keyboard.press("e")
    page.get_by_role("combobox", name="Type").select_option(label="Quantity")
    page.keyboard.press("Enter")
    expect(cell(page, "C-1", "type")).to_have_text("Quantity")
    cell(page, "P-1", "type").dblclick()
    page.get_by_role("combobox", name="Type").select_option(label="Disclosure")
    page.keyboard.press("Enter")
    expect(cell(page, "P-1", "type")).to_have_text("Disclosure")
    cell(page, "C-1", "owner").dblclick()
    page.get_by_role("combobox", name="Owner").select_option(label=made.cast["checker"].name)
    cell(page, "C-2", "status").click()  # leaving the cell keeps
    expect(cell(page, "C-1", "owner")).to_have_text(made.cast["checker"].name)
    cell(page, "C-1", "due").dblclick()
    page.locator('.cell-editor input[type="date"]').fill("2027-02-03")
    page.keyboard.press("Enter")
    expect(cell(page, "C-1", "due")).to_contain_text("3 Feb 2027")
    cell(page, "C-2", "tags").dblclick()
    page.keyboard.type(made.passage_tags[0].label[:4])
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(cell(page, "C-2", "tags")).to_contain_text(made.passage_tags[0].label)
    changed = made["C-1"]
    assert (changed.type, changed.assignee, str(changed.due)) == ("quantity", made.cast["checker"], "2027-02-03")


def test_a_bulk_action_by_key_tells_what_was_refused(page: Page, made: Tracked) -> None:
    cell(page, "C-1", "text").click()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("x")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Set aside · 2 statements")
    page.keyboard.press("4")
    assert dialog.get_by_role("radio", name="Trivial").is_checked()
    dialog.get_by_role("button", name="Set aside").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".message")).to_contain_text("2 done.")
    expect(cell(page, "C-1", "status")).to_contain_text("Set aside")
    expect(row(page, "C-2").locator(":focus")).to_have_count(1)
    assert Statement.objects.filter(work="set_aside").count() == 2
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_contain_text("Next step · 2 statements")


def test_assigning_to_oneself(doors: Doors, made: Tracked) -> None:
    page = enter(doors, made, "checker")
    cell(page, "C-1", "text").click()
    page.keyboard.press("i")
    expect(cell(page, "C-1", "owner")).to_have_text(made.cast["checker"].name)
    assert made["C-1"].assignee == made.cast["checker"]


def test_copied_rows_arrive_as_a_table_with_links(page: Page, doors: Doors, made: Tracked) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=doors.site)
    cell(page, "C-1", "text").click()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    for copy in ("y", "Control+c"):
        page.evaluate("navigator.clipboard.writeText('')")
        page.keyboard.press(copy)
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('C-2'))")
        text = page.evaluate("navigator.clipboard.readText()")
        lines = [line.split("\t") for line in text.split("\r\n")]
        assert lines[0][:3] == ["No.", "Statement", "Type"] and lines[0][-1] == "Link" and len(lines) == 3
        assert lines[1][0] == "C-1" and lines[1][1] == made["C-1"].text and lines[1][-1].endswith("/statements/C-1/")
        html = page.evaluate(
            "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
        )
        assert re.search(r'<td><a href="http[^"]+/statements/C-2/">C-2</a></td>', html)


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        const made = {clipboardData: data, bubbles: true, cancelable: true};
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", made)); }""",
        text,
    )


def test_a_pasted_column_is_shown_before_it_is_written(page: Page, made: Tracked) -> None:
    cell(page, "C-1", "due").click()
    paste(page, "2027-01-01\n2027-01-02\nsoon\n")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Write 2 cells?")
    expect(dialog).to_contain_text("Write the date as YYYY-MM-DD.")
    assert made["C-1"].due is None
    dialog.get_by_role("button", name="Write").click()
    expect(cell(page, "C-2", "due")).to_contain_text("2 Jan 2027")
    assert [str(made[label].due) for label in ("C-1", "C-2", "C-3")] == ["2027-01-01", "2027-01-02", "None"]


def test_filling_down_what_the_first_row_says(page: Page, made: Tracked) -> None:
    name = made.cast["checker"].name
    cell(page, "C-4", "owner").click()
    page.keyboard.press("Space")
    row(page, "P-1").get_by_role("checkbox").check()
    cell(page, "C-4", "owner").click()
    page.locator('[popovertarget="bulk-more"]').click()
    page.get_by_role("button", name="Fill down…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(name)
    dialog.get_by_role("button", name="Write").click()
    expect(cell(page, "P-1", "owner")).to_have_text(name)


def test_the_pane_follows_while_the_list_keeps_its_place(page: Page) -> None:
    cell(page, "C-2", "text").click()
    pane = page.locator("#pane")
    expect(pane).to_contain_text("发达国家垄断算力资源")
    page.keyboard.press("j")
    expect(pane).to_contain_text("C-3")
    assert place(page)[0] == "C-3"
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    page.keyboard.press("Enter")
    expect(pane).to_contain_text("C-3")
    page.keyboard.press("o")
    page.wait_for_url("**/statements/C-3/")


def test_filters_change_the_list_in_place_and_the_address(page: Page) -> None:
    page.get_by_role("button", name="Kind").click()
    page.get_by_role("checkbox", name="Proposal").check()
    expect(page.locator("tr[data-id]")).to_have_count(2)
    expect(page.get_by_role("button", name="Kind")).to_contain_text("Proposal")
    expect(page.locator("#counts")).to_contain_text("2 proposals")
    assert page.url.endswith("?kind=proposal")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.type("p-2")
    expect(page.locator("tr[data-id]")).to_have_count(1)
    assert "q=p-2" in page.url
    page.go_back()
    expect(page.locator("tr[data-id]")).to_have_count(2)
    page.locator("#filters-clear").click()
    expect(page.locator("tr[data-id]")).to_have_count(6)


def test_sorting_and_grouping(page: Page) -> None:
    page.locator('th[data-col="due"] a').click()
    page.wait_for_url("**ordering=due*")
    expect(page.locator("tr[data-id]").first).to_have_attribute("data-label", "C-4")
    page.get_by_role("button", name="Group").click()
    page.get_by_role("radio", name="Kind").check()
    expect(page.locator(".group-row")).to_have_count(2)
    expect(page.locator(".group-row").first).to_contain_text("4 statements")


def test_a_view_is_saved_and_found_again(page: Page) -> None:
    page.get_by_role("button", name="Kind").click()
    page.get_by_role("checkbox", name="Claim").check()
    expect(page.locator("tr[data-id]")).to_have_count(4)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Keep this list as").fill("Only claims")
    page.locator("#view-save button.button").click()
    expect(page.locator('.views [aria-current="page"]')).to_contain_text("Only claims")
    assert SavedView.objects.get().query == "kind=claim" and labels(page) == ["C-1", "C-2", "C-3", "C-4"]


def test_what_others_do_arrives_by_itself(doors: Doors, made: Tracked) -> None:
    page = enter(doors, made, "checker", "?assignee=me")
    assert labels(page) == ["C-3", "C-4"]
    cell(page, "C-3", "text").click()
    with writing(by=made.cast["editor"]) as op:
        workflow.assign(op, made["C-1"], made.cast["checker"])
    expect(row(page, "C-1")).to_be_visible(timeout=15_000)
    assert place(page) == ["C-3", "text"]


def test_an_unreviewed_verdict_never_reaches_the_page(doors: Doors, made: Tracked) -> None:
    heard: list[str] = []
    page = enter(doors, made, "reviewer")
    page.on(
        "response",
        lambda answer: heard.append(answer.text()) if "json" in answer.headers.get("content-type", "") else None,
    )
    page.goto(f"{page.url}?columns=type,status,verdict,flags,checker,reviewer,sources")
    cell(page, "C-3", "text").click()
    expect(page.locator("#pane")).to_contain_text("C-3")
    found = json.dumps([page.content(), *heard])
    assert "Because it is so" not in found and "Missing context" not in found and "missing_context" not in found


def test_it_works_without_scripts(doors: Doors, made: Tracked) -> None:
    page = enter_plain(doors, made)
    page.get_by_role("button", name="Status").click()
    page.get_by_role("checkbox", name="Untriaged").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Apply").click()
    assert labels(page) == ["C-1", "C-2", "C-4", "P-1", "P-2"]
    row(page, "C-1").get_by_role("checkbox").check()
    row(page, "C-2").get_by_role("checkbox").check()
    page.get_by_role("button", name="Set aside").click()
    page.get_by_role("radio", name="Trivial").check()
    page.get_by_role("button", name="Set aside").click()
    expect(page.locator(".message")).to_contain_text("2 done.")
    assert labels(page) == ["C-4", "P-1", "P-2"]


def enter_plain(doors: Doors, made: Tracked) -> Page:
    """Signed in with scripts once, then a context without them."""
    user = made.cast.user("annotator").username
    doors.sign_in(user, PASSWORD)
    page = doors.open(user, java_script_enabled=False)
    page.goto(f"{doors.site}/c/{made.cast.corpus.slug}/tracker/")
    return page


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_accessibility_fault(page: Page, look: str) -> None:
    page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
    assert faults(page) == []
    cell(page, "C-2", "text").click()
    expect(page.locator("#pane")).to_contain_text("C-2")
    assert faults(page) == []
    page.keyboard.press("e")
    expect(page.locator(".cell-editor")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_nothing_hangs_over(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 400:
        return
    assert faults(page) == []
    page.locator(".filters-open").click()
    expect(page.locator("#filters")).to_be_visible()
    page.get_by_role("checkbox", name="Proposal").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("tr[data-id]")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= width

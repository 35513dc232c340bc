"""Steps 24 and 25: the files that leave, and the history that stays."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.walk.checking import WHY
from tests.browser.walk.stage import Person, Walk, numbers

OWN = ("English", "Zhao")  # a language in itself, a person
FORMATS = ("csv", "xlsx", "json", "web-annotation")


def step_24_export(walk: Walk) -> None:
    """Each format tells what it leaves out before it is downloaded; the table has one row per passage and statement, a
    mark by which spreadsheets read its Chinese, and each quote raw and clean; the dump goes into an empty corpus and
    comes out of it the same."""
    zhao = walk["赵"]
    files = {name: download(walk, zhao, name) for name in FORMATS}
    table(walk, files["csv"])
    assert zipfile.is_zipfile(io.BytesIO(files["xlsx"]))
    marks = json.loads(files["web-annotation"])
    assert walk.plan.passages.damaged in json.dumps(marks, ensure_ascii=False)
    again(walk, zhao, files["json"])


def download(walk: Walk, zhao: Person, name: str) -> bytes:
    zhao.go(f"/c/{walk.slug}/export/?format={name}")
    page = zhao.page
    expect(page.locator("#losses-title")).to_be_visible()
    tagged_only = 1
    assert numbers(page.inner_text("main .lede")) == [9, walk.plan.passages_with_statements + tagged_only, 2]
    report = page.locator("#losses-title").bounding_box()
    button = page.locator("a[download]").bounding_box()
    assert report and button and report["y"] < button["y"], "the loss report comes first"
    with page.expect_download() as waiting:
        page.locator("a[download]").click()
    return Path(waiting.value.path()).read_bytes()


def table(walk: Walk, data: bytes) -> None:
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == walk.plan.rows
    damaged = [row for row in rows if row["quote_clean"] == walk.plan.passages.damaged]
    assert len(damaged) == 1 and len(damaged[0]["quote_raw"]) == walk.plan.damaged_span[1] - walk.plan.damaged_span[0]
    assert sum(walk.plan.passages.repeated == row["quote_clean"] for row in rows) == 2 * len(walk.plan.repeats)


def again(walk: Walk, zhao: Person, dump: bytes) -> None:
    """An empty corpus takes the dump, after a look at it, and gives it back to the last byte."""
    page = zhao.page
    zhao.go("/new/")
    page.fill("[name=name]", "again")
    page.locator("main button.primary").click()
    expect(page.locator("main .steps")).to_be_visible()
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    zhao.go(f"/c/{slug}/import/")
    page.set_input_files("[name=file]", {"name": "dump.json", "mimeType": "application/json", "buffer": dump})
    page.locator("main form button.primary").click()
    page.locator("[name=action][value=import]").click()
    page.wait_for_load_state()
    walk.picture("step_24_imported")
    other = Walk(walk.doors, walk.plan, walk.people, slug=slug)
    assert download(other, zhao, "json") == dump


def step_25_history(walk: Walk) -> None:
    """The history of C-2 reads as sentences from 陈's mark to the evidence that was withdrawn, in the language of who
    reads; the chain proves; in 繁體中文 no sentence is left untranslated."""
    chen = walk["陈"]
    pk = walk.statement("C-2")["id"]
    kinds = [row["kind"] for row in chen.get(f"/api/statements/{pk}/events/?page_size=200")["results"]][::-1]
    assert (kinds[0], kinds[-1]) == ("annotation.created", "statement.came_up") and "review.blind" in kinds
    told = history(walk, chen)
    for name, verb in (("陈", "C-2"), ("李", "C-2"), ("王", "C-2")):
        assert any(name in line and verb in line for line in told), (name, told)
    assert chen.word("Evidence of the approved check was withdrawn") in told[0], told[:3]
    assert chen.word("Approved") in " ".join(told)
    assert WHY in " ".join(told), "approved, so that everybody may read why"
    call_command("verify_history", "--corpus", walk.slug)
    english = words_left(walk["王"], walk)
    assert english == [], english


def history(walk: Walk, person: Person) -> list[str]:
    """The lines of the history on the page of C-2, newest first, the older ones unfolded."""
    person.go(f"/c/{walk.slug}/statements/C-2/")
    section = person.page.locator("section", has=person.page.locator("#history"))
    for summary in section.locator("summary").all():
        summary.click()
    lines: list[str] = section.locator("li").all_inner_texts()
    return lines


def words_left(wang: Person, walk: Walk) -> list[str]:
    """English words on pages in 繁體中文: labels, buttons, headings; not what people typed."""
    left = []
    here = ("", "documents/", f"documents/{walk.a}/", "tracker/", "statements/C-2/", "review/", "members/", "export/")
    for path in here:
        wang.go(f"/c/{walk.slug}/{path}")
        found = wang.page.locator("nav, button, label, h2, th, legend, summary").all_inner_texts()
        left += [f"{path}: {text.strip()}" for text in found if is_english(text)]
    return left


def is_english(text: str) -> bool:
    """Whether a label is made of English words: keys and numbers alone are not."""
    words = [word for word in text.split() if len(word) > 3 and word.isalpha()]
    return text.isascii() and bool(words) and text.strip() not in OWN


def step_25_without_mouse_and_letters(walk: Walk) -> None:
    """With single keys off a letter marks nothing; Tab and Enter alone choose a sentence and mark it; undo takes it
    back."""
    chen = walk["陈"]
    chen.read(walk.slug, walk.b)
    before = len(walk.annotations(walk.b))
    chen.page.locator('[popovertarget="user-menu"]').press("Enter")
    chen.page.locator("[data-set-keys]").press("Enter")
    chen.press("Escape")
    expect(chen.page.locator("html")).to_have_attribute("data-keys", "off")
    tab_to(chen, ".mark-here")
    chen.press("Enter")
    expect(chen.page.locator(".panel-sentences button").first).to_be_focused()
    chen.press("Enter")
    expect(chen.page.locator("#tagbar [data-action=claim]")).to_be_focused()
    chen.press("c")
    assert len(walk.annotations(walk.b)) == before
    chen.press("Enter")
    chen.saved()
    expect(chen.page.locator("#tagbar .do-claim[aria-pressed=true]")).to_be_visible()
    assert len(walk.annotations(walk.b)) == before + 1
    chen.press("Control+z")
    chen.said(chen.word("Undone"))
    assert len(walk.annotations(walk.b)) == before


def tab_to(person: Person, selector: str) -> None:
    """Press Tab until a kind of element has the focus."""
    for _ in range(60):
        if person.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        person.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")

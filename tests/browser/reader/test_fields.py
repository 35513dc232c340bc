"""Fields and panels: what is typed there stays there."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake


def test_keys_typed_into_fields_change_nothing(reader: Reader) -> None:
    reader.drag("其他人点头")
    reader.press("h")
    reader.saved()
    reader.press("e")
    reader.page.wait_for_selector("#edit-note:focus")
    before = len(reader.fake.log)
    reader.page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123456789?/=")
    # An input method: letters and digits pick candidates, Enter ends the composition.
    reader.page.evaluate(
        """() => { const press = { isComposing: true, keyCode: 229, bubbles: true, cancelable: true };
        for (const key of [..."cp3", "1", "Enter", "Process"])
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...press, key })); }"""
    )
    assert len(reader.fake.log) == before
    assert reader.page.input_value("#edit-note").endswith("?/=")
    reader.press("Control+Enter")
    reader.saved()
    assert reader.made()[0]["note"] == "abcdefghijklmnopqrstuvwxyz0123456789?/="


def test_escape_keeps_what_was_typed_as_a_draft(reader: Reader) -> None:
    reader.drag("其他人点头")
    reader.press("p")
    reader.saved()
    reader.press("e")
    reader.page.keyboard.type("half a thought")
    reader.press("Escape")
    reader.said("Kept as a draft")
    assert reader.made()[0]["note"] == ""
    assert reader.selected() == "其他人点头", "the text is selected again"
    reader.press("e")
    assert reader.page.input_value("#edit-note") == "half a thought"
    reader.page.fill("#edit-speaker", "一位参会者")
    reader.press("Control+Enter")
    reader.saved()
    [row] = reader.made()
    assert [row["note"], row["statements"][0]["speaker"]] == ["half a thought", "一位参会者"]


def test_linking_to_a_known_statement_as_a_variant(reader: Reader) -> None:
    reader.drag("少数国家拥有全球八成的算力")
    reader.press("l")
    reader.page.wait_for_selector(".panel-link [role=option]")
    assert reader.painted("selection-kept") == ["少数国家拥有全球八成的算力"], (
        "the text stays shown while the field has the focus"
    )
    reader.page.keyboard.type("算力")
    reader.until("document.querySelectorAll('.panel-link [role=option]').length === 1")
    reader.press("Shift+Enter")
    reader.page.click(".panel-link .difference button:has-text('number')")
    reader.saved()
    assert reader.fake.log[0][2]["statements"] == [{"id": 31, "fit": "variant", "difference": "number"}]
    assert reader.page.inner_text(".margin-card.current .badge") == "variant"
    assert reader.selected() == "少数国家拥有全球八成的算力"


def test_facts_as_on_the_card_before(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.add(*fake.find("应当建立一个共同的测试平台"), kinds=("proposal",))
    reader = open_page()
    reader.drag("建议设立一个联络处")
    reader.press("p")
    reader.saved()
    fake.log.clear()
    reader.press("=")
    reader.said("Facts as on P-1")
    reader.saved()
    [(method, path, body)] = fake.log
    before = next(iter(fake.rows.values()))["statements"][0]["occurrence"]
    assert [method, body] == ["PATCH", {"like": before}]
    assert path.startswith("/api/occurrences/")
    assert list(fake.rows.values())[1]["statements"][0]["prefilled"] == []


def test_a_statement_that_looks_like_another_is_offered_and_can_be_refused(reader: Reader) -> None:
    reader.fake.known.append({"id": 77, "label": "C-77", "kind": "claim", "text": "其他人也点头", "status": "queued"})
    reader.drag("其他人点头")
    reader.press("h")
    reader.saved()
    assert reader.page.locator(".card-look").count() == 0, "only statements are compared"
    reader.fake.known[-1]["text"] = "其他人点头。"
    reader.press("c")
    reader.page.wait_for_selector(".card-look")
    assert "Looks like C-77" in reader.page.inner_text(".card-look")
    reader.page.click("[data-action=alike-same]")
    reader.saved()
    [row] = reader.made()
    assert [one["label"] for one in row["statements"]] == ["C-77"], "the fresh number gave way"
    reader.page.wait_for_selector(".card-look", state="detached")
    reader.fake.known[-1].update({"id": 78, "label": "C-78", "text": "秘书处承诺在六个月内提出章程草案"})
    reader.press("Escape")
    reader.drag("秘书处承诺在六个月内提出章程草案")
    reader.press("c")
    reader.page.wait_for_selector(".card-look")
    reader.page.click("[data-action=alike-different]")
    reader.page.wait_for_selector(".card-look", state="detached")
    reader.page.reload()
    reader.click("秘书处承诺在六个月内提出章程草案")
    reader.current(reader.made()[1])
    assert reader.page.locator(".card-look").count() == 0, "the answer is remembered"

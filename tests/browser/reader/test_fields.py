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
    assert [method, body] == ["PATCH", {"voice": "indirect", "speaker": "主席", "modality": "recommend"}]
    assert path.startswith("/api/occurrences/")

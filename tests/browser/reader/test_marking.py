"""Selecting text and marking it: two actions, many keys, undo, tidy offsets."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.reader.driver import Reader


def test_two_actions_save_a_claim_and_the_selection_survives(reader: Reader) -> None:
    reader.drag("少数国家拥有全球八成的算力")
    assert reader.page.inner_text("#tagbar .bar-count") == "13 characters"
    assert reader.fake.log == [], "selecting alone creates nothing"
    reader.press("c")
    reader.saved()
    start, end = reader.fake.find("少数国家拥有全球八成的算力")
    assert reader.fake.log[0][2] == {
        "start": start,
        "end": end,
        "space": "clean",
        "version": 1,
        "tags": [],
        "note": "",
        "exact": "少数国家拥有全球八成的算力",
        "statements": [{"kind": "claim"}],
    }
    assert reader.selected() == "少数国家拥有全球八成的算力"
    assert reader.painted("line-claim") == ["少数国家拥有全球八成的算力"]
    assert "C-1 saved" in reader.page.inner_text("#tagbar .bar-after")
    assert reader.page.evaluate("document.activeElement.id") == "doc", "the bar never takes the focus"


def test_many_keys_make_one_annotation_and_as_many_undos(reader: Reader) -> None:
    reader.drag("没有人反对这个方向")
    reader.press("p", "c", "3")
    reader.saved()
    [row] = reader.made()
    assert [one["kind"] for one in row["statements"]] == ["proposal", "claim"]
    assert row["tags"] == [13]
    assert [reader.bar("claim"), reader.bar("proposal")] == ["C-1", "P-1"]
    assert reader.page.get_attribute("#tagbar [data-press='3']", "aria-pressed") == "true"
    for left in ([["proposal", "claim"], []], [["proposal"], []]):
        reader.press("Control+z")
        reader.until("(n) => document.querySelectorAll('.margin-card.current .card-head').length === n", len(left[0]))
        reader.comes(
            lambda left=left: [[[s["kind"] for s in row["statements"]], row["tags"]] for row in reader.made()] == [left]
        )
    reader.press("Control+z")
    reader.page.wait_for_selector("#tagbar .bar-after", state="hidden")
    reader.comes(lambda: reader.made() == [])
    assert reader.selected() == "没有人反对这个方向"
    for _ in range(3):
        reader.press("Control+Shift+z")
    reader.page.wait_for_selector("#tagbar [data-press='3'][aria-pressed=true]")
    reader.comes(lambda: [row["tags"] for row in reader.made()] == [[13]])
    [row] = reader.made()
    assert [[one["label"] for one in row["statements"]], row["tags"]] == [["P-1", "C-1"], [13]]


def test_a_digit_toggles_and_zero_repeats_the_last_tags(reader: Reader) -> None:
    reader.drag("秘书处承诺在六个月内提出章程草案")
    reader.press("1", "2", "1")
    reader.saved()
    assert reader.made()[0]["tags"] == [12]
    reader.drag("其他人点头")
    reader.press("0")
    reader.saved()
    assert reader.made()[1]["tags"] == [11, 12], "the tags that were set last, together"
    reader.press("9")
    reader.said("No tag has this digit")


def test_a_held_key_saves_once(reader: Reader) -> None:
    reader.drag("其他人点头")
    reader.page.evaluate(
        """() => { for (let i = 0; i < 60; i++) document.querySelector("#doc").dispatchEvent(
        new KeyboardEvent("keydown", { key: "c", code: "KeyC", repeat: i > 0, bubbles: true, cancelable: true })); }"""
    )
    reader.saved()
    assert [len(row["statements"]) for row in reader.made()] == [1]
    reader.press("c")
    reader.said("C-1 is on this passage already")
    assert len(reader.fake.log) == 1


def test_offsets_count_code_points_and_selections_are_tidied(reader: Reader) -> None:
    reader.drag("认不出它")
    reader.press("h")
    reader.saved()
    text = reader.fake.text("clean")
    row = reader.made()[0]
    assert text[row["clean_start"] : row["clean_end"]] == "认不出它", "a character of two UTF-16 units stands before it"
    reader.press("Escape")
    box = reader.boxes("发达国家承担设备费用")[0]
    reader.page.mouse.click(box[0] + 30, box[1] + 8, click_count=3)
    reader.until("document.querySelector('#tagbar .bar-count').textContent.startsWith('18')")
    reader.press("h")
    reader.saved()
    assert reader.made()[1]["quote"] == "发达国家承担设备费用,按年公布账目。", (
        "three clicks take the paragraph, not the start of the next"
    )


def test_a_selection_across_paragraphs_is_one_passage(reader: Reader) -> None:
    reader.page.evaluate(
        """() => { const [a, b] = ["#b7", "#b8"].map((id) => document.querySelector(id).firstChild);
        getSelection().setBaseAndExtent(b, 4, a, 4); }"""
    )
    reader.page.wait_for_selector("#tagbar:not([hidden])")
    reader.press("4")
    reader.saved()
    [row] = reader.made()
    assert row["quote"] == "承担设备费用,按年公布账目。\n发展中国"
    assert "exact" not in reader.fake.log[0][2], "what stands between two blocks is the server's to know"
    assert reader.painted("tint-violet") == ["承担设备费用,按年公布账目。", "发展中国"]


def test_identical_passages_are_marked_with_one_write_and_one_undo(reader: Reader) -> None:
    reader.drag("建立一个共同的测试平台")
    reader.press("p", "4")
    reader.saved()
    expect(reader.page.locator("#tagbar [data-action=repeat]").first).to_contain_text("1 more like this")
    reader.press("a")
    assert reader.page.inner_text(".panel-same .count") == "¶ 11"
    reader.press("Enter")
    reader.saved()
    reader.said("Marked on all")
    rows = reader.made()
    assert [row["tags"] for row in rows] == [[14], [14]]
    assert rows[0]["statements"][0]["label"] == rows[1]["statements"][0]["label"] == "P-1"
    reader.press("Control+z")
    reader.said("Undone")
    assert len(reader.made()) == 1

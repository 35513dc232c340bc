"""Clean, repaired and raw text, folded copies, copying, marks as elements."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake


def test_views_keep_the_place_and_the_marks(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.add(*fake.find("应当建立一个共同"), tags=[11])
    reader = open_page(viewport={"width": 1000, "height": 420})
    reader.page.evaluate("scrollTo(0, 700)")
    reader.page.wait_for_timeout(100)
    before = reader.page.evaluate("document.querySelector('#b6').getBoundingClientRect().top")
    reader.press("r")
    reader.until("document.querySelector('#doc').dataset.view === 'repairs'")
    assert abs(reader.page.evaluate("document.querySelector('#b6').getBoundingClientRect().top") - before) < 40
    reader.page.evaluate("scrollTo(0, 0)")
    reader.page.wait_for_timeout(100)
    assert "".join(reader.painted("tint-red")) == "应当(dāng)建立一个共同"
    reader.press("r")
    reader.until("document.querySelector('#doc').dataset.space === 'raw'")
    reader.page.wait_for_timeout(100)
    assert reader.painted("tint-red") == ["应当(dāng)建立一个共同"]
    assert "view=raw" in reader.page.url
    reader.page.set_viewport_size({"width": 1280, "height": 900})
    reader.page.wait_for_timeout(100)
    reader.drag("自动决(jué)策")
    reader.press("h")
    reader.saved()
    row = reader.made()[1]
    assert [row["exact"], row["quote"]] == ["自动决(jué)策", "自动决策"]


def test_selecting_in_repaired_text_counts_only_clean_characters(open_page: Callable[..., Reader], fake: Fake) -> None:
    reader = open_page("/?view=repairs")
    reader.page.evaluate(
        """() => { const block = document.querySelector("#b3");
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
        getSelection().setBaseAndExtent(nodes[0], nodes[0].length - 2, nodes[3], 1); }"""
    )
    reader.page.wait_for_selector("#tagbar:not([hidden])")
    reader.press("h")
    reader.saved()
    assert fake.log[0][2]["exact"] == "自动决策"


def test_a_folded_copy_is_marked_too_when_it_is_shown(open_page: Callable[..., Reader], fake: Fake) -> None:
    row = fake.add(*fake.find("没有人反对这个方向"), tags=[11])
    reader = open_page()
    assert reader.painted("tint-red") == ["没有人反对这个方向"]
    reader.page.click(".fold button")
    reader.page.wait_for_selector("#b12")
    reader.page.evaluate("scrollTo(0, 9999)")
    reader.until("CSS.highlights.get('tint-red').size === 2")
    assert reader.page.inner_text("#count") == "1 passage"
    reader.click("没有人反对这个方向", 1)
    reader.current(row)


def test_copying(open_page: Callable[..., Reader], fake: Fake) -> None:
    row = fake.add(*fake.find("会议没有投票"), kinds=("claim",))
    reader = open_page("/?view=repairs", permissions=["clipboard-read", "clipboard-write"])
    reader.click("会议没有投票")
    reader.press("y")
    reader.said("Copied: quote, citation and link")
    lines = reader.page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines == ["“会议没有投票”", "示例作者, 共同测试的第一步, 2026-01-15, ¶ 2", f"{reader.url}/a/{row['id']}/"]
    reader.page.evaluate("getSelection().selectAllChildren(document.querySelector('#b3'))")
    reader.page.wait_for_timeout(400)
    reader.press("Control+c")
    assert reader.page.evaluate("navigator.clipboard.readText()") == fake.blocks[3].clean, (
        "without the damage that is shown, and without buttons"
    )


def test_marks_as_elements_where_highlights_do_not_exist(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.add(*fake.find("我们建议建立全球统一的安全评测标准"), tags=[14])
    fake.add(*fake.find("建议建立全球统一的安全评测标准"), kinds=("proposal",))
    reader = open_page("/?marks=elements")
    marks = reader.page.locator("#b4 mark")
    assert marks.all_inner_texts() == ["我们", "建议建立全球统一的安全评测标准"]
    assert reader.page.get_attribute("#b4 mark >> nth=1", "class") == "line-proposal tint-violet depth2"
    reader.page.evaluate(
        """() => { const text = document.querySelector("#b4 mark:nth-of-type(2)").firstChild;
        getSelection().setBaseAndExtent(text, 2, text, 4); }"""
    )
    reader.page.wait_for_selector("#tagbar:not([hidden])")
    reader.press("c")
    reader.saved()
    assert reader.made()[2]["quote"] == "建立"
    assert reader.page.inner_text("#b4") == fake.blocks[4].clean


def test_reading_goes_on_where_it_stopped(open_page: Callable[..., Reader]) -> None:
    reader = open_page("/?paragraph=11", viewport={"width": 1000, "height": 420})
    reader.said("Continued at ¶ 11")
    assert 60 < reader.boxes("秘书处承诺")[0][1] < 300
    reader.until("document.querySelector('#where').textContent.includes('11 of 12')")

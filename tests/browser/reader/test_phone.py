"""A narrow screen that is touched."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake


def test_a_phone_shows_marks_in_a_sheet_and_the_bar_below_the_selection(
    open_page: Callable[..., Reader], fake: Fake
) -> None:
    fake.add(*fake.find("增长是否来自更好的记录"), kinds=("claim",))
    reader = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    reader.page.set_viewport_size({"width": 390, "height": 560})
    box = reader.in_sight("更好的记录")[0]
    reader.page.touchscreen.tap(box[0] + 8, box[1] + 8)
    reader.page.wait_for_selector("#sheet:not([hidden])")
    assert "增长是否来自更好的记录" in reader.page.inner_text("#sheet .card-quote")
    sheet = reader.page.evaluate("document.querySelector('#sheet').getBoundingClientRect().top")
    assert 0 < reader.boxes("更好的记录")[-1][3] <= sheet, "the passage stays in sight above it"
    reader.page.evaluate(
        """() => { const text = document.querySelector("#b9").firstChild;
        getSelection().setBaseAndExtent(text, 1, text, 6);
        document.dispatchEvent(new Event("contextmenu")); }"""
    )
    reader.page.wait_for_selector("#tagbar:not([hidden])")
    assert reader.page.is_hidden("#sheet")
    bar = reader.page.evaluate(
        """() => { const box = document.querySelector("#tagbar").getBoundingClientRect();
        return [box.left, box.right, box.top]; }"""
    )
    words = reader.boxes("测试不是考")[0]
    assert bar[0] >= 0 and bar[1] <= 390 and bar[2] >= words[3]
    sizes = reader.page.evaluate(
        """[...document.querySelectorAll("#tagbar .bar-make button")].filter((button) => button.offsetParent)
        .map((button) => button.getBoundingClientRect().height)"""
    )
    assert sizes and min(sizes) >= 44
    reader.page.tap("#tagbar [data-action=claim]")
    reader.saved()
    assert reader.made()[1]["quote"] == "测试不是考"
    reader.page.tap("#tagbar [data-action=edit]")
    reader.page.fill("#sheet #edit-note", "on the way")
    reader.page.tap("#sheet button[type=submit]")
    reader.saved()
    assert reader.made()[1]["note"] == "on the way"

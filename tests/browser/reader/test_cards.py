"""Cards, the picker, going through the passages, permalinks, what is shown."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake


def test_nested_passages_open_a_picker(open_page: Callable[..., Reader], fake: Fake) -> None:
    outer = fake.add(*fake.find("我们建议建立全球统一的安全评测标准,并公开评测方法"), tags=[14])
    inner = fake.add(*fake.find("建议建立全球统一的安全评测标准"), kinds=("proposal",))
    reader = open_page()
    assert reader.painted("depth2") == ["建议建立全球统一的安全评测标准"]
    reader.click("安全评测标准")
    reader.until("document.querySelectorAll('.panel [role=option]').length === 2")
    reader.press("ArrowUp", "Enter")
    reader.current(outer)
    reader.click("安全评测标准")
    reader.press("Enter")
    reader.current(inner)
    reader.press("c")
    reader.saved()
    assert len(fake.rows[inner["id"]]["statements"]) == 2, "keys act on the current card"
    reader.click("一位参会者这样说")
    reader.page.wait_for_selector(".margin-card.current", state="detached")


def test_cards_stand_beside_their_passages_and_do_not_overlap(open_page: Callable[..., Reader], fake: Fake) -> None:
    for words in (
        "没有人反对这个方向",
        "建议建立全球统一的安全评测标准",
        "建议设立一个联络处",
        "二十四小时内",
        "严重事故",
        "建议每年发表一份",
        "人人可读的报告",
        "第一份报告",
        "明年三月",
        "我们建议",
        "少数国家",
    ):
        fake.add(*fake.find(words), kinds=("proposal",))
    reader = open_page()
    reader.page.wait_for_selector(".more-here")
    tops = """() => [...document.querySelectorAll("#cards > li")].filter((li) => !li.hidden)
      .map((li) => li.getBoundingClientRect()).map((box) => [box.top, box.bottom])"""
    boxes = sorted(reader.page.evaluate(tops))
    assert all(later[0] >= earlier[1] - 1 for earlier, later in zip(boxes, boxes[1:], strict=False))
    assert reader.page.inner_text(".more-here").startswith("+")
    first = reader.boxes("没有人反对这个方向")[0]
    assert abs(boxes[0][0] - first[1]) < 30
    reader.page.click(".more-here button")
    reader.page.wait_for_selector(".more-here", state="detached")
    assert reader.page.locator("#cards > li:not([hidden])").count() == 11
    order = reader.page.evaluate(
        "[...document.querySelectorAll('#cards > li')].map((li) => Number(li.getAttribute('aria-posinset')))"
    )
    assert order == list(range(1, 12)), "reading order, for those who listen"
    assert reader.page.get_attribute("#cards > li", "aria-setsize") == "11"


def test_j_and_k_go_through_the_passages_and_say_which(open_page: Callable[..., Reader], fake: Fake) -> None:
    for words in ("会议没有投票", "评测方法", "章程草案"):
        fake.add(*fake.find(words), tags=[11])
    reader = open_page()
    reader.press("j")
    reader.said("1 of 3, Highlight, 安全, 会议没有投票")
    reader.press("j", "j")
    reader.said("3 of 3")
    assert reader.page.locator(".ring").count() >= 1
    reader.press("j")
    reader.said("This was the last passage")
    reader.press("k")
    reader.said("2 of 3")
    assert reader.page.evaluate("document.activeElement.id") == "doc"
    reader.press("Enter")
    assert reader.page.evaluate("document.activeElement.dataset.card") == reader.page.get_attribute(
        ".margin-card.current", "data-card"
    )
    reader.press("j")
    reader.said("3 of 3")
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-current')") == "true", "the focus goes along"
    reader.press("Delete")
    reader.saved()
    assert len(fake.rows) == 2
    reader.press("Control+z")
    reader.said("Undone")
    assert len(fake.rows) == 3


def test_a_permalink_lands_on_its_passage(open_page: Callable[..., Reader], fake: Fake) -> None:
    row = fake.add(*fake.find("nobody objected"), kinds=("claim",))
    reader = open_page(f"/#a={row['id']}", viewport={"width": 1000, "height": 400})
    reader.said("1 of 1, C-1, nobody objected")
    box = reader.boxes("nobody objected")[0]
    assert 0 < box[1] < 400
    assert reader.page.locator(".ring").count() == 1


def test_what_is_shown_filters_text_cards_and_steps(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.add(*fake.find("会议没有投票"), kinds=("claim",))
    fake.add(*fake.find("评测方法"), tags=[11], by="李")
    reader = open_page()
    reader.press("f")
    reader.page.check(".panel-filter label:has-text('Tags only') input")
    reader.until("document.querySelector('#count').textContent === '1 of 2 passages'")
    reader.until("CSS.highlights.get('line-claim').size === 0 && document.querySelectorAll('#cards > li').length === 1")
    assert reader.painted("tint-red") == ["评测方法"]
    assert reader.page.get_attribute("[data-action=filter]", "aria-pressed") == "true", (
        "the filter is seen when its panel is closed"
    )
    reader.press("Escape", "f")
    reader.page.click(".panel-filter button:has-text('Show everything')")
    reader.until("document.querySelector('#count').textContent === '2 passages'")

"""Pages: roles from tags, furniture out, the body never lost, facts from the head."""

import pytest

from annotations.readers import read
from annotations.readers.markup import Walker
from annotations.readers.trees import parse_html
from annotations.records import SourceText
from annotations.text.blocks import Block

LONG = "这一段足够长，可以算作正文：它讲评测怎样组织、由谁付费、结果在哪里公布，以及谁来核对。"


def page(body: str, head: str = "") -> SourceText:
    return read(
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode(), "a.html"
    )


def blocks(body: str) -> list[tuple[str, str]]:
    pieces = Walker().walk(parse_html(f"<html><body>{body}</body></html>", "a.html"))
    return [(piece.role, piece.text) for piece in pieces]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h3>a <b>b</b><br>c</h3>", [("heading", "a b c")]),
        ("<p>a\n b</p>", [("paragraph", "a b")]),
        ("<p>中\n 文</p>", [("paragraph", "中文")]),
        ("<p>中 文</p>", [("paragraph", "中 文")]),
        ("<p>one<br>two<br><br>three</p>", [("paragraph", "one"), ("paragraph", "two"), ("paragraph", "three")]),
        ("bare<p>p</p>tail", [("paragraph", "bare"), ("paragraph", "p"), ("paragraph", "tail")]),
        ("<ul><li>a<ol><li>b</ol><li>c</ul>", [("list-item", "a"), ("list-item", "b"), ("list-item", "c")]),
        ("<blockquote>a<p>b</p></blockquote>c", [("quote", "a"), ("quote", "b"), ("paragraph", "c")]),
        ("<dl><dt>t<dd>d</dl>", [("list-item", "t"), ("list-item", "d")]),
        ("<pre>  a\n\n    b</pre>", [("paragraph", "  a"), ("paragraph", "    b")]),
        ("<p><ruby>評<rp>(</rp><rt>píng</rt><rp>)</rp></ruby>測</p>", [("paragraph", "評測")]),
        ("<ruby>評<rt>a<rtc><rt>b</rt></rtc></ruby>測", [("paragraph", "評測")]),
        ("<script>a</script><p>b<style>c</style>d</p>", [("paragraph", "bd")]),
        ("<p hidden>a</p><p style='DISPLAY : none'>b</p><p>c</p>", [("paragraph", "c")]),
        ("<p>a<!-- x -->b</p>", [("paragraph", "ab")]),
        ("<table><tr><td>only one column<tr><td>b</table>", [("paragraph", "only one column"), ("paragraph", "b")]),
        ("<aside role=doc-footnote>n</aside>", [("footnote", "n")]),
        ("<ol><li id='fn:3'>n <a href='#r' role=doc-backlink>up</a></li></ol>", [("footnote", "n")]),
        ("<p>&lt;b&gt; &amp;amp; &nbsp;x</p>", [("paragraph", "<b> &amp; \xa0x")]),
        ("<input value=x><textarea>y</textarea><button>z</button><p>t</p>", [("paragraph", "t")]),
    ],
)
def test_roles(body: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(body) == expected


def test_table_keeps_columns_by_tabs() -> None:
    source = page("<table><tr><th>甲<th>乙<th>丙<tr><td>1<td><td>3<tr><td><td>2<td></table>")
    assert source.text == "甲\t乙\t丙\n1\t\t3\n\t2"
    assert {block.role for block in source.blocks} == {"table-cell"}


def test_layout_table_is_no_table() -> None:
    source = page(f"<table><tr><td>left</td><td><table><tr><td>{LONG}</td></tr></table></td></tr></table>")
    assert {block.role for block in source.blocks} == {"paragraph"}


def test_levels() -> None:
    source = page("<h1>t</h1><h2>a</h2><ul><li>b<ul><li>c</ul></ul>")
    assert [(block.role, block.level) for block in source.blocks] == [
        ("title", 1),
        ("heading", 2),
        ("list-item", 1),
        ("list-item", 2),
    ]


def test_menus_go_and_everything_in_the_box_of_the_text_stays() -> None:
    menu = (
        "<nav><a href=/>首页</a></nav><div><ul>"
        + "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(9))
        + "</ul></div>"
    )
    text = f"<div id=c><h1>标题在此</h1><p>{LONG}</p><p>短。</p><p>{LONG[::-1]}</p><ul><li>末项</li></ul></div>"
    source = page(menu + text + "<footer>版权</footer>")
    assert source.text.split("\n") == ["标题在此", LONG, "短。", LONG[::-1], "末项"]
    assert [notice.code for notice in source.notices] == ["page-furniture"]


def test_the_body_is_kept_when_the_extractor_loses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [f"第{number}段。{LONG}" for number in range(10)]
    body = "".join(f"<div><p>{paragraph}</p></div>" for paragraph in paragraphs)
    for answer in (None, "", "something else", paragraphs[0]):
        monkeypatch.setattr("annotations.readers.page.trafilatura.extract", lambda *_, answer=answer, **__: answer)
        assert page(f"<nav>菜单</nav>{body}").text.split("\n") == paragraphs


def test_an_extractor_that_fails_costs_nothing_but_its_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("annotations.readers.page.trafilatura.extract", fail)
    monkeypatch.setattr("annotations.readers.page.extract_metadata", fail)
    source = page(f"<nav>菜单</nav><p>{LONG}</p>", "<meta name=author content=林溪>")
    assert (source.text, source.authors) == (LONG, ("林溪",))


def test_a_page_of_furniture_only_is_still_read() -> None:
    assert page("<nav><a href=/>首页</a></nav>").text == "首页"


def test_title_from_the_heading_that_the_head_confirms() -> None:
    source = page(f"<div>站名</div><h1>规则由谁来定</h1><p>{LONG}</p>", "<title>规则由谁来定_某网站</title>")
    assert source.title == "规则由谁来定"
    assert [source.text[b.start : b.end] for b in source.blocks if b.role == "title"] == ["规则由谁来定"]


def test_title_of_a_page_without_headings_loses_the_name_of_the_site() -> None:
    assert page(f"<p>{LONG}</p>", "<title>规则由谁来定 - 评论 | 某网站</title>").title == "规则由谁来定"
    assert page(f"<p>{LONG}</p>", "<title>A well-known rule</title>").title == "A well-known rule"
    assert page(f"<p>{LONG}</p>", "<title>Untitled</title>").title is None


def test_chapters_do_not_make_a_title() -> None:
    source = page(f"<h1>一</h1><p>{LONG}</p><h1>二</h1><p>{LONG[::-1]}</p>")
    assert [block.role for block in source.blocks] == ["heading", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("head", "fact", "value"),
    [
        ("<meta name=author content='李雷; Jane Doe'>", "authors", ("李雷", "Jane Doe")),
        ("<meta property=article:author content='https://example.org/me'>", "authors", ()),
        ("<meta property=og:locale content=zh_TW>", "language", "zh-Hant"),
        ("<meta itemprop=datePublished content='2024/3/5'>", "published_date", "2024-03-05"),
        ("<meta name=pubdate content='soon'>", "published_date", None),
        ("<link rel=canonical href='javascript:alert(1)'>", "url", None),
        ("<link rel=canonical href='https://example.org/x?y=1'>", "url", "https://example.org/x?y=1"),
        ("<meta property=og:site_name content=' 溪边\n评论 '>", "publisher", "溪边评论"),
    ],
)
def test_facts(head: str, fact: str, value: object) -> None:
    assert getattr(page(f"<p>{LONG}</p>", head), fact) == value


def test_byline_and_source_line_inside_a_page() -> None:
    source = page(f"<p>作者：林溪</p><p>{LONG}</p><p>（来源：溪边评论）</p>")
    assert [block.role for block in source.blocks] == ["byline", "paragraph", "source-line"]


def test_repeated_bodies_are_marked() -> None:
    body = "".join(f"<p>{LONG}{number}</p>" for number in range(8)) * 2
    found = page(body).blocks
    assert [block.duplicate_of for block in found[8:]] == list(range(8))
    assert all(isinstance(block, Block) and block.shift > 0 for block in found[8:])


def test_nothing_is_fetched_and_nothing_is_executed() -> None:
    source = page(
        f"<p>{LONG}</p><img src=http://127.0.0.1:9/x><iframe src=http://127.0.0.1:9/y></iframe><base href=http://127.0.0.1:9/>"
    )
    assert source.text == LONG

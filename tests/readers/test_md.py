"""Markdown: block roles, no markup left, nothing swallowed."""

import pytest

from annotations.readers import read
from annotations.records import SourceText


def blocks(text: str) -> list[tuple[str, str]]:
    source = read(text.encode(), "a.md")
    return [(block.role, source.text[block.start : block.end]) for block in source.blocks]


def facts(matter: str) -> SourceText:
    return read(f"---\n{matter}\n---\ntext".encode(), "a.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", [("paragraph", "a b")]),
        ("中\n文", [("paragraph", "中文")]),
        ("one  \ntwo\\\nthree", [("paragraph", "one"), ("paragraph", "two"), ("paragraph", "three")]),
        ("**a** _b_ `c` ~~d~~ [e](http://x.y 'z') ![f](g)", [("paragraph", "a b c d e")]),
        ("[a][1] b\n\n[1]: http://x.y", [("paragraph", "a b")]),
        ("[^1]: note.\n[^b]: other", [("footnote", "[^1]: note."), ("footnote", "[^b]: other")]),
        ("a[^1]\n\n[^1]: note", [("paragraph", "a[^1]"), ("footnote", "[^1]: note")]),
        ("> a\n>\n> - b", [("quote", "a"), ("quote", "b")]),
        ("1. a\n   - b\n2. c", [("list-item", "a"), ("list-item", "b"), ("list-item", "c")]),
        ("```\n# not a heading\n```", [("paragraph", "# not a heading")]),
        ("a <b>c</b><br>d <!-- x -->", [("paragraph", "a c"), ("paragraph", "d")]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", [("table-cell", "a"), ("table-cell", "b")]),
        ("<script>x</script>\n\na", [("paragraph", "a")]),
        ("a < b and c > d, 5 * 3 * 2, snake_case", [("paragraph", "a < b and c > d, 5 * 3 * 2, snake_case")]),
        ("&amp; &#20013;", [("paragraph", "& 中")]),
        ("T\n===\n\nx\n\nU\n---", [("title", "T"), ("paragraph", "x"), ("heading", "U")]),
        ("---\n\nonly a rule", [("paragraph", "only a rule")]),
    ],
)
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


def test_table_with_empty_cells_keeps_columns() -> None:
    source = read(b"|a|b|c|\n|-|-|-|\n|1||3|\n||2||", "a.md")
    assert source.text == "a\tb\tc\n1\t\t3\n\t2"


def test_front_matter() -> None:
    source = facts(
        'title: "A: b"\nauthors: [X; Y]\ndate: 2024-05-06\nlang: en-GB\nurl: https://e.org/\nsource: S\njunk'
    )
    assert (source.text, source.title, source.authors) == ("text", "A: b", ("X", "Y"))
    assert (source.published_date, source.language, source.url, source.publisher) == (
        "2024-05-06",
        "en",
        "https://e.org/",
        "S",
    )


def test_a_rule_with_text_below_is_no_front_matter() -> None:
    assert blocks("---\na paragraph\n\n---\nb") == [("paragraph", "a paragraph"), ("paragraph", "b")]

"""User text never becomes code; Markdown stays readable; nothing takes long to refuse."""

from html.parser import HTMLParser

import pytest

from annotations.http.sanitize import DEEPEST, LONGEST, TAGS, rich, sanitize

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav\tascript:alert(1)'>x</a>",
    "<a href='javascript\u200b:alert(1)'>x</a>",
    "<a href='//evil.test'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x' onclick=alert(1)>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action='https://evil.test'><button formaction='javascript:alert(1)'>x</button></form>",
    "<style>*{background:url(https://evil.test)}</style>",
    "<p style='position:fixed' class='x' id='main'>x</p>",
    "<template><script>alert(1)</script></template>",
    "<!-- --><script>alert(1)</script>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://evil.test/pixel.png)",
    "<https://ok.test> <javascript:alert(1)>",
    '[x](https://ok.test "title\' onmouseover=alert(1)")',
    "`<script>alert(1)</script>`",
    "<a name=x id=y href=https://ok.test target=_blank>x</a>",
]


class Elements(HTMLParser):
    """Every element of some HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", PAYLOADS)
def test_nothing_dangerous_survives(text: str) -> None:
    for made in (rich(text), sanitize(text)):
        for tag, attributes in Elements(made).found:
            assert tag in TAGS, made
            assert set(attributes) <= ({"href", "rel"} if tag == "a" else set()), made
            if "href" in attributes:
                assert str(attributes["href"]).startswith(("https://", "http://", "mailto:")), made


@pytest.mark.parametrize("text", PAYLOADS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = sanitize(text)
    assert sanitize(once) == once


def test_markdown_is_readable() -> None:
    made = rich("**重点** 与 *斜体*\n\n- 一\n- 二\n\n> 引文\n\n[来源](https://example.org/a?b=1&c=2)")
    for part in (
        "<strong>重点</strong>",
        "<em>斜体</em>",
        "<li>一</li>",
        "<blockquote>",
        'href="https://example.org/a?b=1&amp;c=2"',
    ):
        assert part in made
    assert 'rel="noopener noreferrer nofollow ugc"' in made


@pytest.mark.parametrize(
    "text", ["> " * (DEEPEST + 1) + "deep", "- " * 5000, "<b>" + "x" * (LONGEST + 1), " " * 400 + "- x"]
)
def test_what_is_too_deep_or_too_long_is_shown_plain(text: str) -> None:
    made = rich(text)
    assert made.startswith("<p>")
    assert "<blockquote>" not in made
    assert "<b>" not in made

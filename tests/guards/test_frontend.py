"""What the content policy forbids stands in no template and no script: inline code, inline style, outside addresses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)[^>]*>", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "evaluated code": re.compile(r"hx-on|hx-vals\s*=\s*[\"']js:|hx-vars", re.I),
    "outside file": re.compile(
        r"<(?:script|link|img|iframe|audio|video|source)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I
    ),
    "unescaped text": re.compile(r"(?<!help_text)\|\s*safe\b|autoescape off"),  # help texts are the forms' own words
}
SCRIPT_FORBIDDEN = {
    "evaluated code": re.compile(r"\beval\(|new Function\(|document\.write\(|setTimeout\(\s*[\"'`]"),
    "HTML from text": re.compile(r"\.(?:innerHTML|outerHTML)\s*=(?!=)|insertAdjacentHTML\("),
    "style attribute": re.compile(r"setAttribute\(\s*[\"']style[\"']|\.cssText\s*="),
    "outside address": re.compile(r"(?:fetch|import|EventSource|WebSocket)\(\s*[\"'`](?:https?:|wss?:)?//"),
}


def templates() -> list[Path]:
    """Our templates; those for mail are not pages."""
    return sorted(path for folder in ("aigov", "annotations") for path in (ROOT / folder).rglob("templates/**/*.html"))


def scripts() -> list[Path]:
    """Our ES modules."""
    return sorted((ROOT / "annotations" / "static").rglob("*.js"))


def offences(text: str, forbidden: dict[str, re.Pattern[str]]) -> list[str]:
    """Line and kind of each offence."""
    return [
        f"{text.count(chr(10), 0, match.start()) + 1}: {kind}"
        for kind, pattern in forbidden.items()
        for match in pattern.finditer(text)
    ]


def test_templates_keep_the_policy() -> None:
    paths = templates()
    assert paths
    assert [
        f"{path.relative_to(ROOT)}:{text}" for path in paths for text in offences(path.read_text(), FORBIDDEN)
    ] == []


def test_scripts_keep_the_policy() -> None:
    folder = ROOT / "annotations" / "static"
    paths = scripts()
    assert paths or not any(path.is_file() for path in folder.rglob("*"))
    wrong = [
        f"{path.relative_to(ROOT)}:{text}" for path in paths for text in offences(path.read_text(), SCRIPT_FORBIDDEN)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>1</script>",
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a href="#" onclick="x()">',
        '<a href="javascript:x">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        "{{ note|safe }}",
    ],
)
def test_the_guard_sees(text: str) -> None:
    assert offences(text, FORBIDDEN)


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{% static \'x.js\' %}"></script>',
        '<script id="d" type="application/json">{}</script>',
        '<a href="https://example.org/">a link</a>',
        '<p data-style="a" class="on">one = two</p>',
    ],
)
def test_the_guard_lets_pass(text: str) -> None:
    assert offences(text, FORBIDDEN) == []


@pytest.mark.parametrize(
    "text", ["box.innerHTML = html;", "eval(code)", 'fetch("https://x.example/")', "node.insertAdjacentHTML('x', y)"]
)
def test_the_guard_of_scripts_sees(text: str) -> None:
    assert offences(text, SCRIPT_FORBIDDEN)

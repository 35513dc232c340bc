"""The only door from what people type to HTML: Markdown without raw HTML, then nh3, then bleach; short and shallow.

nh3 is the wall (its parser is a browser's); bleach is the second pass that the owner named. Both get text that is at
most LONGEST characters and not nested deeper than DEEPEST, because either takes seconds for tens of thousands of
levels.
"""

from __future__ import annotations

import re

import bleach
import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

LONGEST = 20_000  # characters of what was typed
DEEPEST = 16  # quotes and lists inside each other
TAGS = frozenset(
    {"p", "br", "strong", "em", "s", "del", "blockquote", "ul", "ol", "li", "code", "pre", "a", "h3", "h4", "hr"}
)
SCHEMES = frozenset({"http", "https", "mailto"})
ADDRESS = re.compile(r"(?:https?://|mailto:)[\x21-\x7e]+")
LEVELS = re.compile(r"^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)+", re.MULTILINE)
MARK = re.compile(r">|[-+*]|\d{1,9}[.)]")

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable(["image", "html_block"])


def sanitize(html: str) -> str:
    """HTML with nothing in it but TAGS and links to http, https and mailto addresses."""
    walled = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href"}},
        attribute_filter=_only_addresses,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow ugc",
    )
    allowed = {"a": ["href", "rel"]}
    return bleach.clean(walled, tags=TAGS, attributes=allowed, protocols=SCHEMES, strip=True, strip_comments=True)


def _only_addresses(tag: str, attribute: str, value: str) -> str | None:
    """Links whose address holds printable ASCII only: invisible characters hide a scheme."""
    return value if attribute != "href" or ADDRESS.fullmatch(value) else None


def rich(text: str) -> SafeString:
    """What somebody typed, as HTML that may stand in a page: Markdown where it is short and shallow, else plain
    lines."""
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        return mark_safe("<p>" + escape(text[: LONGEST * 2]).replace("\n", "<br>") + "</p>")
    return mark_safe(sanitize(_markdown.render(text)))


def _depth(text: str) -> int:
    """How deep quotes and lists may be nested in this text: the most marks at the start of a line, or by
    indentation."""
    marks = max((len(MARK.findall(match[0])) for match in LEVELS.finditer(text)), default=0)
    indent = max((len(line) - len(line.lstrip(" \t")) for line in text.splitlines()), default=0)
    return max(marks, indent // 2)

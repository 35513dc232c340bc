"""The text of a Version as blocks of HTML: clean, clean with its repairs marked, or raw. Text is escaped, never
trusted.

Each block carries data-s and data-e, the code points of the shown space; its text without [data-skip] is exactly that
slice. Strings are joined by hand: a book of 500,000 characters has 5,000 blocks, and templates would take a second
for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from annotations.services.texts import Text
from annotations.text.blocks import Block

TAGS = {"title": "h2", "heading": "h3", "quote": "blockquote"}
HIDDEN = frozenset({"page-head"})
VIEWS = ("clean", "repairs", "raw")


def render(text: Text, view: str, copies: bool) -> SafeString:
    """All blocks of a text in one of VIEWS; repeated ones as one row unless `copies` or raw."""
    return mark_safe("\n".join(_pieces(text, view, copies)))


def _pieces(text: Text, view: str, copies: bool) -> Iterator[str]:
    folded: list[int] = []
    page = None
    for index, block in enumerate(text.blocks):
        if block.duplicate_of is not None and view != "raw" and not copies:
            folded.append(index)
            continue
        if folded:
            yield _fold(text.blocks, folded, view)
            folded = []
        if block.page is not None and block.page != page:
            page = block.page
            yield page_break(page)
        if block.role in HIDDEN and view != "raw":
            continue
        yield _block(text, index, block, view)
    if folded:
        yield _fold(text.blocks, folded, view)


def _fold(blocks: tuple[Block, ...], folded: list[int], view: str) -> str:
    """One line for paragraphs that stand above word for word."""
    homes = [blocks[index].duplicate_of or 0 for index in folded]
    words = ngettext("%(n)s paragraph repeated here", "%(n)s paragraphs repeated here", len(folded)) % {
        "n": len(folded)
    }
    same = gettext("same as ¶ %(first)s–%(last)s") % {"first": min(homes) + 1, "last": max(homes) + 1}
    href = f"?view={view}&amp;copies=shown"
    link = f'<button class="link" type="button" data-exchange="{href}">{escape(gettext("show"))}</button>'
    return f'<div class="fold" data-skip>{escape(words)} ({escape(same)}) · {link}</div>'


def _block(text: Text, index: int, block: Block, view: str) -> str:
    tag = TAGS.get(block.role, "p")
    raw = view == "raw"
    start, end = (block.start, block.end) if raw else text.map.raw_to_clean(block.start, block.end)
    inner = (
        _marked(text, block, start, end)
        if view == "repairs"
        else escape((text.raw if raw else text.clean)[start:end], quote=False)
    )
    again = " repeated" if block.duplicate_of is not None else ""
    return element(tag, f"b-{block.role}{again}", index, (start, end), inner)


def page_break(page: int) -> str:
    return f'<p class="page-break" data-skip>{escape(gettext("page"))} {page}</p>'


def element(tag: str, classes: str, index: int, span: tuple[int, int], inner: str, page: int | None = None) -> str:
    """One block as HTML; `inner` is escaped and holds the span of the shown space, `page` the page it stands on."""
    on = "" if page is None else f' data-page="{page}"'
    return (
        f'<{tag} class="block {classes}" id="b{index}" data-i="{index}" data-n="{index + 1}" '
        f'data-s="{span[0]}" data-e="{span[1]}"{on}>{inner}</{tag}>'
    )


def _marked(text: Text, block: Block, start: int, end: int) -> str:
    """The clean text of a block, every repaired character underlined with the raw one behind it."""
    parts, done = [], start
    for raw_start, raw_end, clean_start, clean_end in text.map.runs:
        if raw_start >= block.end:
            break
        if raw_end <= block.start or raw_end - raw_start == clean_end - clean_start:
            continue
        at = max(clean_start - 1, start) if clean_end == clean_start else clean_start
        stop = max(clean_end, at + 1)
        if at < done or stop > end:
            continue
        parts.append(escape(text.clean[done:at], quote=False))
        damage = escape(text.raw[raw_start:raw_end], quote=False)
        good = escape(text.clean[at:stop], quote=False)
        parts.append(f'<span class="repair">{good}<span data-skip class="gloss">{damage}</span></span>')
        done = stop
    parts.append(escape(text.clean[done:end], quote=False))
    return "".join(parts)

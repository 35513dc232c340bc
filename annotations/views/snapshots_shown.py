"""How snapshots are shown: as plain blocks of text, never as the page that they were; what they state as a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from annotations.models import Snapshot, Source
from annotations.services import sources
from annotations.text import blocks
from annotations.views.reader_blocks import element, page_break

TAGS = {"title": "h3", "heading": "h4", "quote": "blockquote"}
LABELS = {
    "title": _("Title"), "authors": _("Authors"), "publisher": _("Publisher"), "published_date": _("Published on"),
    "url": _("Address"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the newest snapshot states and the source does not say, or says otherwise."""

    name: str
    label: str
    value: object
    words: str


def shown(snapshot: Snapshot) -> SafeString:
    """The blocks of a snapshot as HTML; older ones without blocks are cut at their lines."""
    found = snapshot.blocks or blocks.from_plain(snapshot.text)
    page = None
    rows = []
    for index, block in enumerate(found):
        if block.page is not None and block.page != page:
            page = block.page
            rows.append(page_break(page))
        text = escape(snapshot.text[block.start : block.end], quote=False)
        tag = TAGS.get(block.role, "p")
        rows.append(element(tag, f"b-{block.role}", index, (block.start, block.end), text, block.page))
    return mark_safe("\n".join(rows))


def changed(shots: Sequence[Snapshot]) -> bool:
    """Whether the newest snapshot says something else than the one before; newest first."""
    return len(shots) > 1 and shots[0].text_sha256 != shots[1].text_sha256


def proposals(source: Source, shots: Sequence[Snapshot]) -> list[Proposal]:
    """What the newest snapshot states about itself and the source does not have yet."""
    stated = shots[0].proposed if shots else {}
    return [
        Proposal(name, str(LABELS[name]), value, "; ".join(value) if isinstance(value, list) else str(value))
        for name, value in stated.items()
        if name in LABELS and not known(source, name, value)
    ]


def known(source: Source, name: str, value: object) -> bool:
    """Whether the source says so already; addresses are compared as duplicates are found."""
    if name == "url":
        return sources.url_key(str(value)) == source.url_key or not str(value).startswith(("http://", "https://"))
    return bool(getattr(source, name) == value)


def for_form(proposed: Mapping[str, object]) -> dict[str, object]:
    """Proposed values as a form shows them."""
    return {name: "; ".join(value) if isinstance(value, list) else value for name, value in proposed.items()}

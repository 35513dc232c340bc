"""How snapshots are shown: as plain blocks of text, never as the page that they were; what they state as a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from annotations.models import Snapshot, Source
from annotations.services import sources
from annotations.text import blocks

TAGS = {"title": "h3", "heading": "h4", "quote": "blockquote"}
LABELS = {
    "title": _("Title"), "authors": _("Authors"), "publisher": _("Publisher"), "published_date": _("Published on"),
    "url": _("Address"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the template writes it: the tag it becomes, and its text, which is escaped."""

    tag: str
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the newest snapshot states and the source does not say, or says otherwise."""

    name: str
    label: str
    value: object
    words: str


def shown(snapshot: Snapshot) -> list[Shown]:
    """The blocks of a snapshot; older ones without blocks are cut at their lines."""
    found = snapshot.blocks or blocks.from_plain(snapshot.text)
    page = None
    rows = []
    for block in found:
        begins = block.page if block.page != page else None
        page = block.page
        rows.append(Shown(TAGS.get(block.role, "p"), snapshot.text[block.start : block.end], begins))
    return rows


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

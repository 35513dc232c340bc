"""What the cells of the Tracker share: values made once a page, and tags as tinted words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from annotations.models import Tag
from annotations.services.tracker.columns import Column
from annotations.services.tracker.rows import Row
from annotations.services.tracker.table import Look
from annotations.templatetags.ui import tag_label

EMPTY = mark_safe("")
Made = TypeVar("Made")


def once(look: Look, make: Callable[..., Made], *about: object) -> Made:
    """What `make(*about)` gives, made once a page: translated words and tags stand in many cells."""
    key = (make, *about)
    if key not in look.memo:
        look.memo[key] = make(*about)
    found: Made = look.memo[key]
    return found


def own_tags(row: Row, look: Look, column: Column) -> list[int]:
    assert column.tag_set is not None
    return [pk for pk in row.own if pk in look.tags and look.tags[pk].tag_set_id == column.tag_set.pk]


def chips(look: Look, tags: Sequence[Tag], most: int = 3) -> SafeString:
    """Tags as tinted words; the rest as a number that names them."""
    if not tags:
        return EMPTY
    first = mark_safe("".join(once(look, _chip, tag) for tag in tags[:most]))
    rest = gettext(", ").join(tag_label(tag) for tag in tags[most:])
    more = format_html('<span class="count" title="{}">+{}</span>', rest, len(tags) - most) if rest else EMPTY
    return format_html('<span class="chips">{}{}</span>', first, more)


def _chip(tag: Tag) -> SafeString:
    return format_html('<span class="chip tint-{}"><span class="label">{}</span></span>', tag.colour, tag_label(tag))

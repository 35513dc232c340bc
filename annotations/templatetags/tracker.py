"""Tags of the Tracker: a row's cells with what their editors need, names of columns, headings of groups."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from annotations.services.tracker.columns import Column
from annotations.services.tracker.rows import Row
from annotations.services.tracker.table import Look
from annotations.templatetags.tracker_cells import CELLS
from annotations.templatetags.tracker_chips import EMPTY, once, own_tags
from annotations.templatetags.ui import status
from annotations.templatetags.words import word_of

register = template.Library()


@register.simple_tag
def row_cells(row: Row, look: Look) -> SafeString:
    """All cells of a row after its tick box: the number as its heading, then one cell a column."""
    return mark_safe("".join(_cell(row, look, column) for column in look.columns))


def _cell(row: Row, look: Look, column: Column) -> SafeString:
    inside = CELLS["own" if column.tag_set else column.code](row, look, column)
    if column.code == "number":
        return format_html('<th scope="row" class="tight c-number" data-col="number">{}</th>', inside)
    edits = format_html(' data-edit="{}"', column.edits) if look.editable and column.edits else EMPTY
    return format_html(
        '<td class="{}{}" data-col="{}" data-label="{}"{}{}>{}</td>', column.look,
        " text" if column.code == "text" else "", column.code, once(look, heading, column), edits,
        _value(row, look, column), inside,
    )  # fmt: skip


def _value(row: Row, look: Look, column: Column) -> SafeString:
    """What editors start from and copies take, where it is not the shown text itself."""
    statement = row.statement
    if column.tag_set:
        return format_html(' data-tags="{}" data-set="{}"', _ids(own_tags(row, look, column)), column.tag_set.pk)
    if column.edits == "tags":
        return format_html(' data-tags="{}"', _ids(row.tags))
    value = {
        "text": statement.text if look.script else None, "type": statement.type or statement.mechanism,
        "owner": statement.assignee_id or "", "due": statement.due.isoformat() if statement.due else "",
    }.get(column.edits)  # fmt: skip
    return EMPTY if value is None else format_html(' data-value="{}"', value)


def _ids(tags: Iterable[int]) -> str:
    return ",".join(map(str, tags))


@register.simple_tag
def heading(column: Column) -> str:
    """The name of a column; a tag set's own name is nobody's to translate."""
    return column.label if column.tag_set else gettext(column.label)


@register.simple_tag
def group_heading(code: str, key: object, name: str) -> SafeString:
    """What stands above the rows of one group."""
    if code in ("owner", "document"):
        none = gettext("Nobody") if code == "owner" else gettext("No document")
        return format_html("{}", name or none)
    if code == "status":
        return status(str(key))
    return format_html("{}", word_of(str(key), _vocabulary(code, str(key))) if key else gettext("No type"))


def _vocabulary(code: str, key: str) -> str:
    if code == "kind":
        return "KINDS"
    return "CLAIM_TYPES" if word_of(key, "CLAIM_TYPES") != key else "MECHANISMS"

"""Words and figures of coding rounds for templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from annotations.models.codebook import suffix

register = template.Library()
DIFFERENCES = {
    "missed": _("not marked by all"), "borders": _("other borders"), "kind": _("another kind"), "tags": _("other tags")
}  # fmt: skip


@register.filter
def of(table: Mapping[Any, Any], key: object) -> Any:
    """The entry of a table by its key; "" without one."""
    return table.get(key, "")


@register.filter
def figure(value: float | None) -> str:
    """A coefficient with two decimals; a dash where nothing can be said."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


@register.filter
def differs(code: str) -> str:
    """What coders differ in."""
    return str(DIFFERENCES.get(code, gettext(code)))


@register.filter
def frozen_label(tag: Mapping[str, Any] | str) -> str:
    """A tag of a frozen codebook in the language of the page."""
    if not isinstance(tag, Mapping):
        return "?"
    return str(tag.get(f"label_{suffix(get_language() or 'en')}") or tag["label"])

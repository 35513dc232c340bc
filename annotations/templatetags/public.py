"""Pieces of the public pages: their markup for machines."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
#: Escaped as JSON escapes, so that no word of a claim can end the element or begin another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag
def json_ld(data: dict[str, Any] | None) -> SafeString:
    """A block of linked data; nothing without data. It is data, not a script: the content policy lets it stand."""
    if not data:
        return mark_safe("")
    words = json.dumps(data, ensure_ascii=False, indent=1).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(words))


@register.filter
def web_lang(code: str) -> str:
    """A language code for og:locale: zh-hans becomes zh_CN."""
    return {"zh-hans": "zh_CN", "zh-hant": "zh_TW"}.get(code, "en_GB")

"""What base.html needs on every page besides what a view gives: place, rights, language, look, keys. No query but the
number of unread notifications, when the bar asks for it."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from annotations.models import Member
from annotations.rules.roles import VERBS, allows
from annotations.services import notices

THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor. `member` and `section` are set on the request by views/door.py; a view's own context wins."""
    member: Member | None = getattr(request, "member", None)
    return {
        "corpus": member.corpus if member else None,
        "member": member,
        "can": rights(member),
        "seq": getattr(request, "seq", None),
        "section": getattr(request, "section", ""),
        "unread_notices": partial(notices.count, member) if member else None,
        "theme": theme(request),
        "single_keys": single_keys(request),
        "html_lang": get_language() or settings.LANGUAGE_CODE,
        "ui_languages": settings.LANGUAGES,
    }


def rights(member: Member | None) -> dict[str, bool]:
    """Every verb of rules/roles.py and whether this member's role allows it; empty without a member."""
    return {verb: allows(member.role, verb) for verb in VERBS} if member else {}


def theme(request: HttpRequest) -> str:
    """auto, light or dark: the cookie that static/annotations/js/look.js writes."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def single_keys(request: HttpRequest) -> bool:
    """Whether one-letter keys act: this browser's choice, else the person's, else yes (WCAG 2.1.4)."""
    chosen = request.COOKIES.get("keys")
    if chosen in ("on", "off"):
        return chosen == "on"
    return bool(getattr(getattr(request, "user", None), "single_keys", True))

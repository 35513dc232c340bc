"""What base.html needs on every page besides what a view gives: the person's language, look and keys, all without a query."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from annotations.templatetags.nav import address

THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor. Cookies `theme` and `keys` are written by static/annotations/js/look.js."""
    theme = request.COOKIES.get("theme", "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "single_keys": single_keys(request),
        "html_lang": get_language() or settings.LANGUAGE_CODE,
        "ui_languages": settings.LANGUAGES,
        "home_url": address("home"),
        "preferences_url": address("preferences"),
    }


def single_keys(request: HttpRequest) -> bool:
    """Whether one-letter keys act: this browser's choice, else the person's, else yes (WCAG 2.1.4)."""
    chosen = request.COOKIES.get("keys")
    if chosen in ("on", "off"):
        return chosen == "on"
    user = getattr(request, "user", None)
    return bool(getattr(user, "single_keys", True))

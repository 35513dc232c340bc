"""Every address of the project, as its URL conf has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN = ("admin/", "i18n/")  # Django's own; their rules are tested there
ACCOUNTS = "allauth"


@dataclass(frozen=True)
class Route:
    """`path` as written in the URL conf, `names` of its parameters, the view behind it."""

    name: str
    path: str
    names: tuple[str, ...]
    view: Any

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of an API view, as its door knows them; none for pages."""
        return tuple(getattr(self.view, "methods", ()))


def routes() -> list[Route]:
    """Everything but the admin, the accounts and the language switch."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if path.startswith(FOREIGN):
            continue
        if isinstance(pattern, URLResolver):
            if ACCOUNTS not in str(getattr(pattern.urlconf_name, "__name__", pattern.urlconf_name)):
                yield from _walk(pattern.url_patterns, path)
        else:
            names = tuple(pattern.pattern.converters)
            yield Route(pattern.name or path, path, names, pattern.callback)


def api_routes() -> list[Route]:
    return [route for route in routes() if route.path.startswith("api/") and route.methods]

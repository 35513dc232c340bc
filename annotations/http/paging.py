"""Lists as pages: {count, next, previous, results}, page and page_size from the query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest

from annotations.rules.errors import Invalid, noop

Row = TypeVar("Row", bound=models.Model)
DEFAULT, MOST = 50, 500


def number(request: HttpRequest, name: str, default: int, most: int) -> int:
    """A positive whole number of the query, at most `most`; Invalid otherwise."""
    text = request.GET.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or not 1 <= int(text) <= most:
        raise Invalid(
            "page_number", noop("“%(name)s” is a whole number from 1 to %(most)s."), field=name, name=name, most=most
        )
    return int(text)


def page_of(request: HttpRequest, rows: models.QuerySet[Row], shape: Callable[[Row], Any]) -> dict[str, Any]:
    """One page of a list as the API answers it."""
    return page_together(request, rows, lambda found: [shape(row) for row in found])


def page_together(
    request: HttpRequest, rows: models.QuerySet[Row], shape: Callable[[Sequence[Row]], list[Any]]
) -> dict[str, Any]:
    """One page of a list whose rows are shaped together, so that what they hang on is read once."""
    size = number(request, "page_size", DEFAULT, MOST)
    page = number(request, "page", 1, 10**6)
    count = rows.count()
    results = shape(list(rows[(page - 1) * size : page * size]))
    return {
        "count": count, "next": link(request, page + 1) if page * size < count else None,
        "previous": link(request, page - 1) if page > 1 else None, "results": results,
    }  # fmt: skip


def link(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{settings.BASE_URL}{request.path}?{query.urlencode()}"

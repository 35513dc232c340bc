"""The OpenAPI 3.1 document of the API, written from one table of endpoints; served at /api/schema/."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from annotations.api.schema.document import build


@lru_cache(maxsize=1)
def written() -> bytes:
    """The document as it is sent; it says nothing about any corpus and changes with the program only."""
    return orjson.dumps(build())


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Open to everybody: it is what the documentation page reads."""
    return HttpResponse(written(), content_type="application/json")


urls: list[Any] = [path("schema/", schema, name="api_schema")]

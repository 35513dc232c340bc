"""The filters of lists as query parameters, told by the filters themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters

from annotations.api.schema.endpoint import Schema
from annotations.filters import DocumentFilter, StatementFilter
from annotations.filters.queries import Codes, Ids


def schema_of(one: django_filters.Filter) -> dict[str, Any]:
    """What a filter takes; lists are separated by commas or repeated."""
    if isinstance(one, Ids):
        return {"type": "string", "description": "one or several ids, separated by commas", "pattern": r"^\d+(,\d+)*$"}
    if isinstance(one, Codes):
        known = f": {', '.join(one.allowed)}" if one.allowed else ""
        return {"type": "string", "description": f"one or several codes, separated by commas{known}"}
    if isinstance(one, django_filters.BooleanFilter):
        return {"type": "boolean"}
    if isinstance(one, django_filters.DateFilter):
        return {"type": "string", "format": "date"}
    return {"type": "string"}


def parameters(kind: type[django_filters.FilterSet]) -> Mapping[str, Schema]:
    return {name: schema_of(one) for name, one in kind.base_filters.items()}


DOCUMENT_FILTERS = parameters(DocumentFilter)
STATEMENT_FILTERS = parameters(StatementFilter)

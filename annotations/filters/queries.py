"""What the filters of every list share: lists of codes and ids, unknown names and values refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import django_filters
from django.core.validators import MaxValueValidator
from django.db.models import Model, QuerySet
from django.http import QueryDict

from annotations.rules.errors import Invalid, noop

Row = TypeVar("Row", bound=Model)
Query = Mapping[str, object] | QueryDict

#: Query names that are not filters: paging, order, the shape of the page, the format of an export.
NOT_FILTERS = frozenset(
    {"page", "page_size", "ordering", "view", "columns", "group", "script", "open", "include", "similar_to", "format"}
)


class Codes(django_filters.BaseInFilter, django_filters.CharFilter):
    """One or several codes: repeated, or separated by commas. `allowed` names them; other codes are refused."""

    def __init__(self, *args: Any, allowed: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = tuple(allowed)


class Ids(django_filters.BaseInFilter, django_filters.NumberFilter):
    """One or several ids: repeated, or separated by commas. A number that no database can hold is refused."""

    def get_max_validator(self) -> MaxValueValidator:
        return MaxValueValidator(2**63 - 1)


def flat(query: Query, known: Mapping[str, django_filters.Filter]) -> dict[str, object]:
    """One value a name: repeated values of a list filter joined by commas, empty ones dropped."""
    found: dict[str, object] = {}
    for name in query:
        values = query.getlist(name) if isinstance(query, QueryDict) else [query[name]]
        given = [str(value) for value in values if str(value).strip()]
        if given and name in known:
            found[name] = ",".join(given) if isinstance(known[name], (Codes, Ids)) else given[-1]
    return found


def filters_of(query: Query) -> dict[str, list[str]]:
    """The filters of a query as they were asked, without empty ones and without what is no filter."""
    found = {}
    for name in query:
        values = query.getlist(name) if isinstance(query, QueryDict) else [query[name]]
        given = [str(value) for value in values if str(value).strip()]
        if given and name not in NOT_FILTERS:
            found[name] = given
    return found


def check_names(query: Query, known: Iterable[str]) -> None:
    """Refuse filters that do not exist: a misspelt one must not silently show everything."""
    for name in query:
        if name not in known and name not in NOT_FILTERS:
            raise Invalid("filter_unknown", noop("There is no filter “%(name)s”."), field=name, name=name)


def check_codes(values: Mapping[str, object], known: Mapping[str, django_filters.Filter]) -> None:
    """Refuse codes that a filter does not have: they would silently show nothing."""
    for name, value in values.items():
        allowed = getattr(known[name], "allowed", ())
        wrong = [code for code in str(value).split(",") if allowed and code not in allowed]
        if wrong:
            raise Invalid(
                "filter_code", noop("The filter “%(name)s” has no “%(value)s”. It has: %(allowed)s."), field=name,
                name=name, value=wrong[0], allowed=allowed,
            )  # fmt: skip


@lru_cache(maxsize=256)
def part_of(kind: type[django_filters.FilterSet], names: frozenset[str]) -> type[django_filters.FilterSet]:
    """The filter set with these filters only: making all of them costs more than asking the database."""
    part: type[django_filters.FilterSet] = type(f"{kind.__name__}Part", (kind,), {})
    part.base_filters = {name: one for name, one in kind.base_filters.items() if name in names}
    return part


def run(kind: type[django_filters.FilterSet], rows: QuerySet[Row], query: Query, **given: object) -> QuerySet[Row]:
    """The rows that the query lets through; Invalid with the field when it makes no sense."""
    known = kind.base_filters
    check_names(query, known)
    values = flat(query, known)
    if not values:
        return rows
    check_codes(values, known)
    found = part_of(kind, frozenset(values))(values, queryset=rows, **given)  # type: ignore[arg-type]
    if not found.is_valid():
        name, errors = next(iter(found.errors.items()))
        template = noop("The filter “%(name)s” cannot be read: %(reason)s")
        raise Invalid("filter_value", template, field=name, name=name, reason=str(errors[0]))
    narrowed: QuerySet[Row] = found.qs
    return narrowed

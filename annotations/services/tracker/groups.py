"""Rows under headings: by status, kind, type, owner or document, each with how many statements it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable

from annotations.models import Document, Member, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, noop
from annotations.services.tracker.links import links


@dataclass(frozen=True, slots=True)
class Grouping:
    """`key` gives what rows of one group share; `label` is a msgid that names the grouping."""

    code: str
    label: str
    key: Callable[[Member], Combinable]


def _status(member: Member) -> Combinable:
    return Case(When(public="none", then=F("work")), default=F("public"), output_field=CharField())


def _kind(member: Member) -> Combinable:
    return F("kind")


def _type(member: Member) -> Combinable:
    return Case(When(kind="claim", then=F("type")), default=F("mechanism"), output_field=CharField())


def _owner(member: Member) -> Combinable:
    return F("assignee_id")


def _document(member: Member) -> Combinable:
    """The first document it stands in, so that every statement has one place."""
    here = links(member).filter(statement_id=OuterRef("pk")).order_by().values("statement_id")
    return Subquery(here.annotate(first=Min("annotation__document_id")).values("first"))


GROUPINGS: Mapping[str, Grouping] = {
    one.code: one
    for one in (
        Grouping("status", noop("Status"), _status),
        Grouping("kind", noop("Kind"), _kind),
        Grouping("type", noop("Type"), _type),
        Grouping("owner", noop("Owner"), _owner),
        Grouping("document", noop("First document"), _document),
    )
}


ORDERS: Mapping[str, tuple[str, ...]] = {
    "status": vocabulary.STATUSES.codes,
    "kind": vocabulary.KINDS.codes,
    "type": (*vocabulary.CLAIM_TYPES.codes, *vocabulary.MECHANISMS.codes),
}


def check(code: str) -> str:
    """The code, when it is one of these or nothing; Invalid otherwise."""
    if code and code not in GROUPINGS:
        names = tuple(GROUPINGS)
        raise Invalid("group_unknown", noop("Group by one of: %(names)s."), field="group", names=names)
    return code


def keyed(member: Member, rows: QuerySet[Statement], code: str) -> QuerySet[Statement]:
    """The rows with their `group_key`."""
    return rows.annotate(group_key=GROUPINGS[code].key(member))


def sizes(rows: QuerySet[Statement]) -> dict[object, int]:
    """How many statements have each key, over all pages."""
    found = rows.order_by().values("group_key").annotate(n=Count("pk"))  # type: ignore[misc]  # made by `keyed`
    return {line["group_key"]: line["n"] for line in found}


def in_order(code: str, keys: Iterable[Any], names: Mapping[Any, str]) -> list[Any]:
    """Keys as their groups stand: by vocabulary, by name, or by age; those without one last."""
    known = ORDERS.get(code)

    def place(key: Any) -> tuple[bool, Any]:
        if known is not None:
            return key not in known, known.index(key) if key in known else 0
        return key is None, names.get(key, "") if code == "owner" else (key or 0)

    return sorted(keys, key=place)


def rank(code: str, keys: Sequence[Any]) -> Combinable:
    """What to order by, so that rows stand under their group. Documents may be many, and their ids are their order."""
    if code == "document":
        return F("group_key").asc(nulls_last=True)
    whens = [
        When(**({"group_key__isnull": True} if key is None else {"group_key": key}), then=Value(place))
        for place, key in enumerate(keys)
    ]
    return Case(*whens, default=Value(len(keys)), output_field=IntegerField())


def names(member: Member, code: str, keys: Iterable[Any]) -> dict[Any, str]:
    """What the headings say where the key is an id; codes are worded by the page."""
    ids = [key for key in keys if key is not None]
    if code == "owner":
        return dict(Member.objects.filter(corpus_id=member.corpus_id, pk__in=ids).values_list("pk", "name"))
    if code == "document":
        return dict(Document.objects.filter(corpus_id=member.corpus_id, pk__in=ids).values_list("pk", "title"))
    return {}

"""How many: statements by kind, passages and documents behind them, what waits in the built-in views. Exact."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import Combinable, RawSQL

from annotations.models import Member, Statement
from annotations.services.tracker.links import links, unfinished


@dataclass(frozen=True, slots=True)
class Counts:
    """Statements of either kind; live passages visible to the reader that express one of them; their documents."""

    claims: int
    proposals: int
    passages: int
    documents: int

    @property
    def statements(self) -> int:
        return self.claims + self.proposals


#: Ids in an order as one JSON list, made by the database: ten thousand rows need not pass through Python.
GATHERED = "WITH f(id, kind) AS ({}) SELECT json_group_array(id), count(*) FILTER (WHERE kind = 'claim') FROM f"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of statements that were settled: their ids in the order asked for, a subquery that gives them, and
    how many of either kind."""

    pks: list[int]
    ids: RawSQL
    claims: int

    @property
    def proposals(self) -> int:
        return len(self.pks) - self.claims


def settled(rows: QuerySet[Statement], order: Sequence[str | Combinable]) -> QuerySet[Statement]:
    """The same statements by their ids: a filter that costs much is run once for counts, order and page together."""
    pairs = rows.order_by(*order).values_list("pk", "kind")
    if connection.vendor == "postgresql":
        found = list(pairs)
        pks, claims = [pk for pk, _ in found], sum(kind == "claim" for _, kind in found)
        among = RawSQL("SELECT unnest(%s::bigint[])", [pks])
    else:
        pks, among, claims = _gathered(pairs)
    chosen = Statement.objects.filter(pk__in=among)
    # On these very rows only: a queryset made from them is another object, and has to be counted.
    chosen._known = Known(pks, among, claims)  # type: ignore[attr-defined]
    return chosen


def _gathered(pairs: QuerySet[Statement, tuple[int, str]]) -> tuple[list[int], RawSQL, int]:
    try:
        sql, values = pairs.query.sql_with_params()
    except EmptyResultSet:  # a filter that nothing can pass
        return [], RawSQL("SELECT value FROM json_each(%s)", ["[]"]), 0
    with connection.cursor() as cursor:
        cursor.execute(GATHERED.format(sql), values)
        text, claims = cursor.fetchone()
    return json.loads(text), RawSQL("SELECT value FROM json_each(%s)", [text]), claims


def known_of(rows: QuerySet[Statement]) -> Known | None:
    """What was settled about these very rows."""
    return getattr(rows, "_known", None)


def of(member: Member, rows: QuerySet[Statement]) -> Counts:
    """The counts of these statements. A passage with two of them counts once."""
    known = known_of(rows)
    if known is not None:
        return Counts(known.claims, known.proposals, *_behind(member, known.ids))
    kinds = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return Counts(kinds.get("claim", 0), kinds.get("proposal", 0), *_behind(member, rows.order_by().values("pk")))


def _behind(member: Member, ids: Any) -> tuple[int, int]:
    """Passages and documents behind the statements with these ids."""
    counted = (
        links(member).filter(statement_id__in=ids).order_by().aggregate(
            passages=Count("annotation_id", distinct=True), documents=Count("annotation__document_id", distinct=True)
        )
    )  # fmt: skip
    return counted["passages"], counted["documents"]


def waiting(member: Member, today: date) -> dict[str, int]:
    """What the heads of the built-in views announce: statements to triage, and those that are due."""
    rows = Statement.objects.visible_to(member).filter(redirect_to=None)
    return {
        "triage": rows.filter(work="untriaged", public="none").count(),
        "due": rows.filter(unfinished(), due__lte=today).count(),
    }

"""How many: statements by kind, passages and documents behind them, what waits in the built-in views. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Count, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

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


class Gathered(Aggregate):
    """Ids as one JSON list, made by the database: ten thousand rows need not pass through Python."""

    function = "json_group_array"
    output_field = TextField()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of statements that were settled: a subquery that gives their ids, and how many of either kind."""

    ids: RawSQL
    claims: int
    proposals: int


def settled(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """The same statements by their ids: a filter that costs much is run once for counts and page together."""
    rows = rows.order_by()
    if connection.vendor == "postgresql":
        found = list(rows.values_list("pk", "kind"))
        among = RawSQL("SELECT unnest(%s::bigint[])", [[pk for pk, _ in found]])
        claims, total = sum(kind == "claim" for _, kind in found), len(found)
    else:
        made = rows.aggregate(ids=Gathered("pk"), claims=Count("pk", filter=Q(kind="claim")), total=Count("pk"))
        among, claims, total = RawSQL("SELECT value FROM json_each(%s)", [made["ids"]]), made["claims"], made["total"]
    chosen = Statement.objects.filter(pk__in=among)
    # On these very rows only: a queryset made from them is another object, and has to be counted.
    chosen._known = Known(among, claims, total - claims)  # type: ignore[attr-defined]
    return chosen


def of(member: Member, rows: QuerySet[Statement]) -> Counts:
    """The counts of these statements. A passage with two of them counts once."""
    known: Known | None = getattr(rows, "_known", None)
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

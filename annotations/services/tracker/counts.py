"""How many: statements by kind, passages and documents behind them, what waits in the built-in views. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Aggregate, Count, QuerySet, TextField
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


def settled(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """The same statements by their ids: a filter that costs much is run once for counts and page together."""
    rows = rows.order_by()
    if connection.vendor == "postgresql":
        among = RawSQL("SELECT unnest(%s::bigint[])", [list(rows.values_list("pk", flat=True))])
    else:
        among = RawSQL("SELECT value FROM json_each(%s)", [rows.aggregate(ids=Gathered("pk"))["ids"]])
    return Statement.objects.filter(pk__in=among)


def of(member: Member, rows: QuerySet[Statement]) -> Counts:
    """The counts of these statements. A passage with two of them counts once."""
    kinds = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    passages, documents = _behind(member, rows)
    return Counts(kinds.get("claim", 0), kinds.get("proposal", 0), passages, documents)


def _behind(member: Member, rows: QuerySet[Statement]) -> tuple[int, int]:
    found = links(member).filter(statement_id__in=rows.order_by().values("pk")).order_by()
    counted = found.aggregate(
        passages=Count("annotation_id", distinct=True), documents=Count("annotation__document_id", distinct=True)
    )
    return counted["passages"], counted["documents"]


def waiting(member: Member, today: date) -> dict[str, int]:
    """What the heads of the built-in views announce: statements to triage, and those that are due."""
    rows = Statement.objects.visible_to(member).filter(redirect_to=None)
    return {
        "triage": rows.filter(work="untriaged", public="none").count(),
        "due": rows.filter(unfinished(), due__lte=today).count(),
    }

"""How many: statements by kind, passages and documents behind them, what waits in the built-in views. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

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

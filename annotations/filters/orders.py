"""In which orders statements can be listed. Codes sort by their vocabulary; what is empty comes last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import NullIf

from annotations.models import Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, noop


def rank(field: str, codes: Iterable[str]) -> Case:
    """The place of a code in its vocabulary; what is not there comes last."""
    codes = tuple(codes)
    whens = [When(**{field: code}, then=Value(place)) for place, code in enumerate(codes)]
    return Case(*whens, default=Value(len(codes)), output_field=IntegerField())


def status_rank() -> Case:
    """The place of the one shown word (withdrawn, paused, published, else work) in workflow order."""
    places = {code: place for place, code in enumerate(vocabulary.STATUSES.codes)}
    shown = [When(public=code, then=Value(places[code])) for code in vocabulary.PUBLIC.codes if code in places]
    work = [When(work=code, then=Value(places[code])) for code in vocabulary.WORK.codes]
    return Case(*shown, *work, default=Value(len(places)), output_field=IntegerField())


def verdict_rank() -> Case:
    """Verdicts of claims first, then progress of proposals, then nothing yet."""
    progress = rank("progress", vocabulary.PROGRESS.codes)
    none = len(vocabulary.VERDICTS) + len(vocabulary.PROGRESS)
    whens = [When(verdict=code, then=Value(place)) for place, code in enumerate(vocabulary.VERDICTS.codes)]
    proposal = When(kind="proposal", then=progress + Value(len(vocabulary.VERDICTS)))
    return Case(*whens, proposal, default=Value(none), output_field=IntegerField())


def type_rank() -> Case:
    """Types of claims in the order of their vocabulary, then mechanisms of proposals."""
    claim = When(kind="claim", then=rank("type", vocabulary.CLAIM_TYPES.codes))
    proposal = rank("mechanism", vocabulary.MECHANISMS.codes) + Value(len(vocabulary.CLAIM_TYPES) + 1)
    return Case(claim, default=proposal, output_field=IntegerField())


#: name -> what it sorts by; the number settles the rest. Each can be turned round by a leading "-".
ORDERS: Mapping[str, F | Case | NullIf] = {
    "number": F("kind"),
    "text": F("fold"),
    "type": type_rank(),
    "status": status_rank(),
    "verdict": verdict_rank(),
    "assignee": F("assignee__name"),
    "due": F("due"),
    "updated": F("updated_at"),
    "created": F("created_at"),
    "checkworthiness": rank("checkworthiness", vocabulary.CHECKWORTHINESS.codes),
    "deadline": NullIf(F("deadline"), Value("")),
}


def key_of(asked: str) -> tuple[str, bool]:
    """(name, turned round) of an order as asked; Invalid naming the orders otherwise."""
    name = asked.removeprefix("-") or "number"
    if name not in ORDERS:
        names = tuple(ORDERS)
        raise Invalid("order_unknown", noop("Order by one of: %(names)s."), field="ordering", names=names)
    return name, asked.startswith("-")


def order_by(asked: str) -> list[str | Combinable]:
    """The terms of an order; the number settles what the order leaves open."""
    name, turned = key_of(asked)
    if name == "number":  # never null, so that an index can give the order
        return ["-kind", "-number"] if turned else ["kind", "number"]
    expression = ORDERS[name]
    first = expression.desc(nulls_last=True) if turned else expression.asc(nulls_last=True)
    return [first, "-id" if turned else "id"]


def ordered(rows: QuerySet[Statement], asked: str) -> QuerySet[Statement]:
    """The rows in one of ORDERS; Invalid naming them otherwise."""
    return rows.order_by(*order_by(asked))

"""Many statements at once: the same verb for each row in one Op; what a rule refuses stays as it was and is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from annotations.models import Member, Statement
from annotations.rules.errors import Invalid, Problem, noop
from annotations.services import limits, statements, workflow
from annotations.services.op import Op


@dataclass(slots=True)
class Outcome:
    """Which rows changed, and which were refused with what sentence."""

    done: list[Statement] = field(default_factory=list)
    refused: list[tuple[Statement, Problem]] = field(default_factory=list)


def apply(op: Op, ids: Iterable[int], action: str, values: Mapping[str, object]) -> Outcome:
    """Run `action` (a key of ACTIONS) on each of these statements of the corpus, in id order."""
    op.check("bulk_edit")
    if action not in ACTIONS:
        raise Invalid("action_unknown", noop("There is no bulk action “%(name)s”."), field="action", name=action)
    wanted = sorted(set(ids))
    limits.check("bulk_rows", len(wanted))
    outcome = Outcome()
    for statement in Statement.objects.filter(corpus=op.corpus, removed_at=None, pk__in=wanted).order_by("pk"):
        kept = len(op.lines)
        try:
            with transaction.atomic():
                ACTIONS[action](op, statement, values)
            outcome.done.append(statement)
        except Problem as problem:
            del op.lines[kept:]
            outcome.refused.append((statement, problem))
    return outcome


def _assign(op: Op, statement: Statement, values: Mapping[str, object]) -> None:
    pk = values.get("assignee")
    member = Member.objects.filter(corpus=op.corpus, pk=int(str(pk))).first() if pk else None
    if pk and member is None:
        raise Invalid("member_unknown", noop("This person does not belong to the corpus."), field="assignee")
    workflow.assign(op, statement, member)


def _due(op: Op, statement: Statement, values: Mapping[str, object]) -> None:
    statements.update(op, statement, due=parse_date(values.get("due")))


def parse_date(value: object) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Invalid("not_a_date", noop("Write the date as YYYY-MM-DD."), field="due") from None


def _tag(op: Op, statement: Statement, values: Mapping[str, object]) -> None:
    statements.set_tags(op, statement, add=_ids(values.get("add")), remove=_ids(values.get("remove")))


def _ids(value: object) -> list[int]:
    if not value:
        return []
    found = value if isinstance(value, (list, tuple)) else [value]
    return [int(str(one)) for one in found if str(one).isdecimal()]


def _type(op: Op, statement: Statement, values: Mapping[str, object]) -> None:
    statements.update(op, statement, type=str(values.get("type") or ""))


def _move(op: Op, statement: Statement, values: Mapping[str, object]) -> None:
    asked = workflow.Asked(reason=str(values.get("reason") or ""), note=str(values.get("note") or ""))
    workflow.transition(op, statement, str(values.get("to") or ""), asked)


def _triage(op: Op, statement: Statement, values: Mapping[str, object]) -> None:
    workflow.answer_triage(op, statement, values)


ACTIONS: Mapping[str, Callable[[Op, Statement, Mapping[str, object]], None]] = {
    "assign": _assign,
    "due": _due,
    "tag": _tag,
    "type": _type,
    "move": _move,
    "triage": _triage,
}

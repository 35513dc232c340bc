"""The next steps of several statements together: which of them can take each, and what stands against the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotations.models import Member, Statement
from annotations.rules import roles
from annotations.rules.errors import Problem
from annotations.rules.workflow import WORKFLOW, Transition
from annotations.services import workflow

#: Up to so many rows each one's missing things are looked up; beyond that only state and role are compared.
EXACT = 30
#: Steps that have a dialog of their own, with their reasons.
ELSEWHERE = ("set_aside",)


@dataclass(slots=True)
class Step:
    """One step: `offered` rows have it, of which `ready` lack nothing; `against` is the first problem of the others."""

    target: str
    label: str
    offered: int = 0
    ready: int = 0
    against: Problem | None = None
    asks: set[str] = field(default_factory=set)

    @property
    def possible(self) -> bool:
        """Whether at least one row can take it, with what the dialog asks for."""
        return self.ready > 0


#: What a dialog of many rows can ask for; a step that lacks only these is ready.
ASKED = {"reason": "note", "note": "note", "comment": "note", "correction_note": "correction_note"}


def steps(member: Member, statements: Sequence[Statement]) -> list[Step]:
    """Every step that at least one of these statements offers, in the order of the workflow."""
    found: dict[str, Step] = {}
    for statement in statements:
        statement.corpus = member.corpus
        for transition, problem, asks in _offers(member, statement, exact=len(statements) <= EXACT):
            if transition.target in ELSEWHERE:
                continue
            step = found.setdefault(transition.target, Step(transition.target, transition.label))
            step.offered += 1
            step.asks |= asks
            step.ready += problem is None
            step.against = step.against or problem
    order = list(dict.fromkeys(transition.target for transition in WORKFLOW))
    return sorted(found.values(), key=lambda step: order.index(step.target))


def _offers(member: Member, statement: Statement, *, exact: bool) -> list[tuple[Transition, Problem | None, set[str]]]:
    if not exact:
        open_ones = [one for one in WORKFLOW if one.starts_from(statement.kind, statement.work, statement.public)]
        return [(one, roles.forbidden(member.role, one.verb), _asks(one)) for one in open_ones]
    found = []
    for move in workflow.moves(statement, member):
        lacking = [problem for problem in move.missing if (problem.field or problem.code) not in ASKED]
        found.append((move.transition, move.forbidden or (lacking[0] if lacking else None), _asks(move.transition)))
    return found


def _asks(transition: Transition) -> set[str]:
    return {ASKED.get(need, "correction_note") for need in transition.needs if need in (*ASKED, "correction")}

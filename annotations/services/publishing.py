"""What is public of a check, and the public record: a line for each publication, pause, correction and withdrawal."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.models import Correction, Member, Statement, Verification
from annotations.rules import workflow
from annotations.rules.errors import Problem, Refused
from annotations.rules.vocabulary import REPUBLISHED_AS
from annotations.services.facts import Asked, facts_of
from annotations.services.op import Op


@dataclass(frozen=True, slots=True)
class Planned:
    """What publishing makes of a statement: the check that becomes the public one, the number of the public one before
    (0: none), and the line of the record that says so."""

    check: Verification
    before: int
    kind: str
    note: str

    @property
    def replaces(self) -> bool:
        """Whether another version is (or was) the public one."""
        return self.before not in (0, self.check.number)


def planned(statement: Statement, asked: Asked) -> Planned | None:
    """The latest approved check with what its line would say; None while none is approved."""
    last = statement.verifications.filter(state="approved").order_by("-number").first()
    if last is None:
        return None
    before = statement.published_version
    public = statement.verifications.filter(number=before).first() if before else None
    note = asked.correction_note.strip() if public is not None else ""
    return Planned(last, before or 0, _kind(public, last, asked), note)


def lacking(statement: Statement, member: Member, asked: Asked) -> tuple[Problem, ...]:
    """What is still needed before this member may publish. Refused where the state has no such step, Forbidden when it
    is not theirs."""
    try:
        workflow.check(facts_of(statement, member, asked), "published")
    except Refused as problem:
        if problem.code != "needs":
            raise
        return tuple(problem.reasons)
    return ()


def publish(op: Op, statement: Statement, asked: Asked) -> None:
    """Make the latest approved check the public one, and say what changed since the last."""
    plan = planned(statement, asked)
    if plan is not None:
        statement.published_version, statement.published_at = plan.check.number, op.at
        _line(op, statement, plan.kind, plan.before, plan.note)


def told(op: Op, statement: Statement, target: str, asked: Asked) -> None:
    """A line for what the readers of a public page see change, whatever the state of the work: paused, opened again,
    withdrawn. Nothing is said of what was never public."""
    if statement.published_version is None or (target == "in_progress" and statement.public not in SHOWN):
        return
    if target in ("paused", "withdrawn"):  # the reason of these two is public
        _line(op, statement, target, statement.published_version, (asked.note.strip() or asked.reason.strip()))
    elif target == "in_progress":
        _line(op, statement, "reopened", statement.published_version, "")


#: Public states in which a verdict stands, or stood a moment ago, on the public page.
SHOWN = ("published", "paused")


def _kind(public: Verification | None, last: Verification, asked: Asked) -> str:
    """What the editor called it; else by what changed."""
    if public is None or public.pk == last.pk:
        return "published"
    if asked.correction_kind in REPUBLISHED_AS:
        return asked.correction_kind
    if public.verdict != last.verdict:
        return "correction"
    return "clarification" if public.justification != last.justification else "published"


def _line(op: Op, statement: Statement, kind: str, before: int, note: str) -> None:
    Correction.objects.create(
        corpus=op.corpus, statement=statement, from_version=before, to_version=statement.published_version or 0,
        kind=kind, public_note=note, created_at=op.at, created_by=op.by,
    )  # fmt: skip

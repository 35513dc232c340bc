"""Milestones: dated, sourced steps in the life of a proposal, each confirmed by a second person before it counts."""

from __future__ import annotations

from annotations.models import Milestone, Relation, Source, Statement
from annotations.rules import milestones as rules
from annotations.rules.errors import Invalid, noop
from annotations.services import statements
from annotations.services.op import Op


def propose(
    op: Op, statement: Statement, *, status: str, date: str, source: Source | None = None, note: str = ""
) -> Milestone:
    """Enter a step; it waits for somebody else to confirm it."""
    op.check("milestone_propose")
    successors = Relation.objects.filter(target=statement, type="supersedes", removed_at=None)
    rules.check_milestone(
        rules.MilestoneFacts(
            status=status, date=date, kind=statement.kind, progress=statement.progress, has_source=source is not None,
            note=note, has_successor=successors.exists(), today=op.at.date().isoformat(),
        )
    )  # fmt: skip
    milestone = Milestone.objects.create(
        corpus=op.corpus, statement=statement, status=status, date=date, source=source, note=note,
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    op.log("milestone.proposed", milestone, _told(milestone))
    return milestone


def state_of(milestone: Milestone) -> str:
    """A code of MILESTONE_STATES."""
    if milestone.confirmed_by_id:
        return "confirmed"
    return "refused" if milestone.refused_by_id else "proposed"


def _told(milestone: Milestone, **more: object) -> dict[str, object]:
    statement = milestone.statement
    return {
        "label": statement.label,
        "statement": statement.pk,
        "status": milestone.status,
        "date": milestone.date,
        **more,
    }


def _check_second(op: Op, milestone: Milestone) -> None:
    op.check("milestone_confirm")
    rules.check_confirmation(state_of(milestone), is_author=milestone.created_by_id == op.by.pk)


def confirm(op: Op, milestone: Milestone) -> Milestone:
    _check_second(op, milestone)
    milestone.confirmed_by, milestone.confirmed_at = op.by, op.at
    milestone.version += 1
    milestone.save()
    op.log("milestone.confirmed", milestone, _told(milestone))
    rate(op, milestone.statement)
    return milestone


def refuse(op: Op, milestone: Milestone, reason: str) -> Milestone:
    _check_second(op, milestone)
    if not reason.strip():
        raise Invalid("reason_needed", noop("Say why."), field="reason")
    milestone.refused_by, milestone.refused_reason = op.by, reason
    milestone.version += 1
    milestone.save()
    op.log("milestone.refused", milestone, _told(milestone, reason=reason))
    return milestone


def progress_of(statement: Statement) -> tuple[str, str]:
    """Progress and its date: the latest confirmed step (UX.md 4.3)."""
    steps = statement.milestones.filter(removed_at=None).order_by("id")
    last = rules.current(rules.Milestone(step.status, step.date, state_of(step)) for step in steps)
    return (last.status, last.date) if last else ("not_yet_rated", "")


def rate(op: Op, statement: Statement) -> None:
    """Write the progress that the confirmed steps give."""
    progress, date = progress_of(statement)
    if (statement.progress, statement.progress_date) != (progress, date):
        changed = {"progress": [statement.progress, progress], "progress_date": [statement.progress_date, date]}
        statement.progress, statement.progress_date = progress, date
        statements.touch(op, statement)
        op.log("statement.progress", statement, {"label": statement.label, "changes": changed})

"""Milestones: dated, sourced steps in the life of a proposal, each confirmed by a second person before it counts."""

from __future__ import annotations

from annotations.models import Milestone, Source, Statement
from annotations.rules import vocabulary, workflow
from annotations.rules.errors import Forbidden, Invalid, Refused, noop
from annotations.services.op import Op
from annotations.text import facts


def propose(
    op: Op, statement: Statement, *, status: str, date: str, source: Source | None = None, note: str = ""
) -> Milestone:
    """Enter a step. It needs a date and a source or a note, and waits for somebody else to confirm it."""
    op.check("milestone_propose")
    if statement.kind != "proposal":
        raise Refused("not_a_proposal", noop("Only proposals have progress; a claim has a verdict."))
    vocabulary.PROGRESS.check(status, "status")
    facts.check_date(date, "date")
    if source is None and not note.strip():
        raise Invalid("milestone_needs_source", noop("Name the source of this step, or describe it."), field="source")
    workflow.check_progress(statement.progress, status)
    milestone = Milestone.objects.create(
        corpus=op.corpus, statement=statement, status=status, date=date, source=source, note=note,
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    op.log("milestone.proposed", milestone, {"label": statement.label, "statement": statement.pk, "status": status, "date": date})
    return milestone


def check_second(op: Op, milestone: Milestone) -> None:
    op.check("milestone_confirm")
    if milestone.created_by_id == op.by.pk:
        raise Forbidden("own_milestone", noop("Somebody else must confirm the step you entered."))
    if milestone.confirmed_by_id or milestone.refused_by_id:
        raise Refused("milestone_decided", noop("This step was decided already."))


def confirm(op: Op, milestone: Milestone) -> Milestone:
    check_second(op, milestone)
    milestone.confirmed_by, milestone.confirmed_at = op.by, op.at
    milestone.version += 1
    milestone.save()
    payload = {"label": milestone.statement.label, "statement": milestone.statement_id, "status": milestone.status, "date": milestone.date}
    op.log("milestone.confirmed", milestone, payload)
    rate(op, milestone.statement)
    return milestone


def refuse(op: Op, milestone: Milestone, reason: str) -> Milestone:
    check_second(op, milestone)
    if not reason.strip():
        raise Invalid("reason_needed", noop("Say why."), field="reason")
    milestone.refused_by, milestone.refused_reason = op.by, reason
    milestone.version += 1
    milestone.save()
    payload = {"label": milestone.statement.label, "statement": milestone.statement_id, "status": milestone.status, "reason": reason}
    op.log("milestone.refused", milestone, payload)
    return milestone


def rate(op: Op, statement: Statement) -> None:
    """Progress = the latest confirmed step by its date (UX.md 4.3)."""
    steps = statement.milestones.filter(removed_at=None, confirmed_by__isnull=False)
    last = steps.order_by("-date", "-id").first()
    progress, date = (last.status, last.date) if last else ("not_yet_rated", "")
    if (statement.progress, statement.progress_date) != (progress, date):
        before = [statement.progress, statement.progress_date]
        statement.progress, statement.progress_date = progress, date
        statement.version += 1
        statement.updated_at = op.at
        statement.save()
        op.log("statement.progress", statement, {"label": statement.label, "changes": {"progress": [before, [progress, date]]}})

"""Steps that happen by themselves: a prediction can be checked now, an approved check lost evidence."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from annotations.models import Evidence, Member, Statement
from annotations.services import verifications, workflow
from annotations.services.op import Op, writing

#: Set aside until the day on which they can be checked.
WAITING = Q(kind="claim", work="set_aside", triage_reason="prediction", removed_at=None, redirect_to=None)


def evidence_lost(op: Op, evidence: Evidence) -> None:
    """The claim is checked anew when its approved check stood on this; what is public says so."""
    check = evidence.answer.question.verification if evidence.answer else None
    statement = evidence.statement
    if check is None or check.state != "approved" or statement.work != "approved":
        return
    latest = verifications.latest(statement)
    if latest is not None and latest.pk == check.pk:
        workflow.transition(op, statement, "in_progress", occasion="evidence_lost")
        people = [check.author_id, statement.assignee_id, *check.reviews.values_list("reviewer_id", flat=True)]
        op.tell(people, "reopened")


def come_due(today: date | None = None) -> int:
    """Queue the predictions whose day has come and tell their owners; how many there were."""
    today = today or timezone.localdate()
    due = Statement.objects.filter(WAITING, resolve_by__lte=today)
    return sum(_come_up(pk, today) for pk in list(due.values_list("pk", flat=True)))


def _come_up(pk: int, today: date) -> bool:
    """One of them, unless another process was faster or nobody is left in the corpus."""
    member = _in_whose_name(Statement.objects.select_related("corpus").get(pk=pk))
    if member is None:
        return False
    with writing(by=member) as op:
        rows = Statement.objects.select_for_update(of=("self",)).select_related("corpus", "assignee")
        statement = rows.filter(WAITING, pk=pk, resolve_by__lte=today).first()
        if statement is None:
            return False
        workflow.transition(op, statement, "queued", occasion="resolve_by")
        op.tell([statement.assignee_id or statement.created_by_id], "due", by_itself=True)
    return True


def _in_whose_name(statement: Statement) -> Member | None:
    """Somebody's name must stand at every write: whose statement it is, else an admin of the corpus."""
    people = Member.objects.filter(corpus=statement.corpus, active=True).exclude(user=None)
    wanted = (statement.assignee_id, statement.created_by_id)
    found = {one.pk: one for one in people.filter(pk__in=[pk for pk in wanted if pk])}
    return next((found[pk] for pk in wanted if pk in found), None) or people.filter(role="admin").order_by("id").first()

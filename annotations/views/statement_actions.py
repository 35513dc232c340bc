"""What the page of a statement can do, by the name of the form that asks for it: one service each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import QueryDict

from annotations.forms import EvidenceForm, GiveForm, MilestoneForm, StatementForm, proposal_form
from annotations.models import Milestone, Source, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Msgid, Stale, noop
from annotations.rules.status import status_label
from annotations.services import access, bulk, following, milestones, sources, statements, workflow
from annotations.services.op import Op
from annotations.views import relating
from annotations.views.meeting import alone, check_seen, valid

Action = Callable[[Op, Statement, QueryDict], None]


def act(op: Op, statement: Statement, name: str, data: QueryDict) -> None:
    """Do what the form named `name` asks; Invalid when there is no such form."""
    if name not in ACTIONS:
        raise Invalid("action_unknown", noop("This page is too old. Load it again."))
    if name in VERBS:
        op.check(VERBS[name])
    ACTIONS[name](op, Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk), data)


def _edit(op: Op, statement: Statement, data: QueryDict) -> None:
    form = StatementForm(data, instance=statement)
    alone(op, form, statement)
    statements.update(op, Statement.objects.get(pk=statement.pk), **valid(form).values())


def _anatomy(op: Op, statement: Statement, data: QueryDict) -> None:
    form = proposal_form(statement, data)
    alone(op, form, statement)
    statements.update(op, statement, **valid(form).values())
    for role, names in form.names().items():
        statements.set_agents(op, statement, role, names)


def _move(op: Op, statement: Statement, data: QueryDict) -> None:
    now = workflow.shown(statement)
    status = Msgid(status_label(statement.kind, now))
    said = noop("Somebody moved this meanwhile: it is “%(status)s” now. What you typed is kept.")
    check_seen(data, now, Stale("moved_meanwhile", said, status=status))
    bulk.verb_of(op.by, "move", data.dict())(op, statement)


def _assign(op: Op, statement: Statement, data: QueryDict) -> None:
    form = GiveForm(data, statement=statement, me=op.by)
    alone(op, form, statement)
    bulk.verb_of(op.by, "assign", valid(form).cleaned_data)(op, statement)


def _tags(op: Op, statement: Statement, data: QueryDict) -> None:
    """Tags that others put on since the page was made stay."""
    wanted = {int(pk) for pk in data.getlist("tags") if pk.isdecimal()}
    present = set(following.carried(statement))
    seen = {int(pk) for pk in data.get("seen", "").split() if pk.isdecimal()} if "seen" in data else present
    statements.set_tags(op, statement, add=sorted(wanted - present), remove=sorted((seen - wanted) & present))


def _evidence(op: Op, statement: Statement, data: QueryDict) -> None:
    """From a source that is here, or from one that is added with it."""
    values = valid(EvidenceForm(data, corpus=op.corpus)).cleaned_data
    new = {name: values.pop(name) for name in ("title", "url", "type", "text")}
    found = values.pop("source")
    if found is None:
        made = sources.create(op, **(new | {"type": new["type"] or "secondary"}))
        found = Source.objects.get(pk=made.pk)
    sources.add_evidence(op, statement, found, **values)


def _drop_evidence(op: Op, statement: Statement, data: QueryDict) -> None:
    row = statement.evidence.filter(removed_at=None, pk=_id(data, "evidence")).first()
    if row is None:
        raise access.not_found()
    said = noop("This evidence was changed meanwhile. Look at it again before you withdraw it.")
    check_seen(data, row.version, Stale("changed_meanwhile", said))
    sources.remove_evidence(op, row)


def _milestone(op: Op, statement: Statement, data: QueryDict) -> None:
    milestones.propose(op, statement, **valid(MilestoneForm(data, corpus=op.corpus)).cleaned_data)


def _settle(op: Op, statement: Statement, data: QueryDict) -> None:
    row = Milestone.objects.filter(statement=statement, pk=_id(data, "milestone")).first()
    if row is None:
        raise access.not_found()
    state = milestones.state_of(row)
    said = noop("Somebody settled this step meanwhile: %(state)s. What you typed is kept.")
    check_seen(data, state, Stale("moved_meanwhile", said, state=Msgid(vocabulary.MILESTONE_STATES.label(state))))
    if data.get("decision") == "confirm":
        milestones.confirm(op, row)
    else:
        milestones.refuse(op, row, data.get("reason", ""))


def _id(data: QueryDict, name: str) -> int:
    """An id of the form, 0 for anything else."""
    value = str(data.get(name, ""))
    return int(value) if value.isdecimal() else 0


#: Asked before the form is read, so that nobody corrects a form that is not theirs to send. Steps know their own.
VERBS: Mapping[str, str] = {
    "edit": "edit_statement",
    "anatomy": "edit_statement",
    "tags": "edit_statement",
    "evidence": "add_evidence",
    "milestone": "milestone_propose",
    "relate": "relate",
    "relation": "relate",
}
ACTIONS: Mapping[str, Action] = {
    "edit": _edit,
    "anatomy": _anatomy,
    "move": _move,
    "assign": _assign,
    "tags": _tags,
    "evidence": _evidence,
    "drop_evidence": _drop_evidence,
    "milestone": _milestone,
    "settle": _settle,
    "relate": relating.relate,
    "relation": relating.change,
}

"""Two people at one page: who changed what meanwhile is said, both versions are shown, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpResponse, QueryDict

from annotations.forms.meeting import Meeting
from annotations.models import Event, Statement
from annotations.rules.errors import Invalid, Stale, noop
from annotations.services import history, workflow
from annotations.services.op import Op
from annotations.views.door import PageRequest, show
from annotations.views.telling import Told, tell
from annotations.views.typed import typed_words

#: What comes back with a form: which state of the row it was made from.
SEEN = "seen"
#: Events that take a statement, or its check, from one person or state to another.
MOVES = (
    "statement.moved", "statement.came_up", "statement.assigned", "statement.merged", "statement.removed",
    "verification.started", "review.decided",
)  # fmt: skip


def valid(form: Any) -> Any:
    """The form, when what was typed has the right shape; its first error as a sentence otherwise."""
    if form.is_valid():
        return form
    name, errors = next(iter(form.errors.items()))
    if name not in form.fields:
        raise Invalid("form", noop("%(reason)s"), reason=errors[0])
    raise Invalid("form", noop("%(label)s: %(reason)s"), field=name, label=form.fields[name].label, reason=errors[0])


def alone(op: Op, form: Meeting, row: Model) -> None:
    """Raise Stale, with who it was, when somebody changed the same fields since the form was shown. `row` must be as
    it stands now, and the form made from it."""
    form.check_alone(changed_by(op, row))


def changed_by(op: Op, row: Model) -> Stale:
    """The sentence on who changed a row last; its parameter `fields` is still to be filled in."""
    last = history.of_object(op.corpus, row._meta.model_name or "", row.pk).first()
    if last is None or last.actor is None:
        said = noop("Somebody changed this meanwhile: %(fields)s. What you typed is kept; choose what is to stand.")
    elif last.actor_id == op.by.pk:
        said = noop("You changed this in another window: %(fields)s. What you typed is kept; choose what is to stand.")
    else:
        said = noop("%(name)s changed this meanwhile: %(fields)s. What you typed is kept; choose what is to stand.")
    return Stale("changed_meanwhile", said, name=str(last.actor) if last else "", fields="")


def check_seen(data: QueryDict, now: object, problem: Stale) -> None:
    """Raise `problem` when the form was made from another state than `now`. Without a state (a script) it goes on."""
    if data.get(SEEN, str(now)) != str(now):
        raise problem


def both_versions(form: Meeting | None) -> dict[str, Any]:
    """What _clashes.html expects. From here on the person has seen how it stands now: sending it again decides."""
    found = form.clashes() if form is not None else []
    if form is not None and found:
        form.renew()
    return {"clashes": found}


def lately(request: PageRequest, statement: Statement, kinds: Iterable[str] = MOVES) -> list[Told]:
    """The last step that somebody took with a statement, as far as this member may know of it."""
    rows: QuerySet[Event] = history.of_statement(statement).filter(kind__in=tuple(kinds))
    return tell(rows[:3], request.member)[:1]


def moved_on(request: PageRequest, statement: Statement, *, back: str, **more: Any) -> HttpResponse:
    """The page for whoever comes too late for a step: who was quicker, what was typed, and which steps are left."""
    moves = workflow.moves(statement, request.member)
    context = {
        "statement": statement, "status": workflow.shown(statement), "moves": moves, "primary": None, "back": back,
        "meanwhile": lately(request, statement), "typed": request.POST,
        "typed_words": [(label, words) for label, words in typed_words(request.POST) if words != statement.text],
        **more,
    }  # fmt: skip
    return show(request, "annotations/moved_on.html", context, status=409)

"""Bulk actions of the Tracker: one page an action, the same in a dialog and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations import filters
from annotations.forms.tracker import AsideForm, AssignForm, DueForm, MoveForm, TagForm, TriageForm, TypeForm
from annotations.http.outcomes import told
from annotations.http.problems import sentence
from annotations.models import Member, Statement
from annotations.rules import roles
from annotations.rules.errors import Problem, Refused, Stale, noop
from annotations.services import access, bulk, feed
from annotations.services.tracker import rows, table
from annotations.services.tracker.steps import EXACT, Step, steps
from annotations.views.door import PageRequest, page, say, show
from annotations.views.tracker.listing import members
from annotations.views.tracker.saved import asked_of

NAMED = 6


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen rows: by their ids, or all that the list `query` shows; `sample` is enough of them to ask about."""

    ids: list[int]
    whole: bool
    query: str
    sample: list[Statement]

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.sample} or {"claim", "proposal"}

    @property
    def named(self) -> list[Statement]:
        return self.sample[:NAMED]

    @property
    def rest(self) -> int:
        return max(0, len(self.ids) - NAMED)


@dataclass(frozen=True, slots=True)
class Action:
    """`verb`: action of services.bulk; `title` and `button` are words; `make` builds its form."""

    verb: str
    title: Any
    button: Any
    make: Callable[[PageRequest, Selection, Any], forms.Form]


def _assign(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    return AssignForm(data, member=request.member, people=members(request.member))


def _due(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    return DueForm(data)


def _tag(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    tags = table.tags_of(request.member)
    known = len(chosen.sample) == len(chosen.ids)  # of a long list any tag may be taken off
    return TagForm(data, tags=tags, carried=rows.carried(request.member, chosen.sample) if known else set(tags))


def _type(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    return TypeForm(data, kinds=chosen.kinds)


def _move(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    return MoveForm(data, steps=steps(request.member, chosen.sample))


def _aside(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    return AsideForm(data, kinds=chosen.kinds)


def _triage(request: PageRequest, chosen: Selection, data: Any) -> forms.Form:
    return TriageForm(data, kinds=chosen.kinds)


ACTIONS: Mapping[str, Action] = {
    "assign": Action("assign", _("Owner"), _("Assign"), _assign),
    "due": Action("due", _("Due date"), _("Set the date"), _due),
    "tag": Action("tag", _("Tags"), _("Change the tags"), _tag),
    "type": Action("type", _("Type"), _("Set the type"), _type),
    "move": Action("move", _("Next step"), _("Go on"), _move),
    "set-aside": Action("move", _("Set aside"), _("Set aside"), _aside),
    "triage": Action("triage", _("Triage"), _("Keep the answers"), _triage),
}


def selection(member: Member, data: QueryDict) -> Selection:
    """The rows a request names; Refused when none, or when the whole list is meant and has changed meanwhile."""
    query = data.get("query", "")
    found = filters.statements(member, QueryDict(asked_of(member, query).narrowed()))
    whole = bool(data.get("all"))
    if not whole:
        wanted = [int(pk) for value in data.getlist("ids") for pk in value.split(",") if pk.isdecimal()]
        found = Statement.objects.visible_to(member).filter(redirect_to=None, pk__in=wanted[: table.MOST])
    ids = list(found.order_by("kind", "number").values_list("pk", flat=True))
    expected = data.get("expected", "")
    if whole and expected.isdecimal() and int(expected) != len(ids):
        raise Refused(
            "list_changed", noop("The list has changed meanwhile: %(n)s rows now. Look at it again."), n=len(ids)
        )
    if not ids:
        raise Refused("nothing_chosen", noop("Choose at least one row."))
    sample = Statement.objects.filter(pk__in=ids[: table.MOST]).order_by("kind", "number")
    return Selection(ids, whole, query, list(sample if len(ids) > EXACT else sample.select_related("assignee")))


@page("tracker", verb="bulk_edit")
def tracker_bulk(request: PageRequest, action: str) -> HttpResponse:
    """Ask what the action needs, then do it to the rows (ids, or all=1 and expected); `query`."""
    if action not in ACTIONS:
        raise access.not_found()
    data = request.POST if request.method == "POST" else request.GET
    back = f"{reverse('tracker', args=[request.member.corpus.slug])}?{data.get('query', '')}"
    try:
        chosen = selection(request.member, data)
    except Refused as problem:
        if request.htmx:
            raise
        say(request, problem)
        return redirect(back)
    form = ACTIONS[action].make(request, chosen, request.POST if "go" in request.POST else None)
    left: list[Statement] | None = chosen.sample
    if form.is_bound and form.is_valid():
        left = act(request, ACTIONS[action], chosen, form)
    if left is None:
        return done(request, back)
    if left is chosen.sample:
        return ask(request, action, chosen, form)
    return ask(request, action, Selection([one.pk for one in left], False, chosen.query, left), form, late=True)


def act(request: PageRequest, action: Action, chosen: Selection, form: forms.Form) -> list[Statement] | None:
    """Do it and say what became of each row: None. The rows that are left, with the reason at the form: all when
    nothing could be tried, else those that somebody else changed since they were chosen."""
    seen = request.POST.get("seen", "")
    try:
        outcome = bulk.run(
            request.member, chosen.ids, action.verb, form.cleaned_data, request.POST.get("key", "")[:40],
            seen=int(seen) if seen.isdecimal() else None,
        )  # fmt: skip
    except Problem as problem:
        form.add_error(problem.field if problem.field in form.fields else None, sentence(problem))
        return chosen.sample
    say_outcome = messages.warning if outcome.refused else messages.success
    say_outcome(request, told(outcome))
    late = [(row, why) for row, why in outcome.refused if isinstance(why, Stale)]
    for row, why in late:
        form.add_error(None, f"{row.label}: {sentence(why)}")
    return [row for row, _why in late] or None


def done(request: PageRequest, back: str) -> HttpResponse:
    """Back to the list: the dialog closes and the list fetches itself anew, or the page is loaded."""
    if not request.htmx:
        return redirect(back)
    response = show(request, "annotations/_messages.html", {"oob": True})
    response["HX-Trigger"] = '{"dialog-close": true, "tracker-changed": true}'
    return response


def ask(request: PageRequest, action: str, chosen: Selection, form: forms.Form, *, late: bool = False) -> HttpResponse:
    """The dialog or the page. `late`: with the rows that somebody else changed; a dialog takes no other status."""
    found: list[Step] = steps(request.member, chosen.sample) if action == "move" else []
    context = {
        "seen": feed.head(request.member.corpus_id), "action": ACTIONS[action], "code": action, "chosen": chosen,
        "form": form,
        "blocked": [one for one in found if not one.possible],
        "partly": [one for one in found if one.possible and one.ready < len(chosen.ids)], "url": request.path,
        "title": ngettext("%(title)s · %(n)s statement", "%(title)s · %(n)s statements", len(chosen.ids))
        % {"title": ACTIONS[action].title, "n": len(chosen.ids)},
        "allowed": roles.allows(request.member.role, "bulk_edit"),
    }  # fmt: skip
    template = "annotations/_tracker_dialog.html" if request.htmx else "annotations/tracker_bulk.html"
    return show(request, template, context, status=409 if late and not request.htmx else 200)

"""The line of views: those built in, and those people keep with filter, columns, grouping and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations import filters
from annotations.forms.tracker import ViewForm
from annotations.models import Member, SavedView
from annotations.rules import roles
from annotations.rules.errors import Problem, Stale, noop
from annotations.services import saved_views
from annotations.services.op import writing
from annotations.services.tracker import columns, counts
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import alone, both_versions, check_seen
from annotations.views.tracker.asked import Asked, read


@dataclass(frozen=True, slots=True)
class View:
    """One entry of the line. `changed`: it was opened, and filters or columns are others by now."""

    code: str
    label: str
    query: str
    count: int | None = None
    current: bool = False
    changed: bool = False
    saved: SavedView | None = None
    mine: bool = False

    @property
    def url(self) -> str:
        return f"?{self.query}" if self.query else "?"


def line(member: Member, asked: Asked, waiting: dict[str, int]) -> list[View]:
    """All views this member has, the current one marked."""
    built_in = (
        ("", _("All"), "", None), ("triage", _("To triage"), "status=untriaged", waiting["triage"]),
        ("mine", _("Mine"), "assignee=me", None), ("due", _("Due"), "due=now", waiting["due"] or None),
        ("published", _("Published"), "status=published", None),
    )  # fmt: skip
    editor = roles.allows(member.role, "edit_others_annotation")
    views = [View(code, label, query, count) for code, label, query, count in built_in]
    views += [
        View(
            f"v{one.pk}",
            one.name,
            address(one),
            saved=one,
            mine=one.created_by_id == member.pk or (one.shared and editor),
        )
        for one in saved_views.visible(member)
    ]
    return marked(views, asked)


def address(view: SavedView) -> str:
    """The query string that opens a saved view."""
    query = QueryDict(view.query, mutable=True)
    if view.columns:
        query["columns"] = ",".join(view.columns)
    query["view"] = f"v{view.pk}"
    return query.urlencode(safe=",")


def marked(views: Sequence[View], asked: Asked) -> list[View]:
    """The opened view is current; without one, the view that shows just this list. Built-in ones have no shape."""
    here, narrowed = parts(asked.query(view="", page="", open="", page_size="")), parts(asked.narrowed())
    found = []
    for view in views:
        same = parts(view.query) == (here if view.saved else narrowed)
        opened = bool(asked.view) and view.code == asked.view
        current = opened or (not asked.view and same)
        found.append(
            View(view.code, view.label, view.query, view.count, current, opened and not same, view.saved, view.mine)
        )
    return found


def parts(query: str) -> dict[str, str]:
    """What a query asks for, whatever the order of its parts and the view it came from."""
    return {name: value for name, value in parse_qsl(query) if name != "view"}


def asked_of(member: Member, text: str) -> Asked:
    """The list that a posted query string describes; Invalid when its filters make no sense."""
    query = QueryDict(text)
    asked = read(query, columns.choosable(member.corpus))
    filters.statements(member, QueryDict(asked.narrowed()))
    return asked


@page("tracker")
def view_save(request: PageRequest) -> HttpResponse:
    """Keep the present list under a name. POST: name, shared, query."""
    back = reverse("tracker", args=[request.member.corpus.slug])
    if request.method != "POST":
        return redirect(back)
    query = request.POST.get("query", "")
    try:
        asked = asked_of(request.member, query)
        with writing(by=request.member) as op:
            view = saved_views.save(
                op, name=request.POST.get("name", ""), query=asked.kept(), columns=asked.chosen,
                shared=bool(request.POST.get("shared")),
            )  # fmt: skip
        messages.success(request, _("Kept: %(name)s") % {"name": view.name})
        query = address(view)
    except Problem as problem:
        refuse(request, problem)
    return redirect(f"{back}?{query}")


@page("tracker")
def view_change(request: PageRequest, pk: int) -> HttpResponse:
    """Change a saved view. POST: action (update to the present list, rename, share, unshare, remove), name, query."""
    back = reverse("tracker", args=[request.member.corpus.slug])
    if request.method != "POST":
        return redirect(back)
    query, action = request.POST.get("query", ""), request.POST.get("action", "")
    try:
        with writing(by=request.member) as op:
            view = SavedView.objects.select_for_update(of=("self",)).get(pk=saved_views.get(request.member, pk).pk)
            form = ViewForm(request.POST, view=view) if action == "rename" else None
            if form is not None:
                alone(op, form, view)
            if action in ("update", "remove"):
                check_seen(request.POST, address(view), Stale("changed_meanwhile", LATE, name=view.name))
            if action == "remove":
                saved_views.remove(op, view)
                messages.success(request, _("Removed: %(name)s") % {"name": view.name})
                return redirect(back)
            saved_views.update(op, view, **changed(request, action, query, form))
        messages.success(request, _("Kept: %(name)s") % {"name": view.name})
        query = address(view) if action == "update" else query
    except Stale as problem:
        status = refuse(request, problem)
        return again(request, saved_views.get(request.member, pk), status)
    except Problem as problem:
        refuse(request, problem)
    return redirect(f"{back}?{query}")


LATE = noop("Somebody changed the view “%(name)s” meanwhile. Look at it before you replace or remove it.")


def again(request: PageRequest, view: SavedView, status: int) -> HttpResponse:
    """The page for a change that came too late: how the view is now, and what was asked."""
    action = request.POST.get("action", "")
    form = ViewForm(request.POST, view=view) if action == "rename" else None
    context = {
        "view": view, "action": action, "query": request.POST.get("query", ""), "seen": address(view), "form": form,
        **both_versions(form),
    }  # fmt: skip
    return show(request, "annotations/view_again.html", context, status=status)


def changed(request: PageRequest, action: str, query: str, form: ViewForm | None) -> dict[str, object]:
    """What an action writes into the view."""
    if form is not None:
        return {"name": form.data.get("name", "")}
    if action == "update":
        asked = asked_of(request.member, query)
        return {"query": asked.kept(), "columns": list(asked.chosen)}
    return {"shared": action == "share"} if action in ("share", "unshare") else {}


def waiting(member: Member) -> dict[str, int]:
    return counts.waiting(member, timezone.localdate())

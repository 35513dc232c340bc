"""The page of one's watches: what one wants to be told of in newly loaded texts, and what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.models import Statement, Watch, Webhook
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import watches
from annotations.services.op import Op, writing
from annotations.views.acts_on import back_of, locked
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import check_seen
from annotations.views.statements import statement_of

PAGE = 50
ON = "1"


@page("watches", post="watch")
def watch_list(request: PageRequest) -> HttpResponse:
    """One's watches and the latest finds of all. POST `action`: add, change, remove; `back` leads to a page."""
    status = 200
    if request.method == "POST":
        try:
            with writing(by=request.member) as op:
                said = ACTIONS.get(request.POST.get("action", ""), unknown)(op, request)
        except Problem as problem:
            status = refuse(request, problem)
        else:
            messages.success(request, said)
            return redirect(back_of(request, reverse("watch_list", args=[request.member.corpus.slug])))
    found = Paginator(watches.found_by(request.member), PAGE).get_page(request.GET.get("page"))
    context = {
        "watches": watches.own(request.member),
        "page": found,
        "finds": [(hit, watches.path_of(hit)) for hit in found],
        "typed": request.POST.get("query", ""),
        "hooks": Webhook.objects.filter(corpus=request.member.corpus, active=True, removed_at=None).exists(),
    }
    return show(request, "annotations/watch_list.html", context, status=status)


def unknown(op: Op, request: PageRequest) -> str:
    raise Invalid("action_unknown", noop("This page is too old. Load it again."))


def add(op: Op, request: PageRequest) -> str:
    data = request.POST
    statement: Statement | None = None
    if label := data.get("statement", ""):
        statement = statement_of(request, label)
    query = "" if statement else data.get("query", "")
    row = watches.add(op, query=query, statement=statement, outside=outside(request))
    if statement:
        return _("You watch %(label)s: when a new text repeats it, you are told.") % {"label": row.name}
    return _("You watch “%(words)s”: when a new text holds it, you are told.") % {"words": row.query}


def outside(request: PageRequest) -> bool | None:
    """Whether webhooks are told; None where the form did not ask."""
    return request.POST.get("outside") == ON if "asks-outside" in request.POST else None


def change(op: Op, request: PageRequest) -> str:
    watches.update(op, seen(request), name=request.POST.get("name", ""), outside=outside(request))
    return _("Saved")


def remove(op: Op, request: PageRequest) -> str:
    row = seen(request)
    watches.remove(op, row)
    return _("You no longer watch “%(name)s”.") % {"name": row.name}


def seen(request: PageRequest) -> Watch:
    """The watch that the form is about, as it is now; Stale when it was changed meanwhile."""
    mine = Watch.objects.filter(created_by=request.member, removed_at=None)
    row: Watch = locked(mine, request, request.POST.get("id", ""))
    check_seen(request.POST, row.version, Stale("watch_changed", noop("You changed this watch in another window.")))
    return row


ACTIONS = {"add": add, "change": change, "remove": remove}
urls: list[Any] = [path("watches/", watch_list, name="watch_list")]

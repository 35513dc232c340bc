"""Milestones of proposals over HTTP: list, propose, and the second person's yes or no."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.rows import add, make
from annotations.api.sources import source_of
from annotations.api.statements import statement_for
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.http.shapes_checks import milestone as shape
from annotations.models import Member, Milestone
from annotations.services import access, milestones
from annotations.services.op import Op


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the steps of a proposal by date. POST {status, date, source, note}: one that waits for confirmation."""
    row, member = statement_for(request, pk)
    if request.method != "POST":
        requests.check_query(request, ())
        return answer(page_of(request, row.milestones.filter(removed_at=None).order_by("date", "id"), shape))
    body = requests.body_of(request, bodies.MILESTONE)
    source = body.get("source")
    values = {
        "status": body["status"], "date": body.get("date", ""), "note": body.get("note", ""),
        "source": None if source is None else source_of(member, source),
    }  # fmt: skip
    return make(request, member, Milestone, lambda op: milestones.propose(op, row, **values), shape)


def milestone_for(request: HttpRequest, pk: int) -> tuple[Milestone, Member]:
    return access.row_for(request.user, Milestone.objects.filter(removed_at=None, statement__removed_at=None), pk)


@api("POST")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The step counts from now on; never one's own."""
    row, member = milestone_for(request, pk)
    requests.body_of(request, {})
    return settle(request, member, row, milestones.confirm)


@api("POST")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """{reason}: the step does not count; never one's own."""
    row, member = milestone_for(request, pk)
    reason = requests.body_of(request, bodies.REASON).get("reason", "")
    return settle(request, member, row, lambda op, found: milestones.refuse(op, found, reason))


def settle(request: HttpRequest, member: Member, row: Milestone, act: Any) -> HttpResponse:
    """The decision, once: a settled milestone refuses another one, so it needs no If-Match."""

    def decide(op: Op, found: Milestone) -> None:
        act(op, found)

    response = add(request, member, row, decide, shape)
    response.status_code = 200  # nothing was made
    return response


urls: list[Any] = [
    path("statements/<int:pk>/milestones/", collection, name="api_milestones"),
    path("milestones/<int:pk>/confirm/", confirm, name="api_milestone_confirm"),
    path("milestones/<int:pk>/refuse/", refuse, name="api_milestone_refuse"),
]

"""Agents over HTTP: found as one types, in either script; named and described."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.rows import item as row_item
from annotations.http import requests, shapes
from annotations.http.paging import page_of
from annotations.models import Agent
from annotations.services import access, agents
from annotations.text.folding import fold_text


@api("GET")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET ?q=: agents whose name holds these characters, whatever their script or width; names that begin so first."""
    member = access.member_in(request.user, corpus_id=corpus)
    requests.check_query(request, {"q"})
    rows = Agent.objects.filter(corpus=member.corpus)
    asked = requests.query_text(request, "q")
    if asked:
        return answer(page_of(request, agents.matching(rows, fold_text(asked)), shapes.agent_detail))
    return answer(page_of(request, rows.order_by("name", "id"), shapes.agent_detail))


@api("GET", "PATCH")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = access.row_for(request.user, Agent.objects.all(), pk)
    body = requests.body_of(request, bodies.AGENT) if request.method == "PATCH" else {}
    return row_item(
        request, member, row, shapes.agent_detail, change=lambda op, found: agents.update(op, found, **body)
    )


urls: list[Any] = [
    path("corpora/<int:corpus>/agents/", collection, name="api_agents"),
    path("agents/<int:pk>/", item, name="api_agent"),
]

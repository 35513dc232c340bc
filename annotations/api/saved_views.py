"""Saved views of the Tracker over HTTP: list, keep, change, remove."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path

from annotations import filters
from annotations.api.door import SAFE, answer, api, check_match, operation
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Member, SavedView
from annotations.rules.errors import Invalid, noop
from annotations.services import access, saved_views
from annotations.services.op import Replayed


def shape(view: SavedView) -> dict[str, Any]:
    return {
        "id": view.pk, "uid": str(view.uid), "version": view.version, "name": view.name, "query": view.query,
        "columns": view.columns, "shared": view.shared, "created_by": view.created_by_id,
    }  # fmt: skip


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET: one's own and shared views. POST {name, query, columns?, shared?} keeps one; one's own of that name goes."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method != "POST":
        return answer(page_of(request, saved_views.visible(member), shape))
    values = values_of(member, requests.json_body(request))
    values.setdefault("query", "")
    try:
        with operation(request, member) as op:
            view = saved_views.save(op, **({"name": ""} | values))
    except Replayed as replayed:
        view = saved_views.get(member, replayed.events[0].object_id)
        return answer(shape(view), etag=view.etag)
    return answer(shape(view), status=201, etag=view.etag, op=op)


def values_of(member: Member, body: dict[str, Any]) -> dict[str, Any]:
    """What may be written, checked: a query whose filters exist, columns as a list of codes."""
    found: dict[str, Any] = {}
    if "name" in body:
        found["name"] = requests.text(body["name"], "name", 200)
    if "query" in body:
        found["query"] = requests.text(body["query"], "query", saved_views.QUERY)
        filters.statements(member, QueryDict(found["query"]))
    if "columns" in body:
        columns = body["columns"]
        if not isinstance(columns, list) or not all(isinstance(code, str) for code in columns):
            raise Invalid("not_a_list", noop("“%(name)s” must be a list of codes."), field="columns", name="columns")
        found["columns"] = columns
    if "shared" in body:
        found["shared"] = bool(body["shared"])
    return found


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One view. PATCH and DELETE need If-Match."""
    row, member = access.row_for(request.user, SavedView.objects.filter(removed_at=None), pk)
    view = saved_views.get(member, row.pk)
    if request.method in SAFE:
        return answer(shape(view), etag=view.etag)
    with operation(request, member) as op:
        check_match(request, view.etag, lambda: shape(view))
        if request.method == "DELETE":
            saved_views.remove(op, view)
            return answer(None, status=204)
        saved_views.update(op, view, **values_of(member, requests.json_body(request)))
    return answer(shape(view), etag=view.etag, op=op)


urls = [
    path("corpora/<int:corpus>/views/", collection, name="api_views"),
    path("views/<int:pk>/", item, name="api_view"),
]

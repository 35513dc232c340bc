"""Relations between statements over HTTP: list from one end, relate, confirm or turn down, remove."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.api.statements import other, statement_for
from annotations.http import requests
from annotations.http.shapes_checks import relation as shape
from annotations.models import Relation, Statement
from annotations.services import access, relations
from annotations.services.op import Op
from annotations.services.relations import Seen


def seen_from(row: Relation, pk: int) -> Seen:
    """A relation as the statement with this id sees it; from its source when that is neither end."""
    inward = row.target_id == pk
    return Seen(row, row.source if inward else row.target, not inward)


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: all relations of a statement. POST {statement, type, inward?, state?, rationale?}."""
    row, member = statement_for(request, pk)
    if request.method != "POST":
        found = [shape(seen) for seen in relations.of_statement(row)]
        return answer({"count": len(found), "next": None, "previous": None, "results": found})
    body = requests.body_of(request, bodies.RELATION_NEW)
    target, type = other(member, body.pop("statement"), "statement"), body.pop("type")
    ends: tuple[Statement, Statement] = (target, row) if body.pop("inward", False) else (row, target)

    def act(op: Op) -> Relation:
        return relations.relate(op, *ends, type, **body)

    return make(request, member, Relation, act, lambda made: shape(seen_from(made, row.pk)))


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = access.row_for(request.user, Relation.objects.all(), pk)
    body = requests.body_of(request, bodies.RELATION) if request.method == "PATCH" else {}
    return row_item(
        request, member, row, lambda found: shape(seen_from(found, found.source_id)),
        change=lambda op, found: relations.update(op, found, **body), remove=relations.remove,
    )  # fmt: skip


urls: list[Any] = [
    path("statements/<int:pk>/relations/", collection, name="api_relations"),
    path("relations/<int:pk>/", item, name="api_relation"),
]

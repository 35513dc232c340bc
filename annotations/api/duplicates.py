"""Pairs of statements that may say the same, over HTTP: listed by their state, told apart for good."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.relations import seen_from
from annotations.api.rows import make
from annotations.api.statements import other
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.http.shapes_checks import relation
from annotations.http.shapes_duplicates import duplicate
from annotations.models import Relation
from annotations.rules.errors import Invalid, noop
from annotations.services import access, duplicates
from annotations.services.duplicates import Wanted
from annotations.services.op import Op

QUERY = ("state", "kind", "fit", "difference", "q", "statement", "page", "page_size")


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """?state=open (which it is without), related or not; ?kind=, ?fit=, ?difference=, ?q=, ?statement=<id>.
    POST {one, other, decision}: the two are not the same (for good), or the same and stay two."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method != "POST":
        requests.check_query(request, QUERY)
        rows = duplicates.pairs(member, request.GET.get("state", "open"), wanted(request))
        return answer(page_of(request, rows, duplicate))
    body = requests.body_of(request, bodies.DUPLICATE)
    one, two = (other(member, body[name], name) for name in ("one", "other"))

    def act(op: Op) -> Relation:
        return duplicates.decide(op, one, two, body["decision"])

    return make(request, member, Relation, act, lambda made: relation(seen_from(made, one.pk)))


def wanted(request: HttpRequest) -> Wanted:
    said, statement = request.GET, request.GET.get("statement", "")
    if statement and not (statement.isascii() and statement.isdecimal() and len(statement) < 19):
        raise Invalid("not_a_number", noop("“%(name)s” must be a number."), field="statement", name="statement")
    return Wanted(
        said.get("kind", ""), said.get("fit", ""), said.get("difference", ""), said.get("q", "")[:200],
        int(statement or 0),
    )  # fmt: skip


urls: list[Any] = [path("corpora/<int:corpus>/duplicates/", collection, name="api_duplicates")]

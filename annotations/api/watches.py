"""Watches over HTTP: what one wants to be told of in newly loaded texts, and what was found."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies_watches as bodies
from annotations.api.door import answer, api
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Statement, Watch, WatchHit
from annotations.rules.errors import Missing, noop
from annotations.services import access, watches


def shape(row: Watch) -> dict[str, Any]:
    """A row of `watches.own` knows its texts; one just made or changed counts them."""
    counted = getattr(row, "texts", None)
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "name": row.name, "query": row.query,
        "statement": {"id": row.statement.pk, "label": row.statement.label} if row.statement else None,
        "outside": row.outside, "texts": row.hits.count() if counted is None else counted,
        "created_at": row.created_at,
    }  # fmt: skip


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """One's own. POST {query | statement, name?, outside?}: the same again is answered with the one that is there."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method != "POST":
        requests.check_query(request, ())
        return answer(page_of(request, watches.own(member), shape))
    body = requests.body_of(request, bodies.WATCH_NEW)
    statement = None
    if pk := body.pop("statement", None):
        statement = Statement.objects.filter(corpus=member.corpus, pk=pk).first()
        if statement is None:
            raise Missing("statement_unknown", noop("There is no such statement in this corpus."), field="statement")
    return make(request, member, Watch, lambda op: watches.add(op, statement=statement, **body), shape)


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH {name?, outside?}."""
    row, member = access.row_for(request.user, Watch.objects.filter(removed_at=None), pk)
    watches.get(member, row.pk)  # somebody else's is not there
    body = requests.body_of(request, bodies.WATCH) if request.method == "PATCH" else {}
    return row_item(
        request, member, row, shape, change=lambda op, found: watches.update(op, found, **body), remove=watches.remove
    )


@api("GET")
def hits(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts in which a watch found something, the newest first."""
    row, member = access.row_for(request.user, Watch.objects.filter(removed_at=None), pk)
    watches.get(member, row.pk)
    requests.check_query(request, ())
    return answer(page_of(request, watches.found_by(member).filter(watch=row), hit_shape))


def hit_shape(row: WatchHit) -> dict[str, Any]:
    return {
        "id": row.pk, "document": {"id": row.document_id, "title": row.document.title}, "text_version": row.text_id,
        "count": row.count, "clean_start": row.start, "clean_end": row.end, "at": row.at,
    }  # fmt: skip


urls: list[Any] = [
    path("corpora/<int:corpus>/watches/", collection, name="api_watches"),
    path("watches/<int:pk>/", item, name="api_watch"),
    path("watches/<int:pk>/hits/", hits, name="api_watch_hits"),
]

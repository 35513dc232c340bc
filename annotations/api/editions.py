"""Editions of the codebook over HTTP: the list, one of them whole, what changed since another one, its name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from zlib import crc32

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api, check_match, operation
from annotations.api.rows import told
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import CodebookVersion, Corpus
from annotations.rules import editions as compared
from annotations.services import access, editions
from annotations.services.op import Replayed


@api("GET")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """The editions, newest first, without what they hold."""
    member = access.member_in(request.user, corpus_id=corpus)
    requests.check_query(request, ())
    rows = CodebookVersion.objects.filter(corpus=member.corpus).select_related("by").defer("content")
    return answer(page_of(request, rows.order_by("-number"), shape))


def shape(row: CodebookVersion) -> dict[str, Any]:
    return {
        "number": row.number, "note": row.note, "at": row.at.isoformat(), "by": row.by.name if row.by else "",
        "op": row.op,
    }  # fmt: skip


def detail(row: CodebookVersion) -> dict[str, Any]:
    return {**shape(row), "content": row.content}


def etag(row: CodebookVersion) -> str:
    """Nothing but the name of an edition ever changes."""
    return f'"{row.pk}-{crc32(row.note.encode())}"'


@api("GET", "PATCH")
def item(request: HttpRequest, corpus: int, number: int) -> HttpResponse:
    """GET ?since=: one edition, and what changed from another one to it. PATCH {note}: its name."""
    member = access.member_in(request.user, corpus_id=corpus)
    row = editions.get(member.corpus, number)
    if request.method != "PATCH":
        requests.check_query(request, {"since"})
        since = requests.query_id(request, "since")
        data = detail(row)
        if since is not None:
            old = editions.get(member.corpus, since)
            data["changes"] = [asdict(change) for change in compared.compare(old.content, row.content)]
        return answer(data, etag=etag(row))
    body = requests.body_of(request, bodies.EDITION)
    try:
        with operation(request, member) as op:
            op.corpus = Corpus.objects.select_for_update().get(pk=member.corpus_id)
            row = editions.get(member.corpus, number)
            check_match(request, etag(row), lambda: detail(row))
            row = editions.name(op, number, body["note"])
    except Replayed as replayed:
        return told(detail(row), replayed)
    return answer(detail(row), etag=etag(row), op=op)


urls: list[Any] = [
    path("corpora/<int:corpus>/codebook/editions/", collection, name="api_editions"),
    path("corpora/<int:corpus>/codebook/editions/<int:number>/", item, name="api_edition"),
]

"""Search over HTTP: passages with raw spans, and counts in three units."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api
from annotations.http import requests
from annotations.http.paging import link, number
from annotations.services import access
from annotations.services import search as service


@api("GET")
def search(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET ?q=&document=&page=&page_size= → {count, counts, next, previous, results}; `count` is sentences."""
    member = access.member_in(request.user, corpus_id=corpus)
    page, size = number(request, "page", 1, 10**6), number(request, "page_size", 20, 200)
    requests.check_query(request, {"q", "document"})
    document = requests.query_id(request, "document")
    found = service.run(member, request.GET.get("q", ""), page=page, size=size, document=document)
    return answer({
        "count": found.sentences, "counts": counts(found),
        "next": link(request, page + 1) if page * size < found.sentences else None,
        "previous": link(request, page - 1) if page > 1 else None, "results": [shape(hit) for hit in found.rows],
    })  # fmt: skip


def counts(found: service.Answer) -> dict[str, Any]:
    return {
        "sentences": found.sentences, "documents": found.documents, "hits": found.hits, "hits_exact": found.hits_exact,
        "repeated_hits": found.repeated,
    }  # fmt: skip


def shape(hit: service.Hit) -> dict[str, Any]:
    return {
        "document": hit.document_id, "title": hit.title, "language": hit.language, "paragraph": hit.paragraph,
        "spans": hit.raw, "clean_spans": hit.clean, "text": "".join(piece for piece, _ in hit.pieces),
        "pieces": [{"text": piece, "hit": on} for piece, on in hit.pieces],
    }  # fmt: skip


urls: list[Any] = [path("corpora/<int:corpus>/search/", search, name="api_search")]

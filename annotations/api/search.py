"""Search over HTTP: passages with raw spans and counts in three units, or what people made."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api
from annotations.http import requests
from annotations.http.paging import link, number
from annotations.models import Member
from annotations.rules.errors import Invalid, noop
from annotations.services import access, search_query, search_things
from annotations.services import search as service
from annotations.services.search_things import Pieces, Thing


@api("GET")
def search(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET ?q=&kind=&document=&page=&page_size= → {count, counts, next, previous, results}; `count` is of the kind."""
    member = access.member_in(request.user, corpus_id=corpus)
    page, size = number(request, "page", 1, 10**6), number(request, "page_size", 20, 200)
    requests.check_query(request, {"q", "kind", "document"})
    kind, words = request.GET.get("kind", "passage"), request.GET.get("q", "")
    if kind == "all":
        known = service.everything(member, words, size=0).counts
        return answer({"count": sum(known.values()), "counts": known, "next": None, "previous": None, "results": []})
    if kind not in search_query.KINDS:
        message = noop("“%(value)s” is no kind to search for. Allowed: %(allowed)s.")
        raise Invalid("search_kind", message, field="kind", value=kind, allowed=(*search_query.KINDS, "all"))
    found = (
        passages(request, member, words, page, size) if kind == "passage" else things(member, words, kind, page, size)
    )
    following = link(request, page + 1) if page * size < found["count"] else None
    return answer({**found, "next": following, "previous": link(request, page - 1) if page > 1 else None})


def passages(request: HttpRequest, member: Member, words: str, page: int, size: int) -> dict[str, Any]:
    document = requests.query_id(request, "document")
    found = service.run(member, words, page=page, size=size, document=document)
    return {"count": found.sentences, "counts": counts(found), "results": [shape(hit) for hit in found.rows]}


def things(member: Member, words: str, kind: str, page: int, size: int) -> dict[str, Any]:
    found = search_things.find(member, search_query.understand(words), kind, page=page, size=size)
    return {"count": found.count, "counts": {kind: found.count}, "results": [thing(one) for one in found.rows]}


def counts(found: service.Answer) -> dict[str, Any]:
    return {
        "sentences": found.sentences, "documents": found.documents, "hits": found.hits, "hits_exact": found.hits_exact,
        "repeated_hits": found.repeated,
    }  # fmt: skip


def shape(hit: service.Hit) -> dict[str, Any]:
    return {
        "document": hit.document_id, "title": hit.title, "language": hit.language, "paragraph": hit.paragraph,
        "spans": hit.raw, "clean_spans": hit.clean, "text": text_of(hit.pieces), "pieces": shaped(hit.pieces),
    }  # fmt: skip


def thing(found: Thing) -> dict[str, Any]:
    """A row of what people made: which it is, and the fields in which the words stand."""
    return {
        "kind": found.kind, "id": found.row.pk, "label": getattr(found.row, "label", None),
        "fields": [{"text": text_of(field), "pieces": shaped(field)} for field in found.fields],
    }  # fmt: skip


def text_of(pieces: Pieces) -> str:
    return "".join(piece for piece, _ in pieces)


def shaped(pieces: Pieces) -> list[dict[str, Any]]:
    return [{"text": piece, "hit": on} for piece, on in pieces]


urls: list[Any] = [path("corpora/<int:corpus>/search/", search, name="api_search")]

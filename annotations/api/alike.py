"""More like this, and what documents share word for word, over HTTP: computed, nothing is stored by asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.annotations import annotation_for, document_for
from annotations.api.door import answer, api
from annotations.api.statements import statement_for
from annotations.http import requests, shapes_alike
from annotations.http.paging import link, number
from annotations.models import Document, Member
from annotations.rules import limits
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, deciding, recurrence, shared_text, texts
from annotations.services.anchors import current
from annotations.services.annotations import Span, raw_span
from annotations.services.recurrence import Alike

#: What can be asked about; `start` and `end` go with `document`.
ASKED = ("q", "statement", "annotation", "document")
#: The most passages that are found.
FOUND = 100
Row = TypeVar("Row")


@api("GET")
def alike(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET ?q=, ?statement=, ?annotation= or ?document=&start=&end= (raw code points of its current text): the passages
    of the corpus most like these words, best first, their own place included."""
    member = access.member_in(request.user, corpus_id=corpus)
    requests.check_query(request, (*ASKED, "start", "end"))
    found = asked(request, member)
    marked = deciding.labels({one.version for one in found})
    return answer(paged(request, found, lambda some: shapes_alike.alike(some, marked)))


def asked(request: HttpRequest, member: Member) -> list[Alike]:
    """What is like the one thing that the query names."""
    named = [name for name in ASKED if request.GET.get(name)]
    if len(named) != 1:
        message = noop("Name one of these: %(allowed)s.")
        raise Invalid("ask_for_one", message, field=named[-1] if named else "q", allowed=ASKED)
    if named[0] == "q":
        return recurrence.more_like(member, request.GET["q"][: limits.most("passage")], limit=FOUND)
    pk = requests.query_id(request, named[0]) or 0
    if named[0] == "statement":
        row, _ = statement_for(request, pk)
        if row.corpus_id != member.corpus_id:
            raise access.not_found()
        return recurrence.like_statement(member, row, FOUND)
    if named[0] == "annotation":
        annotation, _ = annotation_for(request, pk)
        if annotation.corpus_id != member.corpus_id:
            raise access.not_found()
        return recurrence.more_like(member, current(annotation).quote, limit=FOUND)
    return recurrence.more_like(member, words_of(request, pk, member), limit=FOUND)


def words_of(request: HttpRequest, pk: int, member: Member) -> str:
    """The clean words of the passage that `document`, `start` and `end` name."""
    document, _ = document_for(request, pk)
    if document.corpus_id != member.corpus_id or document.current_id is None:
        raise access.not_found()
    start, end = (requests.query_id(request, name) or 0 for name in ("start", "end"))
    text = texts.get(document.current_id)
    first, last = text.map.raw_to_clean(*raw_span(text, Span(start, end)))
    return text.clean[first:last][: limits.most("passage")]


@api("GET")
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents that share text with this one, the most first."""
    document, member = with_text(request, pk)
    requests.check_query(request, ())
    return answer(paged(request, shared_text.partners(member, document), shapes_alike.partners))


@api("GET")
def shared_with(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Every run of words that two documents share, in the order of the first."""
    document, member = with_text(request, pk)
    partner, _ = with_text(request, other)
    if partner.corpus_id != member.corpus_id:
        raise access.not_found()
    requests.check_query(request, ())
    found = shared_text.between(document, partner)
    shares = {"share": round(found.share, 4), "other_share": round(found.other_share, 4)}
    return answer(shares | paged(request, found.stretches, lambda some: shapes_alike.stretches(document, some)))


def with_text(request: HttpRequest, pk: int) -> tuple[Document, Member]:
    document, member = document_for(request, pk)
    if document.current_id is None:
        raise Missing("no_text", noop("This document has no text."))
    return document, member


def paged(
    request: HttpRequest, rows: Sequence[Row], shape: Callable[[Sequence[Row]], list[dict[str, Any]]]
) -> dict[str, Any]:
    """One page of what was found, as any list leaves the API."""
    page, size = number(request, "page", 1, 10**6), number(request, "page_size", 20, 200)
    first = (page - 1) * size
    return {
        "count": len(rows), "next": link(request, page + 1) if first + size < len(rows) else None,
        "previous": link(request, page - 1) if page > 1 else None, "results": shape(rows[first : first + size]),
    }  # fmt: skip


urls: list[Any] = [
    path("corpora/<int:corpus>/alike/", alike, name="api_alike"),
    path("documents/<int:pk>/shared/", shared, name="api_shared"),
    path("documents/<int:pk>/shared/<int:other>/", shared_with, name="api_shared_with"),
]

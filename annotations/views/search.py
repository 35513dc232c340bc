"""The search page: passages of all documents that hold some words, in either script, with exact counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from annotations.models import Document
from annotations.rules.errors import Problem
from annotations.services import search as service
from annotations.views.door import PageRequest, page, say, show

SIZE = 20


@page("search")
def search(request: PageRequest) -> HttpResponse:
    """`?q=` words, `?document=` in one document, `?page=`."""
    query, number = request.GET.get("q", "").strip(), request.GET.get("page", "1")
    document = request.GET.get("document", "")
    context: dict[str, Any] = {"query": query, "search_query": query}
    if query:
        try:
            current = max(1, int(number[:6])) if number.isdecimal() else 1
            asked = int(document) if document.isdecimal() else None
            found = service.run(request.member, query, page=current, size=SIZE, document=asked)
            context |= {
                "found": found,
                "rows": rows(request, found),
                "number": current,
                "more": current * SIZE < found.sentences,
                "within": Document.objects.filter(corpus=request.member.corpus, pk=asked or 0).first(),
            }
        except Problem as problem:
            say(request, problem)
    return show(request, "annotations/search.html", context)


def rows(request: PageRequest, found: service.Answer) -> list[dict[str, Any]]:
    """Hits with the address that opens the reader at the exact span."""
    slug = request.member.corpus.slug
    return [
        {
            "hit": hit,
            "url": f"{reverse('document_read', args=[slug, hit.document_id])}#t={hit.clean[0][0]}-{hit.clean[0][1]}",
        }
        for hit in found.rows
    ]


urls: list[Any] = [path("search/", search, name="search")]

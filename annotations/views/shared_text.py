"""What a document shares with others word for word: with whom, and run by run beside each other."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import path

from annotations.models import Document
from annotations.services import shared_text, texts
from annotations.services.shared_text import Stretch
from annotations.views.documents import document_of
from annotations.views.door import PageRequest, page, show

PAGE = 50
#: Code points of text around a run.
AROUND = 40


@page("documents")
def document_shared(request: PageRequest, pk: int) -> HttpResponse:
    """The documents that share text with this one."""
    document = document_of(request, pk)
    found = shared_text.partners(request.member, document) if document.current_id else []
    rows = [(one, round(one.share * 100)) for one in found]
    return show(request, "annotations/document_shared.html", {"document": document, "rows": rows})


@page("documents")
def document_shared_with(request: PageRequest, pk: int, other: int) -> HttpResponse:
    """Every run of words that two documents share, side by side."""
    document, partner = document_of(request, pk), document_of(request, other)
    context: dict[str, Any] = {"document": document, "other": partner, "runs": []}
    if document.current_id and partner.current_id:
        found = shared_text.between(document, partner)
        part = Paginator(found.stretches, PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": part, "runs": [shown(document, partner, one) for one in part],
            "shares": (round(found.share * 100), round(found.other_share * 100)),
        }  # fmt: skip
    return show(request, "annotations/document_shared_with.html", context)


def shown(document: Document, other: Document, one: Stretch) -> list[dict[str, Any]]:
    """A run in both texts: the words, those around them, and the address of the place."""
    run = one.clean
    return [side(document, run.start, run.end), side(other, run.other_start, run.other_end)]


def side(document: Document, start: int, end: int) -> dict[str, Any]:
    assert document.current_id is not None
    clean = texts.get(document.current_id).clean
    return {
        "document": document, "words": clean[start:end], "url": f"{document.get_absolute_url()}#t={start}-{end}",
        "before": clean[max(start - AROUND, 0) : start].rpartition("\n")[2],
        "after": clean[end : end + AROUND].partition("\n")[0],
    }  # fmt: skip


urls: list[Any] = [
    path("documents/<int:pk>/shared/", document_shared, name="document_shared"),
    path("documents/<int:pk>/shared/<int:other>/", document_shared_with, name="document_shared_with"),
]

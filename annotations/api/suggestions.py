"""Suggestions over HTTP: those of a document, made one's own or turned down for good."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.annotations import document_for
from annotations.api.door import answer, api
from annotations.api.rows import add
from annotations.http import requests
from annotations.http.shapes_suggestions import suggestion as shape
from annotations.models import Member, Suggestion
from annotations.rules import roles
from annotations.services import access, feed, passages, suggested, suggesting, suggestions
from annotations.services.op import Op


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """All that waits for a decision in the current text, on one page. `seq`: events after it are news. POST looks for
    new claims and proposals first, with what the corpus has taught so far."""
    document, member = document_for(request, pk)
    requests.check_query(request, ())
    if request.method == "POST":
        roles.check(member.role, "decide_suggestion")
        requests.body_of(request, {})
        suggesting.look_through(document.pk, by=member)
    seq = feed.head(document.corpus_id)  # before the rows
    found = [shape(row) for row in suggested.of_document(document, member)]
    return answer({"count": len(found), "next": None, "previous": None, "seq": seq, "results": found})


def suggestion_for(request: HttpRequest, pk: int) -> tuple[Suggestion, Member]:
    rows = Suggestion.objects.filter(document__removed_at=None).select_related("document", "statement")
    row, member = access.row_for(request.user, rows, pk)
    if not Suggestion.objects.visible_to(member).filter(pk=pk).exists():
        raise access.not_found()
    return row, member


@api("POST")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the passage as what is suggested, or as a new statement of another `kind`. Decided ones refuse another
    decision, so this needs no If-Match."""
    row, member = suggestion_for(request, pk)
    body = requests.body_of(request, bodies.SUGGESTION)

    def act(op: Op, found: Suggestion) -> None:
        suggestions.accept(op, found, **body)

    return done(request, member, row, act)


@api("POST")
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words are never suggested for this again, wherever they stand."""
    row, member = suggestion_for(request, pk)
    requests.body_of(request, {})
    return done(request, member, row, suggestions.reject)


def done(request: HttpRequest, member: Member, row: Suggestion, act: Any) -> HttpResponse:
    """The suggestion as it is now, and the passage that it became."""

    def told(found: Suggestion) -> dict[str, Any]:
        annotation = passages.one(found.annotation, member) if found.annotation else None
        return {"suggestion": shape(found), "annotation": annotation}

    response = add(request, member, row, act, told)
    response.status_code = 200  # what was made stands in the answer
    return response


urls: list[Any] = [
    path("documents/<int:pk>/suggestions/", collection, name="api_suggestions"),
    path("suggestions/<int:pk>/accept/", accept, name="api_suggestion_accept"),
    path("suggestions/<int:pk>/reject/", reject, name="api_suggestion_reject"),
]

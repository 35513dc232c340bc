"""The history of a corpus, a document, a person: every change as a sentence, filtered and paged."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import path

from annotations.models import Document, Event, Member
from annotations.views.door import PageRequest, page, show
from annotations.views.telling import tell

PAGE = 50
SUBJECTS = (
    "annotation",
    "statement",
    "occurrence",
    "document",
    "source",
    "evidence",
    "verification",
    "milestone",
    "tag",
    "member",
)


@page("history", verb="view_history")
def history(request: PageRequest) -> HttpResponse:
    """Newest first; filters: person, subject, document."""
    corpus = request.member.corpus
    rows = filtered(Event.objects.filter(corpus=corpus).select_related("actor").order_by("-seq"), request)
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = Member.objects.filter(corpus=corpus).order_by("name")
    context = {
        "page": found,
        "told": tell(found.object_list, request.member),
        "people": people,
        "subjects": SUBJECTS,
        "query": request.GET,
        "within": document(request),
        "detailed": True,
    }
    return show(request, "annotations/history.html", context)


def filtered(rows: QuerySet[Event], request: PageRequest) -> QuerySet[Event]:
    query = request.GET
    if query.get("person", "").isdecimal():
        rows = rows.filter(actor_id=int(query["person"]))
    if query.get("subject") in SUBJECTS:
        rows = rows.filter(object_type=query["subject"])
    if query.get("document", "").isdecimal():
        rows = rows.filter(document_id=int(query["document"]))
    return rows


def document(request: PageRequest) -> Document | None:
    """The document that the list keeps to, if any."""
    asked = request.GET.get("document", "")
    rows = Document.objects.filter(corpus=request.member.corpus)
    return rows.filter(pk=int(asked)).first() if asked.isdecimal() else None


urls: list[Any] = [path("history/", history, name="history")]

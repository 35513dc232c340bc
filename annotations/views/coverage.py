"""Who read what: documents against members, for those who plan the work."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path

from annotations.models import Document, Member
from annotations.services import coverage
from annotations.views.door import PageRequest, page, show

PAGE = 50


@page("documents", verb="see_reading")
def reading_table(request: PageRequest) -> HttpResponse:
    """Documents with the share that each active member has read; `?gaps=1` those nobody has read to the end."""
    corpus = request.member.corpus
    rows = Document.objects.filter(corpus=corpus, removed_at=None).order_by("-id")
    gaps = bool(request.GET.get("gaps"))
    if gaps:
        shares = coverage.anybody(Q(document__corpus=corpus, document__removed_at=None))
        rows = rows.exclude(pk__in=[pk for pk, percent in shares.items() if percent == 100])
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = list(Member.objects.filter(corpus=corpus, active=True).exclude(role="viewer").order_by("name"))
    context = {"page": found, "people": people, "rows": _rows(list(found.object_list), people), "gaps": gaps}
    return show(request, "annotations/reading_table.html", context)


def _rows(documents: list[Document], people: list[Member]) -> list[tuple[Document, int, list[tuple[str, int]]]]:
    """(document, anybody's share, (name, share) of each member)."""
    read = coverage.by_member(documents)
    anybody = coverage.anybody(Q(document_id__in=list(read)))
    nobody = coverage.Share()
    return [
        (row, anybody.get(row.pk, 0), [(one.name, read[row.pk].get(one.pk, nobody).percent) for one in people])
        for row in documents
    ]


urls: list[Any] = [path("documents/reading/", reading_table, name="reading_table")]

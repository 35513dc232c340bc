"""Over HTTP: which paragraphs of a document one has read, and how much of it anybody has."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.http import requests
from annotations.models import Document, Member, Version
from annotations.rules.errors import Missing, noop
from annotations.services import access
from annotations.services import coverage as service
from annotations.services.coverage import percent
from annotations.services.texts import get as text_of
from annotations.text import coverage as ranges_of


@api("GET", "POST")
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: of the current version. POST {version, ranges}: these blocks were read, too; sent twice it is noted once."""
    rows = Document.objects.filter(removed_at=None).select_related("current")
    document, member = access.row_for(request.user, rows, pk)
    if document.current is None:
        raise Missing("no_text", noop("This document has no text."))
    if request.method == "POST":
        body = requests.body_of(request, bodies.COVERAGE)
        row = service.note(member, document, body["version"], body["ranges"])
        version = row.version
        return answer(told(member, document, version))
    return answer(told(member, document, document.current))


def told(member: Member, document: Document, version: Version) -> dict[str, Any]:
    ranges = service.of(member, document, version)
    readable = ranges_of.readable(text_of(version.pk).blocks)
    seen, total = ranges_of.count(ranges), ranges_of.count(readable)
    return {
        "version": version.pk, "ranges": ranges, "read": seen, "blocks": total, "percent": percent(seen, total),
        "anybody": service.anybody(Q(document_id=document.pk)).get(document.pk, 0),
    }  # fmt: skip


urls: list[Any] = [path("documents/<int:pk>/coverage/", coverage, name="api_coverage")]

"""Who is here: a page says where it is; the stream of events, or GET here, tells the others. Nothing is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.http import requests
from annotations.models import Document, Statement
from annotations.services import access, presence


@api("GET", "POST")
def people(request: HttpRequest, corpus: int) -> HttpResponse:
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        body = requests.body_of(request, bodies.PRESENCE)
        if body.get("left"):
            presence.leave(member, body["tab"])
        else:
            presence.note(member, body["tab"], **place_of(corpus, body))
    return answer({"results": presence.people(corpus)})


def place_of(corpus: int, body: dict[str, Any]) -> dict[str, Any]:
    """Only what is in this corpus; anything else is left out, not refused: presence blocks nothing."""
    found: dict[str, Any] = {}
    asked = body.get("document")
    if asked and Document.objects.filter(pk=asked, corpus_id=corpus, removed_at=None).exists():
        found = {"document": asked, "paragraph": body.get("paragraph")}
    statement = Statement.objects.filter(pk=body.get("statement") or 0, corpus_id=corpus, removed_at=None).first()
    if statement is not None:
        found |= {"statement": statement.pk, "label": statement.label}
    return found


urls: list[Any] = [path("corpora/<int:corpus>/presence/", people, name="api_presence")]

"""The feed of a corpus as JSON: GET ?after=SEQ, of everything or of one document, person, statement. annotations/live/
streams the same events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api
from annotations.http import requests
from annotations.services import access, feed
from annotations.services.activity import Asked

LIMIT = 500
FILTERS = ("document", "person", "statement")


@api("GET")
def events(request: HttpRequest, corpus: int) -> HttpResponse:
    member = access.member_in(request.user, corpus_id=corpus)
    requests.check_query(request, {"after", *FILTERS})
    after = requests.query_id(request, "after") or 0
    seq = feed.head(corpus)
    if any(request.GET.get(name) for name in FILTERS):
        some, more = feed.some(member, asked(request), after, LIMIT)
        return answer({"seq": seq, "more": more, "results": some})
    found = feed.page(member, after, LIMIT)
    return answer({"seq": seq, "more": bool(found) and found[-1]["seq"] < seq, "results": found})


def asked(request: HttpRequest) -> Asked:
    """What the reader keeps to. Numbers of statements are read as people write them."""
    return Asked(
        document=requests.query_id(request, "document"),
        person=requests.query_id(request, "person"),
        statement=request.GET.get("statement", ""),
    )


urls: list[Any] = [path("corpora/<int:corpus>/events/", events, name="api_events")]

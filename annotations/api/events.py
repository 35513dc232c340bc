"""The feed of a corpus as JSON: GET ?after=SEQ. annotations/live/ streams the same events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api
from annotations.http import requests
from annotations.services import access, feed

LIMIT = 500


@api("GET")
def events(request: HttpRequest, corpus: int) -> HttpResponse:
    member = access.member_in(request.user, corpus_id=corpus)
    requests.check_query(request, {"after"})
    after = requests.query_id(request, "after") or 0
    seq = feed.head(corpus)
    found = feed.page(member, after, LIMIT)
    return answer({"seq": seq, "more": bool(found) and found[-1]["seq"] < seq, "results": found})


urls: list[Any] = [path("corpora/<int:corpus>/events/", events, name="api_events")]

"""The door of the pages of a corpus: wrong ids, people who were taken out, refusals for scripts and fragments. Who may
what stands in test_permissions.py."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from annotations.models import TagSet
from tests.views.people import People, words

START = "c/<slug:slug>/"


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern) and route.startswith(START) and "uuid" not in route:
            yield route


def filled(people: People, route: str, slug: str = "") -> str:
    path = route.replace("<slug:slug>", slug or people.cast.corpus.slug)
    return "/" + re.sub(r"<(\w+):\w+>", lambda match: "99999" if match[1] == "int" else "C-99999", path)


PAGES = sorted(set(routes()))


@pytest.mark.parametrize("route", [route for route in PAGES if route.count("<") > 1 and "tracker/" not in route])
def test_a_wrong_id_finds_nothing(people: People, route: str) -> None:
    assert people.client("admin").get(filled(people, route)).status_code == 404
    assert people.client("admin").post(filled(people, route)).status_code == 404


def test_a_corpus_that_is_not_there(people: People) -> None:
    answer = people.client("admin").get("/c/no-such-corpus/")
    assert answer.status_code == 404
    assert "There is nothing here that you may see." in words(answer)


def test_who_was_taken_out_finds_nothing(people: People) -> None:
    people.done("admin", "member_change", people.cast["viewer"].pk, active="0")
    assert people.ask("viewer", "corpus_home").status_code == 404


def test_a_script_gets_the_reason_as_data(people: People) -> None:
    path = people.url("tag_new", TagSet.objects.get(corpus=people.cast.corpus).pk)
    answer = people.client("viewer").get(path, headers={"accept": "application/json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["detail"] == "To keep the codebook you need the role Editor or above; yours is Viewer."


def test_a_fragment_gets_the_reason_as_a_message(people: People) -> None:
    path = people.url("document_add")
    answer = people.client("viewer").get(path, headers={"hx-request": "true"})
    assert answer.status_code == 403
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert "To add documents you need the role Annotator or above" in words(answer)

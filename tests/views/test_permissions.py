"""The permission matrix: every address x every method x each role, somebody who left, a stranger, and nobody.

tests/rights.py says who may; an address or a method that is not there fails. Who may not gets the reason and changes
nothing: 404 without membership, 403 with the role that is needed, the login or 401 without an account.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.urls import get_resolver

from annotations.models import ApiToken, Event, Invitation, Member
from annotations.rules import roles
from annotations.rules.vocabulary import ROLES
from tests.api.routes import Route
from tests.rights import LEAD_BACK, OPEN, OWN, RIGHTS, SIGNED, UNASKED, Ask
from tests.views.scene import NOBODY, OUTSIDE, PEOPLE, ROUTES, STRANGER, Scene, request

pytestmark = pytest.mark.django_db


def rows() -> tuple[int, ...]:
    """What a request that is refused must leave as it is."""
    return (Event.objects.count(), ApiToken.objects.count(), Invitation.objects.count(), Member.objects.count())


def expected(ask: Ask, person: str) -> set[int]:
    """The statuses with which this person may be answered."""
    api = ROUTES[ask.name].path.startswith(("api/", "annotations/")) or ask.name.startswith("iri_")
    if ask.verb == OPEN:
        return DONE
    if person == NOBODY:
        return {401} if api else {302}
    if ask.verb == SIGNED:
        return DONE
    if ask.verb == OWN or person in OUTSIDE:
        return DONE if person in ask.only else {404}
    if ask.may(person):
        return {ask.rule} if ask.rule else DONE
    return {403, 404} if ask.has_verb(person) else {403}


DONE = {200, 201, 204, 302}


def told(response: Any) -> str:
    """The reason of a refusal, of a page or of the API."""
    return html.unescape(response.content_read.decode())


@pytest.mark.parametrize("ask", [ask for ask in RIGHTS if ask.name in ROUTES], ids=str)
def test_who_may_and_who_may_not(ask: Ask, scene: Scene) -> None:
    before = rows()
    for person in PEOPLE:
        response: Any = request(scene, person, ask)
        assert response.status_code in expected(ask, person), (person, response.status_code, told(response)[-900:])
        if person == NOBODY and response.status_code == 302 and ask.verb != OPEN:
            assert response.headers["Location"].startswith("/accounts/login/?next=")
        if response.status_code >= 400:
            assert response.written == before[0], person
        if response.status_code == 403 and not ask.only:  # else the reason may be whose it is
            needed = ROLES.label(roles.VERBS[ask.verb].role)
            assert f"you need the role {needed} or above" in told(response), (person, told(response)[-900:])
        if ask.method == "GET" and ask.verb != OPEN and person in ("viewer", STRANGER):
            head = request(scene, person, replace(ask, method="HEAD"))
            assert head.status_code == response.status_code and not head.content_read, (person, head.status_code)
        if ask.method == "GET":
            assert response.written == before[0], f"a GET wrote something for {person}"
    assert rows() == before


# --- the table is whole ---


def asked(route: Route) -> set[str]:
    """The methods of an address that do something: those of its door, or GET and POST of a page."""
    if route.methods:
        return set(route.methods)
    if route.name.startswith("iri_") or route.name in ("healthz", "api_docs", "api_schema"):
        return {"GET"}
    return ({"GET"} if route.name not in ONLY_SENT else set()) | ({"POST"} if route.name in SENT_TO else set())


SENT_TO = {ask.name for ask in RIGHTS if ask.method == "POST"}
ONLY_SENT = {"preferences", "token_revoke"}


def test_every_address_and_method_is_in_the_table_and_nothing_else() -> None:
    there = {(route.name, method) for route in ROUTES.values() for method in asked(route)}
    told = {(ask.name, ask.method) for ask in RIGHTS}
    assert there - told == set(), "say in tests/rights.py who may"
    assert told - there == set(), "no such address or method"


PLAIN = [route.name for route in ROUTES.values() if not route.methods and route.name not in SENT_TO]


@pytest.mark.parametrize("name", [name for name in PLAIN if name not in ("healthz", "api_docs", "api_schema")])
def test_what_takes_no_form_changes_nothing_when_one_is_sent(name: str, scene: Scene) -> None:
    before = rows()
    for person in ("admin", STRANGER, NOBODY):
        response: Any = request(scene, person, Ask(name, "POST", "read", lambda _: {"action": "remove", "go": "1"}))
        assert response.status_code < 500 and response.written == before[0], (person, response.status_code)
        if person in OUTSIDE and name not in ("home", "invitation"):
            assert response.status_code in (404, 405), person


@pytest.mark.parametrize("route", [route for route in ROUTES.values() if route.methods], ids=lambda route: route.name)
def test_other_methods_are_refused_and_options_need_a_login(route: Route, scene: Scene) -> None:
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - set(route.methods):
        assert request(scene, "admin", Ask(route.name, method, "read")).status_code == 405, method
    assert request(scene, STRANGER, Ask(route.name, "OPTIONS", "read")).status_code == 204
    assert request(scene, NOBODY, Ask(route.name, "OPTIONS", "read")).status_code == 401


def test_every_right_is_asked_for_somewhere() -> None:
    asked_for = {ask.verb for ask in RIGHTS}
    assert set(roles.VERBS) - asked_for == set(UNASKED)


def admin_paths() -> list[str]:
    """Every address of the operators' site, with an id where one is needed."""
    site = next(one for one in get_resolver().url_patterns if str(one.pattern) == "admin/")
    found = []
    for one in site.url_patterns:
        for inner in getattr(one, "url_patterns", [one]):
            path = f"/admin/{one.pattern if inner is not one else ''}{inner.pattern}"
            found.append(
                re.sub(r"<[^>]+>|\(\?P<[^)]+\)", "1", path).replace("$", "").replace("^", "").replace("\\Z", "")
            )
    return found


@pytest.mark.parametrize("path", [path for path in admin_paths() if not path.endswith(("login/", "logout/", ".*)"))])
def test_the_operators_site_is_closed_to_all_of_a_corpus(path: str, scene: Scene) -> None:
    for person in ("admin", NOBODY):
        for method in ("get", "post"):
            response = getattr(scene.clients[person], method)(path, follow=True)
            last = response.redirect_chain[-1][0] if response.redirect_chain else path
            if person == NOBODY:
                assert last.startswith(("/accounts/login/", "/admin/login/")), (method, last)
            else:
                assert response.status_code in (403, 404), (person, method, response.status_code, last)


def test_addresses_nobody_has_are_nobodys(scene: Scene) -> None:
    for person in PEOPLE:
        assert scene.clients[person].get("/api/no/such/").status_code == 404
        assert scene.clients[person].get("/c/no-such-corpus/").status_code == (302 if person == NOBODY else 404)
    assert set(LEAD_BACK) <= SENT_TO

"""Who asks, and the tokens of one's own programs."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.http import requests
from annotations.http import shapes_people as shapes
from annotations.http.paging import page_of
from annotations.models import ApiToken, Member, User
from annotations.rules.errors import Forbidden, noop
from annotations.services import api_tokens


@api("GET")
def me(request: HttpRequest) -> HttpResponse:
    """Name, corpora with one's role in each, and the token that asks, if one does."""
    user = cast(User, request.user)
    mine = Member.objects.filter(user=user, active=True).select_related("corpus").order_by("corpus__name", "id")
    return answer(shapes.me(user, list(mine), token_of(request)))


def token_of(request: HttpRequest) -> ApiToken | None:
    found: ApiToken | None = getattr(request, "token", None)
    return found


@api("GET", "POST")
def tokens(request: HttpRequest) -> HttpResponse:
    """GET: one's own tokens. POST {name, write?, days?}: a new one; the answer holds its secret, once."""
    user = cast(User, request.user)
    if request.method != "POST":
        requests.check_query(request, ())
        return answer(page_of(request, api_tokens.own(user), shapes.token))
    if token_of(request) is not None:
        raise Forbidden("token_makes_token", noop("A token cannot make tokens; log in to make one."))
    body = requests.body_of(request, bodies.TOKEN)
    expires = api_tokens.expiry(body.get("days", api_tokens.DAYS))
    made, secret = api_tokens.create(user, name=body["name"], write=body.get("write", False), expires_at=expires)
    return answer(shapes.token(made, secret), status=201)


@api("DELETE")
def token(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own tokens; a program may revoke its own."""
    user, by = cast(User, request.user), token_of(request)
    if by is not None and by.pk != pk:
        raise Forbidden("token_revokes_other", noop("A token can only revoke itself; log in to revoke others."))
    api_tokens.revoke(user, pk)
    return answer(None, status=204)


urls: list[Any] = [
    path("me/", me, name="api_me"),
    path("tokens/", tokens, name="api_tokens"),
    path("tokens/<int:pk>/", token, name="api_token"),
]

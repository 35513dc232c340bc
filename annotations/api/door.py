"""One way in for every API view: who asks, which method, errors as problem+json, one Op per write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Protocol

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from annotations.http import requests
from annotations.http.problems import problem_response
from annotations.models import Member
from annotations.rules.errors import Forbidden, NeedsMatch, Problem, Stale, noop
from annotations.services import api_tokens
from annotations.services.op import Op, writing

SAFE = ("GET", "HEAD", "OPTIONS")


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


class NotSignedIn(Problem):
    status = 401


class _Csrf(CsrfViewMiddleware):
    """Django's own check, answering with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def check_csrf(request: HttpRequest) -> None:
    """Sessions are a browser's: a change needs its CSRF token."""
    checker = _Csrf(lambda _: HttpResponse())
    checker.process_request(request)
    reason = checker.process_view(request, lambda: None, (), {})
    if reason:
        raise Forbidden("csrf", noop("This page is too old to save. Load it again; what you typed is kept."))


def authenticate(request: HttpRequest) -> None:
    """Set request.user from a bearer token, else from the session; raise NotSignedIn or Forbidden (read-only token)."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        token = api_tokens.find(header.removeprefix("Bearer ").strip())
        if token is None:
            raise NotSignedIn("token_invalid", noop("This token is unknown, expired or revoked."))
        if not token.write and request.method not in SAFE:
            raise Forbidden("token_read_only", noop("This token may only read."))
        request.user = token.user
        return
    if not request.user.is_authenticated:
        raise NotSignedIn("not_signed_in", noop("Log in, or send a bearer token."))
    if request.method not in SAFE:
        check_csrf(request)


def api(*methods: str) -> Callable[[View], View]:
    """Make a plain function an API view: methods, sign-in, domain errors as problem+json."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            try:
                authenticate(request)
                return view(request, *args, **kwargs)
            except StaleWith as stale:
                return problem_response(stale.problem, current=stale.current)
            except Problem as problem:
                response = problem_response(problem)
                if problem.status == 401:
                    response["WWW-Authenticate"] = "Bearer"
                return response

        return csrf_exempt(inner)  # type: ignore[return-value]

    return wrap


class StaleWith(Exception):
    """A stale edit, with the present state for the one who lost."""

    def __init__(self, problem: Problem, current: Mapping[str, object]) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.current = current


def check_match(request: HttpRequest, etag: str, current: Callable[[], Mapping[str, object]]) -> None:
    """If-Match or 428; stale or 412 with the present state in the body."""
    try:
        requests.check_match(request, etag)
    except NeedsMatch:
        raise
    except Stale as problem:
        raise StaleWith(problem, current()) from None


@contextmanager
def operation(request: HttpRequest, member: Member) -> Iterable[Op]:  # type: ignore[misc]
    """The Op of this request, under its Idempotency-Key."""
    with writing(by=member, key=requests.key_of(request), request=requests.digest_of(request)) as op:
        yield op


def answer(data: object, status: int = 200, etag: str = "", op: Op | None = None) -> HttpResponse:
    response = HttpResponse(orjson.dumps(data, default=str), status=status, content_type="application/json")
    if etag:
        response["ETag"] = etag
    if op is not None:
        response["X-Op"] = op.key
    return response


def absolute(path: str) -> str:
    return settings.BASE_URL + path

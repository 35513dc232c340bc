"""One way in for every API view: who asks, which method, errors as problem+json, one Op per write."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Protocol

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from annotations.http import requests
from annotations.http.problems import problem_response
from annotations.models import ApiToken, Member
from annotations.rules.errors import (
    Forbidden,
    Invalid,
    NeedsMatch,
    NotSignedIn,
    Problem,
    Refused,
    Stale,
    TooLarge,
    noop,
)
from annotations.services import api_tokens
from annotations.services.op import Op, writing

SAFE = ("GET", "HEAD", "OPTIONS")
JSON = "application/json"
log = logging.getLogger("django.request")


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


class NotAllowed(Problem):
    """A method that this address does not have."""

    status = 405


class ServerError(Problem):
    """Our own mistake: logged with its traceback, told without it."""

    status = 500


class _Csrf(CsrfViewMiddleware):
    """Django's own check, answering with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


_CSRF = _Csrf(lambda _: HttpResponse())


def check_csrf(request: HttpRequest) -> None:
    """Sessions are a browser's: a change needs its CSRF token."""
    _CSRF.process_request(request)
    if _CSRF.process_view(request, lambda _: HttpResponse(), (), {}):
        raise Forbidden("csrf", noop("This page is too old to save. Load it again; what you typed is kept."))


def check_author(request: HttpRequest) -> None:
    """What waited in a browser names who wrote it (X-User): it is never stored under the name of whoever logged in
    there since."""
    author = request.headers.get("X-User", "")
    if author and author != str(request.user.pk):
        raise Forbidden("other_member", noop("Somebody else is signed in here now; this waits for who wrote it."))


def authenticate(request: HttpRequest) -> ApiToken | None:
    """Set request.user from a bearer token, else from the session; raise NotSignedIn or Forbidden (read-only token)."""
    if secret := requests.bearer_of(request):
        token = api_tokens.find(secret)
        if not token.write and request.method not in SAFE:
            raise Forbidden("token_read_only", noop("This token may only read."))
        request.user = token.user
        return token
    if not request.user.is_authenticated:
        raise NotSignedIn
    if request.method not in SAFE:
        check_author(request)
        check_csrf(request)
    return None


def api(*methods: str) -> Callable[[View], View]:
    """Make a plain function an API view: sign-in, methods, domain errors as problem+json."""
    allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"])

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                request.token = authenticate(request)  # type: ignore[attr-defined]
                if request.method == "OPTIONS":
                    return HttpResponse(status=204, headers={"Allow": allowed})
                check_request(request, methods)
                return view(request, *args, **kwargs)
            except (OperationalError, InterfaceError):
                raise  # aigov/trouble.py answers for a database that is busy or gone
            except Exception as error:
                return refusal(request, error, allowed)

        inner.methods = methods  # type: ignore[attr-defined]  # for the schema and the tests
        return csrf_exempt(inner)

    return wrap


def check_request(request: HttpRequest, methods: tuple[str, ...]) -> None:
    """The method is one of the view's, and the query holds nothing that a database cannot be asked for."""
    if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
        raise NotAllowed(
            "method_not_allowed", noop("%(method)s is not possible here. Possible: %(methods)s."),
            method=request.method, methods=methods,
        )  # fmt: skip
    if "%00" in request.META.get("QUERY_STRING", ""):
        raise Invalid("bad_characters_in_query", noop("The address holds characters that cannot be searched for."))


def refusal(request: HttpRequest, error: Exception, allowed: str) -> HttpResponse:
    """An error as problem+json; what nobody foresaw is logged and told as a server error without details."""
    if isinstance(error, StaleWith):
        return problem_response(error.problem, current=error.current)
    problem = error if isinstance(error, Problem) else foreseen(error)
    if problem is None:
        log.error("%s %s", request.method, request.path, exc_info=error, extra={"status_code": 500})
        problem = ServerError("server_error", noop("Something went wrong here. Nothing was stored; it was noted."))
    response = problem_response(problem)
    if problem.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    elif problem.status == 405:
        response["Allow"] = allowed
    return response


def foreseen(error: Exception) -> Problem | None:
    """Errors of the framework that are the sender's, or two senders' at once."""
    if isinstance(error, IntegrityError):
        return Refused("at_once", noop("Somebody did the same at this very moment. Load it again."))
    if isinstance(error, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return TooLarge("body_too_large", noop("The body is too large or has too many fields. Nothing was stored."))
    if isinstance(error, (UnreadablePostError, MultiPartParserError, SuspiciousOperation)):
        return Invalid("body_broken", noop("The body broke off or cannot be read. Nothing was stored; send it again."))
    return None


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
def operation(request: HttpRequest, member: Member) -> Iterator[Op]:
    """The Op of this request, under its Idempotency-Key."""
    with writing(by=member, key=requests.key_of(request), request=requests.digest_of(request)) as op:
        yield op


def absolute(path: str) -> str:
    """The whole address of a path of ours, for links that leave the house."""
    return settings.BASE_URL + path


def answer(data: object, status: int = 200, etag: str = "", op: Op | None = None) -> HttpResponse:
    """JSON with its ETag and, after a write, the key that undo takes. 204 has no body."""
    body = b"" if status == 204 else orjson.dumps(data, default=str)
    response = HttpResponse(body, status=status, content_type=JSON)
    if etag:
        response["ETag"] = etag
    if op is not None:
        response["X-Op"] = op.key
    return response


def refuse(problem: Problem) -> HttpResponse:
    """A problem without a view: for addresses that nobody has."""
    return problem_response(problem)

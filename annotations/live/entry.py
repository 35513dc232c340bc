"""Who may listen: the session or token behind a request for events, looked up again while the stream is open."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_from_request

from annotations.http.problems import problem_response
from annotations.http.requests import bearer_of
from annotations.models import User
from annotations.rules.errors import Invalid, NotSignedIn, Problem, noop
from annotations.services import access, api_tokens, feed

FAR = 2000  # events; who is farther behind loads everything anew instead


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream: whose, of which corpus, after which event, and by what it was let in."""

    corpus: int
    member: int
    after: int
    head: int
    session: str = ""
    token: str = ""

    @property
    def resync(self) -> bool:
        """Whether this reader is too far behind, or ahead of a history that was restored from a backup."""
        return self.after > self.head or self.head - self.after > FAR


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def enter(scope: dict[str, Any]) -> Entry | Refusal:
    """Let a request in, or say why not. Touches the database."""
    request = ASGIRequest(scope, io.BytesIO())
    try:
        request.get_host()
        corpus = int(request.path.split("/")[3])
        session, token = request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), bearer_of(request)
        member = access.member_in(person(session, token), corpus_id=corpus)
        head = feed.head(corpus)
        return Entry(corpus, member.pk, _after(request, head), head, "" if token else session, token)
    except Problem as problem:
        with translation.override(get_language_from_request(request)):
            answer = problem_response(problem)
        return Refusal(
            answer.status_code,
            tuple((name.lower().encode(), value.encode()) for name, value in answer.items()),
            answer.content,
        )


def still(entry: Entry) -> bool:
    """Whether this reader may go on. Touches the database."""
    try:
        return access.member_in(person(entry.session, entry.token), corpus_id=entry.corpus).pk == entry.member
    except Problem:
        return False


def person(session: str, token: str) -> User:
    """The user behind a session key or a bearer token; NotSignedIn without one."""
    if token:
        return api_tokens.find(token).user
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session or None)
    user = get_user(request)
    if not isinstance(user, User) or not user.is_active:
        raise NotSignedIn
    return user


def _after(request: HttpRequest, head: int) -> int:
    """The last event that this reader has: Last-Event-ID (a reconnect), else ?after=, else all that is there now."""
    given = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    if not given:
        return head
    if not (given.isascii() and given.isdecimal() and len(given) <= 18):
        raise Invalid("after", noop("`after` is the number of the last event you have."), field="after")
    return int(given)

"""One way in for every page of a corpus: signed in, member, role; domain errors become pages a person can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.http.problems import body, problem_response, sentence
from annotations.models import Member
from annotations.rules import roles
from annotations.rules.errors import Problem, Stale
from annotations.services import access, feed
from annotations.views.typed import typed_words


class PageRequest(HttpRequest):
    """A request inside a corpus: `member` is who asks there, `section` the entry of the bar that is current,
    `seq` the last event that the page can know of."""

    member: Member
    section: str
    seq: int
    htmx: Any


class PageView(Protocol):
    def __call__(self, request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def page(section: str = "", *, verb: str = "read", post: str = "") -> Callable[[PageView], Callable[..., HttpResponse]]:
    """A page of the corpus named by `slug`: `verb` is needed to see it, `post` (when given) to send to it."""

    def wrap(view: PageView) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def inner(request: PageRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                request.member = access.member_in(request.user, slug=slug)
                request.section = section
                if post and request.method == "POST":
                    roles.check(request.member.role, post)
                roles.check(request.member.role, verb)
                if not getattr(request, "htmx", False):
                    request.seq = feed.head(request.member.corpus_id)  # before any row: what comes later is news
                return view(request, *args, **kwargs)
            except Problem as problem:
                return problem_page(request, problem)

        return inner

    return wrap


def problem_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem where the person is: problem+json for scripts, a flash for htmx, a page otherwise."""
    if request.headers.get("Accept", "").startswith(("application/json", "application/problem+json")):
        return problem_response(problem)
    if getattr(request, "htmx", False):
        messages.error(request, sentence(problem))
        return render(
            request, "annotations/_messages.html", {"oob": True, "problem": body(problem)}, status=problem.status
        )
    template = "404.html" if problem.status == 404 else "annotations/problem.html"
    found = {"problem": body(problem), "typed_words": typed_words(request.POST)}
    return render(request, template, found, status=shown_as(problem))


def show(
    request: PageRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Render a page of the corpus with what every such page needs."""
    found = {"corpus": request.member.corpus, "member": request.member, **(context or {})}
    return render(request, template, found, status=status)


def say(request: HttpRequest, problem: Problem) -> None:
    """Tell a domain error, and each thing that is missing, as messages; the page goes on."""
    messages.error(request, sentence(problem))
    for reason in getattr(problem, "reasons", ()):
        messages.error(request, sentence(reason))


def refuse(request: HttpRequest, problem: Problem) -> int:
    """Tell why a form was not taken; the page goes on with what was typed, under the status that is given back: 409
    when somebody was quicker. What is not there, or not this person's to do, becomes a page of its own."""
    if problem.status in (403, 404):
        raise problem
    say(request, problem)
    return shown_as(problem) if isinstance(problem, Stale) else 200


def attempt(request: PageRequest, act: Callable[..., object], *values: Any, said: str | None = "") -> int:
    """302 when `act(request, *values)` went through, and `said` (“Saved”; None: nothing) is told; else the status of
    the page, on which the domain error is said."""
    try:
        act(request, *values)
    except Problem as problem:
        return refuse(request, problem)
    if said is not None:
        messages.success(request, said or _("Saved"))
    return 302


def shown_as(problem: Problem) -> int:
    """The status of a page: a form has no If-Match that could fail, what is stale is a conflict."""
    return 409 if isinstance(problem, Stale) else problem.status

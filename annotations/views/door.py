"""One way in for every page of a corpus: signed in, member, role; domain errors become pages a person can act on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.http.problems import body, problem_response, sentence
from annotations.models import Member
from annotations.rules import roles
from annotations.rules.errors import Problem
from annotations.services import access, feed


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
                roles.check(request.member.role, verb)
                if post and request.method == "POST":
                    roles.check(request.member.role, post)
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
    return render(request, template, {"problem": body(problem)}, status=problem.status)


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


def refuse(request: HttpRequest, problem: Problem) -> None:
    """Tell why a form was not taken; the page goes on with what was typed. What is not there, or not this person's to
    do, becomes a page of its own."""
    if problem.status in (403, 404):
        raise problem
    say(request, problem)

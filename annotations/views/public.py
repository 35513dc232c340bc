"""The public pages: published checks for everybody, without login, cookie or script; what robots may read.

A page is the same for everybody who asks in the same language, so that shared caches may keep it for a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from annotations.formats.claim_review import claim_review
from annotations.http import paging
from annotations.models import Corpus
from annotations.records.public import PublicCheck
from annotations.rules.errors import Problem
from annotations.services import public
from annotations.views.door import problem_page

#: Long enough to spare the server, short enough that a pause or a withdrawal is seen at once.
KEPT = "public, max-age=60"
PAGE = 50  # checks on a page of the list
ROBOTS = "User-agent: *\nAllow: /p/\nAllow: /static/\nDisallow: /\n"


def for_everybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page without a login, in the language of ?lang or of the browser; no cookie is read or set."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with translation.override(language_of(request)):
                response = view(request, *args, **kwargs)
        except Problem as problem:
            return problem_page(request, problem)
        if response.status_code == 200:
            response.for_everybody = True  # type: ignore[attr-defined]
            response.headers["Cache-Control"] = KEPT
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return require_safe(inner)


def language_of(request: HttpRequest) -> str:
    """?lang, else the first language of the browser that is ours. The cookie of members is not asked: pages are
    shared."""
    asked = request.GET.get("lang", "").lower()
    if asked in dict(settings.LANGUAGES):
        return asked
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def shown(request: HttpRequest, template: str, context: Mapping[str, Any], canonical: str) -> HttpResponse:
    """The page; rendered without the request, so that nothing of a visitor can get into it."""
    found = {**frame(request, canonical), **context}
    return HttpResponse(render_to_string(template, found), headers={"Content-Language": found["html_lang"]})


def frame(request: HttpRequest, canonical: str) -> dict[str, Any]:
    """What the frame of a public page needs: its languages, and the one address under which it is known."""
    asked = request.GET.get("lang", "").lower()
    page = request.build_absolute_uri(canonical)
    return {
        "html_lang": translation.get_language() or settings.LANGUAGE_CODE,
        "query": f"?lang={asked}" if asked in dict(settings.LANGUAGES) else "",
        "canonical": page,
        "languages": [(code, name, joined(page, f"lang={code}")) for code, name in settings.LANGUAGES],
    }


def joined(address: str, query: str) -> str:
    """The address with one more thing asked of it."""
    return f"{address}{'&' if '?' in address else '?'}{query}"


@for_everybody
def public_index(request: HttpRequest, slug: str) -> HttpResponse:
    """The published checks of a corpus, the newest first, a page at a time."""
    corpus = public.corpus_named(slug)
    found = Paginator(public.statements(corpus), PAGE).get_page(paging.number(request, "page", 1, 10**6))
    canonical = reverse("public_index", args=[slug]) + (f"?page={found.number}" if found.number > 1 else "")
    context = {"corpus": corpus, "page": found, "rows": list(public.rows(list(found)))}
    context["more"] = frame(request, canonical)["query"].replace("?", "&")
    return shown(request, "annotations/public_index.html", context, canonical)


@for_everybody
def public_check(request: HttpRequest, slug: str, label: str, number: int | None = None) -> HttpResponse:
    """One published check; `number`: an earlier version of it that was public."""
    corpus = public.corpus_named(slug)
    if label != label.upper():
        return redirect(request.path.replace(f"/{label}/", f"/{label.upper()}/"))
    check = public.check(corpus, label, number)
    canonical = reverse("public_check", args=[slug, label])
    if number is not None and check.current:
        return redirect(canonical)
    return shown(request, "annotations/public_check.html", told(request, corpus, check, canonical), canonical)


def told(request: HttpRequest, corpus: Corpus, check: PublicCheck, canonical: str) -> dict[str, Any]:
    """What the page of a check shows, for readers and for machines."""
    return {
        "corpus": corpus, "check": check, "description": description(check), "title": title(check),
        "markup": claim_review(check, request.build_absolute_uri(canonical), publisher(request, corpus), gettext),
    }  # fmt: skip


def publisher(request: HttpRequest, corpus: Corpus) -> dict[str, str]:
    page = request.build_absolute_uri(reverse("public_index", args=[corpus.slug]))
    policy = f"{page}#policy" if corpus.publisher_policy else ""
    return {"name": corpus.publisher_name or corpus.name, "page": page, "policy_page": policy}


def title(check: PublicCheck) -> str:
    """The claim, short enough for a tab and a preview."""
    return check.text if len(check.text) <= 70 else check.text[:69] + "…"


def description(check: PublicCheck) -> str:
    """What a preview of a link tells: where the check stands, never a verdict that is in doubt."""
    if check.state == "paused":
        return gettext("This check is under review; its verdict is not shown at present.")
    if check.state == "withdrawn":
        return gettext("This check was withdrawn.")
    return check.why if len(check.why) <= 200 else check.why[:199] + "…"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the public pages and nothing else."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


root_urls: list[Any] = [
    path("robots.txt", robots, name="robots"),
    path("p/<slug:slug>/", public_index, name="public_index"),
    path("p/<slug:slug>/<str:label>/", public_check, name="public_check"),
    path("p/<slug:slug>/<str:label>/versions/<int:number>/", public_check, name="public_version"),
]

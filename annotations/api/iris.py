"""The addresses by which exports name things (formats/iris.py) lead somewhere: people to the page, programs to data."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse

from annotations.api.door import api
from annotations.formats import web_annotation
from annotations.formats.iris import Place
from annotations.http.paging import number
from annotations.models import Document, Member, Version
from annotations.rules.errors import Problem
from annotations.services import access, texts
from annotations.services.collect import passages
from annotations.services.collect.directory import Directory
from annotations.services.collect.scope import Scope

PAGE_SIZE = 200
View = Callable[..., HttpResponseBase]


def wants_page(request: HttpRequest) -> bool:
    """Whether a browser asks, and not a program for data."""
    accepted = request.headers.get("Accept", "")
    return "text/html" in accepted and "json" not in accepted


def twofold(page: View) -> Callable[[View], View]:
    """A view for programs that is `page` (a redirect) for people, after their login."""

    def wrap(data: View) -> View:
        for_programs = api("GET")(data)

        @wraps(data)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not wants_page(request):
                return for_programs(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            try:
                return page(request, *args, **kwargs)
            except Problem as problem:
                raise Http404 from problem

        return inner

    return wrap


def place_of(member: Member) -> Place:
    return Place(settings.BASE_URL, member.corpus.slug, str(member.corpus.uid))


def json_ld(found: object) -> HttpResponse:
    return HttpResponse(orjson.dumps(found), content_type=web_annotation.MIME, headers={"Vary": "Accept"})


def annotation_id(member: Member, uid: UUID) -> int:
    pk = Scope(member).annotations.filter(uid=uid).values_list("pk", flat=True).first()
    if pk is None:
        raise access.not_found()
    return pk


def annotation_page(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    return redirect("annotation_permalink", annotation_id(access.member_in(request.user, slug=slug), uid))


@twofold(annotation_page)
def annotation(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """/annotations/<corpus>/<uid>: one annotation."""
    member = access.member_in(request.user, slug=slug)
    found = passages.some([annotation_id(member, uid)], Directory(member.corpus))
    return json_ld(web_annotation.annotation(next(found), place_of(member)))


def container_page(request: HttpRequest, slug: str) -> HttpResponse:
    return redirect("corpus_home", access.member_in(request.user, slug=slug).corpus.slug)


@twofold(container_page)
def container(request: HttpRequest, slug: str) -> HttpResponse:
    """/annotations/<corpus>/: the collection of all annotations, or with ?page= (from 1) one of its pages."""
    member = access.member_in(request.user, slug=slug)
    place, rows = place_of(member), Scope(member).annotations
    total = rows.count()
    last = max(-(-total // PAGE_SIZE), 1)
    whole = web_annotation.part_of(place.container, member.corpus.name, total)
    if "page" not in request.GET:
        first = _page_iri(place, 1) if total else None
        return json_ld(web_annotation.collection(whole, first, _page_iri(place, last) if total else ""))
    here = number(request, "page", 1, last)
    start = (here - 1) * PAGE_SIZE
    ids = list(rows.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    items = [web_annotation.annotation(row, place) for row in passages.some(ids, Directory(member.corpus))]
    before = _page_iri(place, here - 1) if here > 1 else ""
    after = _page_iri(place, here + 1) if here < last else ""
    return json_ld(web_annotation.page(whole, _page_iri(place, here), items, start, before, after))


def _page_iri(place: Place, number: int) -> str:
    return f"{place.container}?{urlencode({'page': number})}"


def document_of(request: HttpRequest, slug: str, uid: UUID) -> Document:
    member = access.member_in(request.user, slug=slug)
    found = Document.objects.filter(corpus=member.corpus, removed_at=None, uid=uid).select_related("current").first()
    if found is None or found.current is None:
        raise access.not_found()
    return found


def version_of(request: HttpRequest, slug: str, document: UUID, uid: UUID) -> Version:
    found = document_of(request, slug, document).versions.filter(uid=uid).first()
    if found is None:
        raise access.not_found()
    return found


def raw_text(version: Version) -> HttpResponse:
    """The text that offsets of annotations count in."""
    return HttpResponse(texts.get(version.pk).raw, content_type="text/plain; charset=utf-8", headers={"Vary": "Accept"})


def document_page(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    return redirect("document_read", slug, document_of(request, slug, uid).pk)


@twofold(document_page)
def document(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """/c/<corpus>/documents/<uid>/: the raw text of the current version."""
    current = document_of(request, slug, uid).current
    assert current is not None
    return raw_text(current)


def version_page(request: HttpRequest, slug: str, document: UUID, uid: UUID) -> HttpResponse:
    found = version_of(request, slug, document, uid)
    return redirect(f"{reverse('document_read', args=[slug, found.document_id])}?version={found.number}")


@twofold(version_page)
def version(request: HttpRequest, slug: str, document: UUID, uid: UUID) -> HttpResponse:
    """/c/<corpus>/documents/<uid>/versions/<uid>/: the raw text of one version."""
    return raw_text(version_of(request, slug, document, uid))


root_urls: list[Any] = [
    path("annotations/<slug:slug>/", container, name="iri_container"),
    path("annotations/<slug:slug>/<uuid:uid>", annotation, name="iri_annotation"),
    path("c/<slug:slug>/documents/<uuid:uid>/", document, name="iri_document"),
    path("c/<slug:slug>/documents/<uuid:document>/versions/<uuid:uid>/", version, name="iri_version"),
]

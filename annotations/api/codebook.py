"""The codebook over HTTP: tag sets and tags; add, rename, retire, merge."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api, check_match, operation
from annotations.api.rows import item as row_item
from annotations.api.rows import make, present, told
from annotations.http import requests, shapes
from annotations.http.paging import page_of
from annotations.models import Corpus, Member, Tag, TagSet
from annotations.rules import vocabulary
from annotations.rules.errors import Missing, noop
from annotations.services import access, codebook, recoding
from annotations.services.op import Op, Replayed


@api("GET", "POST")
def tags(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET ?set=&scope=&q=: tags in the order of the codebook, retired ones too. POST {set, label ...}."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        body = requests.body_of(request, bodies.TAG_NEW)
        tag_set = set_of(member, body.pop("set"))
        body["parent"] = parent_of(tag_set, body.get("parent"))
        return make(request, member, Tag, lambda op: codebook.add_tag(op, tag_set, **body), shapes.tag_detail)
    requests.check_query(request, {"set", "scope", "q"})
    rows = Tag.objects.filter(corpus=member.corpus, tag_set__removed_at=None).select_related("tag_set")
    if scope := request.GET.get("scope"):
        rows = rows.filter(tag_set__scope=vocabulary.TAG_SCOPES.check(scope, "scope"))
    if wanted := requests.query_id(request, "set"):
        rows = rows.filter(tag_set_id=wanted)
    for word in requests.query_text(request, "q").split():
        named = Q(label__icontains=word) | Q(label_zh_hans__icontains=word) | Q(label_zh_hant__icontains=word)
        rows = rows.filter(named)
    return answer(page_of(request, rows.order_by("tag_set__order", "tag_set_id", "order", "id"), shapes.tag_detail))


def set_of(member: Member, pk: int) -> TagSet:
    found = TagSet.objects.filter(corpus=member.corpus, removed_at=None, pk=pk).first()
    if found is None:
        raise Missing("tag_set_unknown", noop("There is no such tag set in this corpus."), field="set")
    return found


def parent_of(tag_set: TagSet, pk: int | None) -> Tag | None:
    found = tag_set.tags.filter(pk=pk).first() if pk is not None else None
    if pk is not None and found is None:
        raise Missing("tag_not_in_set", noop("There is no such tag in this set."), field="parent")
    return found


@api("GET", "PATCH")
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = access.row_for(request.user, Tag.objects.select_related("tag_set"), pk)
    body = requests.body_of(request, bodies.TAG) if request.method == "PATCH" else {}
    if "parent" in body:
        body["parent"] = parent_of(row.tag_set, body["parent"])
    return row_item(
        request, member, row, shapes.tag_detail, change=lambda op, found: codebook.update_tag(op, found, **body)
    )


@api("POST")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """{into}: what carries this tag carries the other one, which is answered; this one is retired."""
    row, member = access.row_for(request.user, Tag.objects.all(), pk)
    into = requests.body_of(request, bodies.INTO)["into"]
    other = Tag.objects.filter(corpus=member.corpus, pk=into).first()
    if other is None:
        raise Missing("tag_unknown_into", noop("There is no such tag in this corpus."), field="into")

    def shape(found: Tag) -> dict[str, Any]:
        return shapes.tag_detail(found.merged_into or found)

    return row_item(
        request, member, row, shape, change=lambda op, found: recoding.merge_tag(op, found, present(Tag, into, member))
    )


@api("GET", "POST")
def sets(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET: tag sets in their order. POST {name, scope, many?}."""
    member = access.member_in(request.user, corpus_id=corpus)
    shape = partial(set_shape, member=member)
    if request.method == "POST":
        body = requests.body_of(request, bodies.TAG_SET_NEW)
        return make(request, member, TagSet, lambda op: codebook.add_set(op, **body), shape)
    requests.check_query(request, ())
    rows = TagSet.objects.filter(corpus=member.corpus, removed_at=None)
    return answer(page_of(request, rows.order_by("order", "id"), shape))


def set_shape(row: TagSet, member: Member) -> dict[str, Any]:
    return shapes.tag_set(row, member.corpus.codebook_version)


@api("GET", "PATCH")
def tag_set(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH {name?, many?, order?}. Its ETag names the edition of the codebook: any change of that makes it stale."""
    row, member = access.row_for(request.user, TagSet.objects.filter(removed_at=None), pk)
    shape = partial(set_shape, member=member)
    if request.method != "PATCH":
        return answer(shape(row), etag=set_etag(row, member))
    body = requests.body_of(request, bodies.TAG_SET)
    try:
        with operation(request, member) as op:
            row = change_set(request, op, pk, member, body)
    except Replayed as replayed:
        return told(shape(row), replayed)
    return answer(shape(row), etag=set_etag(row, member), op=op)


def set_etag(row: TagSet, member: Member) -> str:
    return f'"{row.pk}-{member.corpus.codebook_version}"'


def change_set(request: HttpRequest, op: Op, pk: int, member: Member, body: dict[str, Any]) -> TagSet:
    op.corpus = member.corpus = Corpus.objects.select_for_update().get(pk=member.corpus_id)
    row = present(TagSet, pk, member)
    check_match(request, set_etag(row, member), lambda: set_shape(row, member))
    return codebook.update_set(op, row, **body)


urls: list[Any] = [
    path("corpora/<int:corpus>/tags/", tags, name="api_tags"),
    path("corpora/<int:corpus>/tag-sets/", sets, name="api_tag_sets"),
    path("tags/<int:pk>/", tag, name="api_tag"),
    path("tags/<int:pk>/merge/", merge, name="api_tag_merge"),
    path("tag-sets/<int:pk>/", tag_set, name="api_tag_set"),
]

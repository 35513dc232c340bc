"""The codebook changed together with what carries it, over HTTP: what a change would touch, splitting, moving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.codebook import parent_of, set_of
from annotations.api.door import answer, api
from annotations.api.rows import item as row_item
from annotations.http import requests, shapes
from annotations.models import Member, Tag
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, codebook_reach, placing, recoding
from annotations.services.codebook_reach import Choice
from annotations.services.op import Op
from annotations.services.recoding import Part

TAGS = Tag.objects.select_related("tag_set")


@api("GET")
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    """GET ?into=: counts of what carries the tag, and whose work it is."""
    row, member = access.row_for(request.user, TAGS.all(), pk)
    requests.check_query(request, {"into"})
    wanted = requests.query_id(request, "into")
    into = tag_in(member, wanted, "into") if wanted is not None else None
    found = codebook_reach.reach(row, into)
    return answer({
        "tag": row.pk, "into": wanted, "passages": found.passages, "statements": found.statements,
        "documents": found.documents, "views": found.views, "both": found.both,
        "people": [{"name": name, "count": n} for name, n in found.people],
    })  # fmt: skip


def tag_in(member: Member, pk: int, field: str) -> Tag:
    found = TAGS.filter(corpus=member.corpus, pk=pk).first()
    if found is None:
        raise Missing("tag_unknown_into", noop("There is no such tag in this corpus."), field=field)
    return found


@api("POST")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """{parts: [{ids | filter, into | label, definition?}], retire?}: answers the tag that was split."""
    row, member = access.row_for(request.user, TAGS.all(), pk)
    body = requests.body_of(request, bodies.TAG_SPLIT)
    parts = [part_of(row, member, one) for one in body["parts"]]

    def act(op: Op, found: Tag) -> None:
        recoding.split_tag(op, found, parts, retire=body.get("retire", False))

    return row_item(request, member, row, shapes.tag_detail, change=act)


def part_of(tag: Tag, member: Member, given: Mapping[str, Any]) -> Part:
    """One part of the body; its filter is looked up before the lock is taken, as it may find much."""
    if ("into" in given) == ("label" in given):
        raise Invalid("part_target", noop("Each part names either a tag that is there or a new one."), field="parts")
    if ("ids" in given) == ("filter" in given):
        raise Invalid("part_choice", noop("Each part names either ids or a filter."), field="parts")
    ids = given.get("ids")
    if ids is None:
        found = codebook_reach.chosen(tag, member, Choice(**given["filter"]))
        ids = list(found.values_list("pk", flat=True))
    into = tag_in(member, given["into"], "into") if "into" in given else None
    return Part(ids, into, given.get("label", ""), given.get("definition", ""))


@api("POST")
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """{set, parent?}: the tag, with those below it, stands there."""
    row, member = access.row_for(request.user, TAGS.all(), pk)
    body = requests.body_of(request, bodies.TAG_PLACE)
    tag_set = set_of(member, body["set"])
    parent = parent_of(tag_set, body.get("parent"))
    looked = placing.look(tag_set, placing.below(row))
    return row_item(
        request, member, row, shapes.tag_detail,
        change=lambda op, found: placing.place_tag(op, found, tag_set, parent, looked=looked),
    )  # fmt: skip


urls: list[Any] = [
    path("tags/<int:pk>/reach/", reach, name="api_tag_reach"),
    path("tags/<int:pk>/split/", split, name="api_tag_split"),
    path("tags/<int:pk>/place/", place, name="api_tag_place"),
]

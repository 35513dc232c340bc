"""Comments over HTTP: what is said about a passage, a statement, a check; answers, changes, settled threads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.annotations import annotation_for
from annotations.api.checks import check_for
from annotations.api.door import SAFE, answer, api
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.api.statements import statement_for
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.http.shapes_comments import comment as shape
from annotations.models import Comment, Member
from annotations.rules.errors import Missing, noop
from annotations.services import access, comments
from annotations.services.comments import Target
from annotations.services.op import Op


@api("GET", "POST")
def of_annotation(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what is said about a passage. POST {body, parent?}: say something, or answer."""
    return collection(request, *annotation_for(request, pk))


@api("GET", "POST")
def of_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a claim or proposal."""
    return collection(request, *statement_for(request, pk))


@api("GET", "POST")
def of_verification(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a check, for those who may read it."""
    return collection(request, *check_for(request, pk))


def collection(request: HttpRequest, target: Target, member: Member) -> HttpResponse:
    if request.method in SAFE:
        return answer(page_of(request, comments.of_target(target, member), shape))
    body = requests.body_of(request, bodies.COMMENT_NEW)
    parent = parent_of(member, body.get("parent"))

    def act(op: Op) -> Comment:
        return comments.create(op, target, body["body"], parent)

    return make(request, member, Comment, act, shape)


def parent_of(member: Member, pk: int | None) -> Comment | None:
    """The comment that is answered; it must be there and this member's to read."""
    if pk is None:
        return None
    found = Comment.objects.visible_to(member).filter(pk=pk).first()
    if found is None:
        raise Missing("comment_unknown", noop("There is no such comment here."), field="parent")
    return found


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH {body}: change one's own; {resolved: true | false}: settle the thread or take it up again."""
    row, member = access.row_for(request.user, Comment.objects.all(), pk)
    if not Comment.objects.unhidden(member).filter(pk=pk).exists():
        raise access.not_found()
    body = requests.body_of(request, bodies.COMMENT) if request.method == "PATCH" else {}

    def change(op: Op, found: Comment) -> None:
        if "body" in body:
            comments.edit(op, found, body["body"])
        if "resolved" in body:
            comments.settle(op, found, body["resolved"])

    return row_item(request, member, row, shape, change=change, remove=comments.remove)


urls: list[Any] = [
    path("annotations/<int:pk>/comments/", of_annotation, name="api_annotation_comments"),
    path("statements/<int:pk>/comments/", of_statement, name="api_statement_comments"),
    path("verifications/<int:pk>/comments/", of_verification, name="api_verification_comments"),
    path("comments/<int:pk>/", item, name="api_comment"),
]

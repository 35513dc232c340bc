"""Corpora over HTTP, with their members and invitations."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from annotations.api import bodies
from annotations.api.door import answer, api, check_match, operation
from annotations.api.rows import etag_of, make, told
from annotations.api.rows import item as row_item
from annotations.http import requests
from annotations.http import shapes_people as shapes
from annotations.http.paging import page_of
from annotations.models import Corpus, Invitation, Member, User
from annotations.rules import roles
from annotations.services import access, corpora
from annotations.services.op import Op, Replayed


@api("GET", "POST")
def collection(request: HttpRequest) -> HttpResponse:
    """GET: the corpora one belongs to. POST {name, slug?, codebook? ...}: a new one, whose admin one is."""
    user = cast(User, request.user)
    if request.method == "POST":
        return create(request, user)
    requests.check_query(request, ())
    mine = dict(Member.objects.filter(user=user, active=True).values_list("corpus_id", "role"))
    return answer(
        page_of(request, access.corpora_of(user).order_by("name", "id"), lambda c: shapes.corpus(c, mine[c.pk]))
    )


def create(request: HttpRequest, user: User) -> HttpResponse:
    body = requests.body_of(request, bodies.CORPUS_NEW)
    book = body.pop("codebook", "ai-governance")
    key, digest = requests.key_of(request), requests.digest_of(request)
    try:
        corpus = corpora.create(user=user, book=book, key=key, request=digest, **body)
    except Replayed as replayed:
        corpus = Corpus.objects.get(pk=replayed.events[0].corpus_id)
        return told(shapes.corpus(corpus, "admin"), replayed)
    return answer(shapes.corpus(corpus, "admin"), status=201, etag=etag_of(corpus))


@api("GET", "PATCH")
def item(request: HttpRequest, corpus: int) -> HttpResponse:
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method != "PATCH":
        return answer(shapes.corpus(member.corpus, member.role), etag=etag_of(member.corpus))
    body = requests.body_of(request, bodies.CORPUS)
    try:
        with operation(request, member) as op:
            op.corpus = row = Corpus.objects.select_for_update().get(pk=corpus)
            check_match(request, etag_of(row), lambda: shapes.corpus(row, member.role))
            corpora.update(op, **body)
    except Replayed as replayed:
        row = Corpus.objects.get(pk=corpus)
        return told(shapes.corpus(row, member.role), replayed)
    return answer(shapes.corpus(row, member.role), etag=etag_of(row), op=op)


@api("GET")
def members(request: HttpRequest, corpus: int) -> HttpResponse:
    """Everybody whose name stands at work here: members, former members, authors of imported work."""
    member = access.member_in(request.user, corpus_id=corpus)
    requests.check_query(request, ())
    rows = Member.objects.filter(corpus=member.corpus).order_by("-active", "name", "id")
    return answer(page_of(request, rows, shapes.member))


@api("GET", "PATCH")
def member_item(request: HttpRequest, corpus: int, pk: int) -> HttpResponse:
    """PATCH {role?, active?}: what a member may do, and whether they still belong here."""
    member = access.member_in(request.user, corpus_id=corpus)
    row = Member.objects.filter(corpus=member.corpus, pk=pk).first()
    if row is None:
        raise access.not_found()
    body = requests.body_of(request, bodies.MEMBER) if request.method == "PATCH" else {}
    return row_item(request, member, row, shapes.member, change=partial(change_member, body=body))


def change_member(op: Op, row: Member, body: dict[str, Any]) -> None:
    op.check("manage_members")
    if body.get("active") is not None:
        (corpora.restore_member if body["active"] else corpora.remove_member)(op, row)
    if "role" in body:
        corpora.change_role(op, row, body["role"])


@api("GET", "POST")
def invitations(request: HttpRequest, corpus: int) -> HttpResponse:
    """For admins. POST {role, note?}: the answer holds the link, once; whoever opens it first becomes a member."""
    member = access.member_in(request.user, corpus_id=corpus)
    roles.check(member.role, "manage_members")
    if request.method != "POST":
        requests.check_query(request, ())
        rows = Invitation.objects.filter(corpus=member.corpus).order_by("-id")
        return answer(page_of(request, rows, shapes.invitation))
    body = requests.body_of(request, bodies.INVITATION)
    secrets: dict[int, str] = {}

    def invite(op: Op) -> Invitation:
        made, secret = corpora.invite(op, body["role"], body.get("note", ""))
        secrets[made.pk] = settings.BASE_URL + reverse("invitation", args=[secret])
        return made

    return make(request, member, Invitation, invite, lambda row: shapes.invitation(row, secrets.get(row.pk, "")))


@api("DELETE")
def invitation_item(request: HttpRequest, corpus: int, pk: int) -> HttpResponse:
    """Take an invitation back. It has one state to lose, so it needs no If-Match; doing it again changes nothing."""
    member = access.member_in(request.user, corpus_id=corpus)
    roles.check(member.role, "manage_members")
    row = Invitation.objects.filter(corpus=member.corpus, pk=pk).first()
    if row is None:
        raise access.not_found()
    try:
        with operation(request, member) as op:
            corpora.revoke_invitation(op, row)
    except Replayed as replayed:
        return told(None, replayed)
    return answer(None, status=204, op=op)


urls: list[Any] = [
    path("corpora/", collection, name="api_corpora"),
    path("corpora/<int:corpus>/", item, name="api_corpus"),
    path("corpora/<int:corpus>/members/", members, name="api_members"),
    path("corpora/<int:corpus>/members/<int:pk>/", member_item, name="api_member"),
    path("corpora/<int:corpus>/invitations/", invitations, name="api_invitations"),
    path("corpora/<int:corpus>/invitations/<int:pk>/", invitation_item, name="api_invitation"),
]

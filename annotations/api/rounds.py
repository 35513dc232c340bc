"""Coding rounds over HTTP: open one, code in one's own layer, end documents, close it, read figures, settle places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.annotations import create, document_for, listing
from annotations.api.door import answer, api, operation
from annotations.api.rows import item as row_item
from annotations.api.rows import make, present, told
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Document, Member, Round, Ruling
from annotations.rules import roles
from annotations.rules.errors import Missing, Refused, noop
from annotations.services import access, adjudication, coding, rounds
from annotations.services.adjudication import Standing
from annotations.services.op import Op, Replayed


def shape(row: Round) -> dict[str, Any]:
    """A round with how far each coder is, and with the figures once it is closed."""
    return {
        "id": row.pk, "uid": str(row.uid), "corpus": row.corpus_id, "version": row.version, "name": row.name,
        "blind": row.blind, "guide": row.guide, "codebook_version": row.codebook_version, "tags": row.codebook,
        "coders_per_document": row.coders_per_document,
        "documents": list(row.documents.order_by("pk").values_list("pk", flat=True)),
        "created_at": row.created_at, "closed_at": row.closed_at, "report": row.report,
        "coders": [
            {"id": coder["member_id"], "name": coder["member__name"], "documents": coder["all_of_them"],
             "ended": coder["ended"]}
            for coder in rounds.progress(row)
        ],
    }  # fmt: skip


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET: the rounds, newest first. POST {name, documents, coders, each?, blind?, guide?}: open one."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method != "POST":
        requests.check_query(request, ())
        return answer(page_of(request, rounds.visible(member), shape))
    body = requests.body_of(request, bodies.ROUND_NEW)
    body["documents"] = _all(Document, body["documents"], member, removed_at=None)
    body["coders"] = _all(Member, body["coders"], member, active=True)
    return make(request, member, Round, lambda op: rounds.open_round(op, **body), shape)


def _all(model: Any, pks: list[int], member: Member, **where: Any) -> list[Any]:
    """The rows with these ids, in their order, each once; Missing when one is not of the corpus."""
    found = {row.pk: row for row in model.objects.filter(pk__in=pks, corpus_id=member.corpus_id, **where)}
    if missing := [pk for pk in pks if pk not in found]:
        raise Missing("id_unknown", noop("There is nothing with the id %(id)s in this corpus."), id=missing[0])
    return list(dict.fromkeys(found[pk] for pk in pks))


@api("GET", "PATCH")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH {name?, guide?}."""
    row, member = access.row_for(request.user, Round.objects.all(), pk)
    body = requests.body_of(request, bodies.ROUND) if request.method == "PATCH" else {}
    return row_item(request, member, row, shape, change=lambda op, found: rounds.update(op, found, **body))


@api("POST")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """{anyway?}: everybody may see all layers from now on; the answer holds the figures."""
    row, member = access.row_for(request.user, Round.objects.all(), pk)
    anyway = requests.body_of(request, bodies.ROUND_CLOSE).get("anyway", False)
    return row_item(request, member, row, shape, change=lambda op, found: rounds.close(op, found, anyway=anyway))


def round_and_document(request: HttpRequest, pk: int, document: int) -> tuple[Round, Document, Member]:
    row, _ = access.row_for(request.user, Round.objects.all(), pk)
    found, member = document_for(request, document)
    if not row.documents.filter(pk=found.pk).exists():
        raise access.not_found()
    return row, found, member


@api("GET", "PUT")
def assignment(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """One's own work on a document: GET its state; PUT {state}: done, nothing (read, nothing found), open again."""
    row, found, member = round_and_document(request, pk, document)
    mine = coding.assignment_of(row, found, member)
    if request.method == "PUT":
        state = requests.body_of(request, bodies.ASSIGNMENT)["state"]
        with operation(request, member) as op:
            mine = rounds.finish(op, mine, state)
    return answer({"state": mine.state, "done_at": mine.done_at, "text_version": mine.text_id})


@api("GET", "POST")
def layer(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Like the annotations of a document, in one's own layer: `statements: [{kind}]` gives the passage kinds."""
    row, found, member = round_and_document(request, pk, document)
    mine = coding.assignment_of(row, found, member)
    if request.method == "POST":
        return create(request, found, member, in_round=row)
    return listing(request, found, member, layer=mine.layer_id)


@api("GET", "POST")
def places(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Of a closed round. GET: each marked place, where coders differ, what was settled. POST {start, end,
    annotation | null, reason?}: make one passage for everybody of it, or none."""
    row, found, member = round_and_document(request, pk, document)
    roles.check(member.role, "adjudicate")
    if row.closed_at is None:
        raise Refused("round_open", noop("A round is settled once it is closed."))
    if request.method != "POST":
        return answer({"results": [standing_shape(one) for one in adjudication.of_document(row, found.pk)]})
    body = requests.body_of(request, bodies.RULING)

    def settle(op: Op) -> Ruling:
        standing = adjudication.place_at(row, found.pk, body["start"], body["end"])
        choice = adjudication.choose(standing, body["annotation"]) if body["annotation"] else None
        return adjudication.settle(op, row, found, body["start"], body["end"], choice, body.get("reason", ""))

    return make(request, member, Ruling, settle, ruling_shape)


def ruling_shape(row: Ruling) -> dict[str, Any]:
    return {
        "id": row.pk, "start": row.start, "end": row.end, "annotation": row.made_id, "reason": row.reason,
        "by": {"id": row.created_by_id, "name": str(row.created_by)}, "at": row.created_at,
    }  # fmt: skip


def standing_shape(one: Standing) -> Mapping[str, Any]:
    marks = [
        {**asdict(mark), "kinds": sorted(mark.kinds), "tags": sorted(mark.tags), "quote": one.quotes[mark.annotation]}
        for mark in one.place.marks
    ]
    return {
        "start": one.place.start, "end": one.place.end, "marks": marks, "differences": one.differences,
        "ruling": ruling_shape(one.ruling) if one.ruling else None,
    }  # fmt: skip


@api("POST")
def accept_agreed(request: HttpRequest, pk: int) -> HttpResponse:
    """What all coders marked alike becomes passages and statements for everybody, in one go that can be undone."""
    row, member = access.row_for(request.user, Round.objects.all(), pk)
    requests.body_of(request, {})
    try:
        with operation(request, member) as op:
            row = present(Round, pk, member, lock=True)
            made = adjudication.accept_agreed(op, row)
    except Replayed as replayed:
        return told({"settled": len([e for e in replayed.events if e.kind == "round.settled"])}, replayed)
    return answer({"settled": len(made)}, op=op)


urls: list[Any] = [
    path("corpora/<int:corpus>/rounds/", collection, name="api_rounds"),
    path("rounds/<int:pk>/", item, name="api_round"),
    path("rounds/<int:pk>/close/", close, name="api_round_close"),
    path("rounds/<int:pk>/agreed/", accept_agreed, name="api_round_agreed"),
    path("rounds/<int:pk>/documents/<int:document>/", assignment, name="api_round_document"),
    path("rounds/<int:pk>/documents/<int:document>/annotations/", layer, name="api_round_annotations"),
    path("rounds/<int:pk>/documents/<int:document>/places/", places, name="api_round_places"),
]

"""Versions of a document over HTTP: the list, a new one, what changed between two, a passage put in its place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies, documents, marking
from annotations.api.annotations import annotation_for, document_for, lock, shown
from annotations.api.door import answer, api, check_match, operation
from annotations.api.rows import told
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Annotation, Document, Member, Version
from annotations.rules import roles
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import comparison, loading, new_versions, versions
from annotations.services.comparison import Carried
from annotations.services.op import Op, Replayed


def shape(version: Version) -> dict[str, Any]:
    return {
        "id": version.pk, "uid": str(version.uid), "document": version.document_id, "number": version.number,
        "sha256": version.sha256, "length": version.length, "clean_length": version.clean_length,
        "cleaner": version.cleaner, "reader": version.reader, "blocks": version.block_count,
        "folded_blocks": version.folded_blocks, "repairs": version.repairs, "file_name": version.file_name,
        "created_at": version.created_at, "created_by": version.created_by_id,
    }  # fmt: skip


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: newest first. POST: a multipart `file`, or JSON {text}: the new current version, and what became of the
    passages."""
    document, member = document_for(request, pk)
    if request.method == "POST":
        return create(request, document, member)
    return answer(page_of(request, document.versions.order_by("-number"), shape))


def create(request: HttpRequest, document: Document, member: Member) -> HttpResponse:
    """409 version_same when it is the current text. The slow work is done before the transaction."""
    roles.check(member.role, "add_version")
    if request.content_type == "multipart/form-data":
        incoming = documents.uploaded(request, member)
    else:
        incoming = loading.from_text(requests.body_of(request, bodies.VERSION_NEW)["text"])
    plan = versions.plan(document, incoming.prepared)
    try:
        with operation(request, member) as op:
            made = new_versions.store(op, document, incoming, plan)
    except Replayed as replayed:
        return told(loaded(made_by(replayed), member), replayed)
    return answer(loaded(made, member), status=201, op=op)


def made_by(replayed: Replayed) -> Version:
    """The version that a key made: the events of it tell its document and its number."""
    event = next(event for event in replayed.events if event.kind == "version.added")
    return Version.objects.filter(document_id=event.object_id, created_at=event.at).latest("number")


def loaded(version: Version, member: Member) -> dict[str, Any]:
    """With the title, and how many passages ended how in what is the current version now."""
    document = Document.objects.select_related("current").get(pk=version.document_id)
    return {**shape(version), "title": document.title, "outcome": versions.outcome(document, member)}


@api("GET")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """`from` and `to` are numbers of versions; without them the current one and the one before it. Every passage with
    its state, its words in both and what the new wording does."""
    requests.check_query(request, ("from", "to"))
    document, member = document_for(request, pk)
    rows = {row.number: row for row in document.versions.all()}
    new = asked(request, "to", max(rows), rows)
    old = asked(request, "from", max((number for number in rows if number < new), default=0), rows)
    if not old:
        return answer({"from": None, "to": new, "changed_paragraphs": 0, "outcome": {}, "effects": {}, "passages": []})
    found = comparison.stored(document, member, rows[old], rows[new])
    return answer({
        "from": old, "to": new, "changed_paragraphs": found.changed, "outcome": dict(found.counts),
        "effects": dict(found.effects), "passages": [passage(one) for one in found.passages],
    })  # fmt: skip


def asked(request: HttpRequest, name: str, otherwise: int, known: dict[int, Version]) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not (given.isascii() and given.isdecimal()) or int(given) not in known:
        raise Missing("version_unknown", noop("This document has no such version."), field=name)
    return int(given)


def passage(one: Carried) -> dict[str, Any]:
    return {
        "annotation": one.annotation.pk, "version": one.annotation.version, "state": one.state, "before": one.before,
        "after": one.after, "similarity": one.similarity, "method": one.method, "effects": list(one.effects),
        "statements": [{"id": row.pk, "label": row.label} for row in one.statements],
    }  # fmt: skip


@api("POST")
def anchor(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where a passage stands in the current version: offsets or a selector; or {lost: true}, and it is asked about
    no more; {lost: false} takes that back."""
    annotation, member = annotation_for(request, pk)
    body = requests.body_of(request, bodies.ANCHOR)
    try:
        with operation(request, member) as op:
            annotation = lock(annotation)
            check_match(request, annotation.etag, lambda: shown(annotation, member))
            put(op, annotation, body)
    except Replayed as replayed:
        return told(shown(annotation, member), replayed)
    return answer(shown(annotation, member), etag=annotation.etag, op=op)


def put(op: Op, annotation: Annotation, body: dict[str, Any]) -> None:
    if "lost" in body:
        (versions.let_go if body["lost"] else versions.seek)(op, annotation)
        return
    span, version = marking.span_of(body, annotation.document)
    if version not in (None, annotation.document.current_id):
        raise Invalid("version_old", noop("A place can be given in the current version only."), field="version")
    versions.reattach(op, annotation, span)


urls: list[Any] = [
    path("documents/<int:pk>/versions/", collection, name="api_versions"),
    path("documents/<int:pk>/changes/", changes, name="api_changes"),
    path("annotations/<int:pk>/anchor/", anchor, name="api_anchor"),
]

"""Annotations over HTTP: list, make, change, take away, bring back, repeat on identical passages. A hot path."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies, marking
from annotations.api.door import SAFE, answer, api, check_match, operation
from annotations.http import requests
from annotations.models import Annotation, Document, Member, Round
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, anchors, annotations, coding, feed, occurrences, passages, repeating, texts
from annotations.services.op import Op, Replayed

QUERY = ("version", "ids")
MOST_IDS = 500


def document_for(request: HttpRequest, pk: int) -> tuple[Document, Member]:
    document, member = access.row_for(request.user, Document.objects.filter(removed_at=None), pk)
    document.corpus = member.corpus
    return document, member


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the annotations of a document, whole. POST: highlight a passage with tags, note and statements at once."""
    document, member = document_for(request, pk)
    return create(request, document, member) if request.method == "POST" else listing(request, document, member)


def listing(request: HttpRequest, document: Document, member: Member, layer: int | None = None) -> HttpResponse:
    """All of them on one page, or those of `ids`: a reader needs them together. `seq`: events after it are news.
    With `layer` those of a coder's own layer, else those that are for everybody."""
    requests.check_query(request, QUERY)
    seq = feed.head(document.corpus_id)  # before the rows
    version = marking.version_of(request, document)
    if "ids" in request.GET:
        asked = passages.of_ids(ids_of(request), version, member, document.pk)
        found = [row for row in asked if row.get("layer") == layer]
    else:
        found = passages.of_document(document.pk, version, member, layer)
    return answer({"count": len(found), "next": None, "previous": None, "seq": seq, "results": found})


def ids_of(request: HttpRequest) -> list[int]:
    """?ids=1,2,3: those that a reader of events has to look at again."""
    given = request.GET["ids"].split(",")
    if len(given) > MOST_IDS or not all(one.isascii() and one.isdecimal() and len(one) <= 18 for one in given):
        words = noop("`ids` are at most %(limit)s numbers with commas between.")
        raise Invalid("ids", words, field="ids", limit=MOST_IDS)
    return [int(one) for one in given]


def create(request: HttpRequest, document: Document, member: Member, in_round: Round | None = None) -> HttpResponse:
    body = requests.body_of(request, bodies.ANNOTATION_NEW)
    span, version = marking.span_of(body, document)
    try:
        with operation(request, member) as op:
            made = annotations.mark(
                op, document, span, version_id=version, tags=body.get("tags", ()), note=body.get("note", ""),
                wanted=marking.wanted_of(body),
                layer=coding.layer_for(op, in_round, document) if in_round else None,
            )  # fmt: skip
    except Replayed as replayed:
        return replayed_annotation(replayed, member)
    return answer(passages.fresh(made), status=201, etag=made.annotation.etag, op=op)


def replayed_annotation(replayed: Replayed, member: Member) -> HttpResponse:
    """The same key again: 200 with the present state of what it made or changed."""
    first = next((e for e in replayed.events if e.object_type == "annotation"), replayed.events[0])
    annotation = Annotation.objects.select_related("document").filter(pk=first.object_id).first()
    found = passages.one(annotation, member) if annotation else None
    response = answer(found or {"id": first.object_id, "removed": True}, etag=annotation.etag if annotation else "")
    response["X-Op"] = first.op
    return response


def annotation_for(request: HttpRequest, pk: int, *, gone: bool = False) -> tuple[Annotation, Member]:
    """An annotation that this member may see; with `gone` also a removed one."""
    queryset = Annotation.objects.filter(document__removed_at=None).select_related("document__corpus", "created_by")
    annotation, member = access.row_for(request.user, queryset, pk)
    hidden = annotation.layer_id and not Annotation.objects.unhidden(member).filter(pk=pk).exists()
    if hidden or (annotation.removed_at and not gone):
        raise access.not_found()
    annotation.document.corpus = member.corpus
    return annotation, member


def shown(annotation: Annotation, member: Member) -> dict[str, Any]:
    return passages.one(annotation, member) or {"id": annotation.pk, "removed": True}


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    gone = request.method == "DELETE"
    annotation, member = annotation_for(request, pk, gone=gone)  # the replay of a removal finds what it removed
    if request.method in SAFE:
        return answer(shown(annotation, member), etag=annotation.etag)
    try:
        with operation(request, member) as op:
            annotation = lock(annotation)
            check_match(request, annotation.etag, lambda: shown(annotation, member))
            change(op, annotation, request)
    except Replayed as replayed:
        response = answer(None, status=204) if gone else replayed_annotation(replayed, member)
        response["X-Op"] = replayed.events[0].op
        return response
    if gone:
        return answer(None, status=204, op=op)
    return answer(shown(annotation, member), etag=annotation.etag, op=op)


def lock(annotation: Annotation) -> Annotation:
    """The row as it is now, locked until commit, so that two stale edits cannot both pass."""
    rows = Annotation.objects.select_for_update(of=("self",)).select_related("document__corpus", "created_by")
    return rows.get(pk=annotation.pk)


def change(op: Op, annotation: Annotation, request: HttpRequest) -> None:
    if request.method == "DELETE":
        remove(op, annotation, request)
        return
    body = requests.body_of(request, bodies.ANNOTATION)
    if "note" in body:
        annotations.set_note(op, annotation, body["note"])
    if "tags" in body:
        annotations.set_tags(op, annotation, body["tags"])
    add, gone = body.get("add_tags", []), body.get("remove_tags", [])
    if add or gone:
        annotations.change_tags(op, annotation, add=add, remove=gone)
    if body.get("add_statements") or body.get("remove_statements"):
        change_statements(op, annotation, body)


def remove(op: Op, annotation: Annotation, request: HttpRequest) -> None:
    if annotation.removed_at:
        raise access.not_found()
    annotations.remove(op, annotation, requests.body_of(request, bodies.REASON).get("reason", ""))


def change_statements(op: Op, annotation: Annotation, body: dict[str, Any]) -> None:
    """Let the passage express more statements, or no longer some of them (by the ids of the occurrences)."""
    if annotation.layer_id:
        coding.set_kinds(op, annotation, [marking.wanted(one) for one in body.get("add_statements", ())])
        annotations.touch(op, annotation)
        return
    anchor = anchors.latest(annotation)
    for one in body.get("add_statements", ()):
        occurrences.express(op, annotation, anchor, marking.wanted(one))
    for pk in body.get("remove_statements", ()):
        row = annotation.occurrences.filter(removed_at=None, pk=pk).select_related("statement", "annotation").first()
        if row is None:
            raise Missing(
                "occurrence_unknown", noop("This passage does not belong to that statement."), field="remove_statements"
            )
        occurrences.part(op, row)
    annotations.touch(op, annotation)


@api("POST")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed annotation back; one that is there stays as it is, so this needs no If-Match."""
    annotation, member = annotation_for(request, pk, gone=True)
    requests.body_of(request, {})
    try:
        with operation(request, member) as op:
            annotation = lock(annotation)
            annotations.restore(op, annotation)
    except Replayed as replayed:
        return replayed_annotation(replayed, member)
    return answer(shown(annotation, member), etag=annotation.etag, op=op)


@api("GET", "POST")
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """GET ?annotation=: the identical passages that could be marked alike. POST {annotation}: mark them all."""
    document, member = document_for(request, pk)
    if request.method == "POST":
        asked: int | None = requests.body_of(request, bodies.SAME)["annotation"]
    else:
        requests.check_query(request, ("annotation",))
        asked = requests.query_id(request, "annotation")
    if asked is None:
        raise Invalid("field_missing", noop("“%(name)s” is missing."), field="annotation", name="annotation")
    annotation, _ = annotation_for(request, asked)
    if annotation.document_id != document.pk:
        raise access.not_found()
    if request.method == "POST":
        return repeat(request, annotation, member)
    text = texts.get(document.current_id or 0)
    return answer({"results": [preview(text, *span) for span in repeating.same_passages(annotation)]})


def repeat(request: HttpRequest, annotation: Annotation, member: Member) -> HttpResponse:
    """201 with the new annotations; a replay gives those that the key made, as they are now."""
    version = annotation.document.current_id or 0
    try:
        with operation(request, member) as op:
            ids = [one.pk for one in repeating.repeat(op, annotation)]
    except Replayed as replayed:
        ids = [event.object_id for event in replayed.events if event.kind == "annotation.created"]
        key = replayed.events[0].op
        response = answer({"op": key, "results": passages.of_ids(ids, version, member)})
        response["X-Op"] = key
        return response
    return answer({"op": op.key, "results": passages.of_ids(ids, version, member)}, status=201, op=op)


def preview(text: texts.Text, start: int, end: int) -> dict[str, Any]:
    clean_start, clean_end = text.map.raw_to_clean(start, end)
    return {
        "start": start, "end": end, "clean_start": clean_start, "clean_end": clean_end,
        "quote": text.clean[clean_start:clean_end], "before": text.clean[max(0, clean_start - 20) : clean_start],
        "after": text.clean[clean_end : clean_end + 20], "paragraph": text.block_at(start) + 1,
    }  # fmt: skip


urls: list[Any] = [
    path("documents/<int:pk>/annotations/", collection, name="api_annotations"),
    path("documents/<int:pk>/annotations/same/", same, name="api_same"),
    path("annotations/<int:pk>/", item, name="api_annotation"),
    path("annotations/<int:pk>/restore/", restore, name="api_annotation_restore"),
]

"""Annotations over HTTP: list, make, change, take away, bring back, repeat on identical passages. Parsed by hand: hot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from annotations.api.door import answer, api, check_match, operation
from annotations.http import requests
from annotations.models import Annotation, CorpusHead, Document, Member
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, annotations, occurrences, passages, texts
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import Replayed
from annotations.text import selectors
from annotations.text.cleaning import Cleaned

MOST = 100_000


def document_for(request: HttpRequest, pk: int) -> tuple[Document, Member]:
    document, member = access.row_for(request.user, Document.objects.filter(removed_at=None), pk)
    document.corpus = member.corpus
    return document, member


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the annotations of a document, whole. POST: highlight a passage, with tags, note and statements in one go."""
    document, member = document_for(request, pk)
    return create(request, document, member) if request.method == "POST" else listing(request, document, member)


def listing(request: HttpRequest, document: Document, member: Member) -> HttpResponse:
    seq = CorpusHead.objects.values_list("seq", flat=True).get(pk=document.corpus_id)  # first: events after it are new
    version = _version(request.GET.get("version"), document)
    found = passages.of_document(document.pk, version, member)
    return answer({"count": len(found), "next": None, "previous": None, "seq": seq, "results": found})


def _version(asked: str | None, document: Document) -> int:
    if not asked:
        return document.current_id or 0
    found = document.versions.filter(pk=int(asked)).first() if asked.isdecimal() else None
    if found is None:
        raise Missing("version_unknown", noop("This document has no such version."), field="version")
    return found.pk


def create(request: HttpRequest, document: Document, member: Member) -> HttpResponse:
    body = requests.json_body(request)
    span, version = asked_span(body, document)
    try:
        with operation(request, member) as op:
            annotation = annotations.create(
                op, document, span, version_id=version,
                tags=requests.integers(body.get("tags", []), "tags"),
                note=requests.text(body.get("note", ""), "note"), wanted=asked_statements(body),
            )  # fmt: skip
    except Replayed as replayed:
        return replayed_annotation(replayed, member)
    found = passages.of_ids([annotation.pk], annotation.anchors.values_list("version_id", flat=True)[0], member)[0]
    return answer(found, status=201, etag=annotation.etag, op=op)


def replayed_annotation(replayed: Replayed, member: Member) -> HttpResponse:
    """The same key again: 200 with the present state of what it made."""
    first = next((e for e in replayed.events if e.object_type == "annotation"), replayed.events[0])
    annotation = Annotation.objects.select_related("document").filter(pk=first.object_id).first()
    found = passages.one(annotation, member) if annotation else None
    response = answer(found or {"id": first.object_id, "removed": True}, etag=annotation.etag if annotation else "")
    response["X-Op"] = first.op
    return response


def asked_span(body: Mapping[str, Any], document: Document) -> tuple[Span, int | None]:
    """The passage of a request: offsets in raw or clean space, or W3C selectors."""
    version = requests.integer(body["version"], "version") if body.get("version") is not None else None
    if "selector" in body:
        return selected(body["selector"], document, version), version
    space = body.get("space", "raw")
    if space not in ("raw", "clean"):
        raise Invalid("space_unknown", noop("“space” is raw or clean."), field="space")
    for name in ("start", "end"):
        if name not in body:
            raise Invalid("field_missing", noop("“%(name)s” is missing."), field=name, name=name)
    exact = body.get("exact")
    return Span(
        requests.integer(body["start"], "start"), requests.integer(body["end"], "end"), space,
        requests.text(exact, "exact", 1_000_000) if exact is not None else None,
    ), version  # fmt: skip


def selected(selector: object, document: Document, version: int | None) -> Span:
    """A Span from W3C selectors; Missing when the words are not there, Invalid when they stand in several places."""
    text = texts.get(_version(str(version or ""), document))
    cleaned = Cleaned(text.clean, text.map, (), "")  # as stored: nothing is cleaned again
    found = selectors.find(text.raw, selector, cleaned)  # type: ignore[arg-type]
    if found.state == "ambiguous":
        raise Invalid(
            "several_places", noop("These words stand in several places; add a prefix or a position."), field="selector"
        )
    if found.start is None or found.end is None:
        raise Missing("words_not_found", noop("These words do not stand in the document."), field="selector")
    return Span(found.start, found.end)


def asked_statements(body: Mapping[str, Any]) -> list[Wanted]:
    """`statements: [{kind} | {id, fit, difference}]`; `statement` is its one-item form (UX.md 4.2)."""
    given = body.get("statements", [body["statement"]] if "statement" in body else [])
    return [one_statement(item) for item in requests.objects(given, "statements")]


def one_statement(item: Mapping[str, Any]) -> Wanted:
    if "id" in item:
        return Wanted(
            statement_id=requests.integer(item["id"], "statements"), fit=requests.text(item.get("fit", "same"), "fit"),
            difference=requests.text(item.get("difference", ""), "difference"),
        )  # fmt: skip
    return Wanted(kind=requests.text(item.get("kind", ""), "kind"))


def annotation_for(request: HttpRequest, pk: int, *, gone: bool = False) -> tuple[Annotation, Member]:
    queryset = Annotation.objects.select_related("document__corpus", "created_by", "layer__round")
    annotation, member = access.row_for(request.user, queryset if gone else queryset.filter(removed_at=None), pk)
    if not gone and not Annotation.objects.visible_to(member).filter(pk=pk).exists():
        raise access.not_found()
    annotation.document.corpus = member.corpus
    return annotation, member


def shown(annotation: Annotation, member: Member) -> dict[str, Any]:
    return passages.one(annotation, member) or {"id": annotation.pk, "removed": True}


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    annotation, member = annotation_for(request, pk)
    if request.method in ("GET", "HEAD"):
        return answer(shown(annotation, member), etag=annotation.etag)
    try:
        if request.method == "DELETE":
            return remove(request, annotation, member)
        return change(request, annotation, member)
    except Replayed as replayed:
        return replayed_annotation(replayed, member)


def remove(request: HttpRequest, annotation: Annotation, member: Member) -> HttpResponse:
    with operation(request, member) as op:
        annotation = lock(annotation)
        check_match(request, annotation.etag, lambda: shown(annotation, member))
        reason = requests.text(requests.json_body(request).get("reason", ""), "reason")
        annotations.remove(op, annotation, reason)
    return answer(None, status=204, op=op)


def lock(annotation: Annotation) -> Annotation:
    """The row as it is now, locked until commit, so that two stale edits cannot both pass."""
    return (
        Annotation.objects.select_for_update(of=("self",))
        .select_related("document__corpus", "created_by")
        .get(pk=annotation.pk)
    )


def change(request: HttpRequest, annotation: Annotation, member: Member) -> HttpResponse:
    body = requests.json_body(request)
    known = {"note", "tags", "add_tags", "remove_tags", "add_statements", "remove_statements"}
    for name in body:
        if name not in known:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    with operation(request, member) as op:
        annotation = lock(annotation)
        check_match(request, annotation.etag, lambda: shown(annotation, member))
        if "note" in body:
            annotations.set_note(op, annotation, requests.text(body["note"], "note"))
        if "tags" in body:
            annotations.set_tags(op, annotation, requests.integers(body["tags"], "tags"))
        add, gone = (requests.integers(body.get(name, []), name) for name in ("add_tags", "remove_tags"))
        if add or gone:
            annotations.change_tags(op, annotation, add=add, remove=gone)
        change_statements(op, annotation, body)
    return answer(shown(annotation, member), etag=annotation.etag, op=op)


def change_statements(op: Any, annotation: Annotation, body: Mapping[str, Any]) -> None:
    add = [one_statement(one) for one in requests.objects(body.get("add_statements", []), "add_statements")]
    gone = requests.integers(body.get("remove_statements", []), "remove_statements")
    if not add and not gone:
        return
    anchor = annotation.anchors.select_related("annotation__document").get(version_id=annotation.document.current_id)
    for wanted in add:
        occurrences.express(op, annotation, anchor, wanted)
    for pk in gone:
        row = annotation.occurrences.filter(removed_at=None, pk=pk).select_related("statement", "annotation").first()
        if row is None:
            raise Missing(
                "occurrence_unknown", noop("This passage does not belong to that statement."), field="remove_statements"
            )
        occurrences.part(op, row)
    annotations.touch(op, annotation)


@api("POST")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    annotation, member = annotation_for(request, pk, gone=True)
    with operation(request, member) as op:
        annotations.restore(op, annotation)
    return answer(shown(annotation, member), etag=annotation.etag, op=op)


@api("GET", "POST")
def same(request: HttpRequest, pk: int) -> HttpResponse:
    """GET ?annotation=: the identical passages that could be marked alike. POST {annotation}: mark them all."""
    document, member = document_for(request, pk)
    asked = request.GET.get("annotation") if request.method == "GET" else requests.json_body(request).get("annotation")
    if not str(asked).isdecimal():
        raise Invalid("field_missing", noop("“%(name)s” is missing."), field="annotation", name="annotation")
    annotation, _ = annotation_for(request, int(str(asked)))
    if annotation.document_id != document.pk:
        raise access.not_found()
    if request.method != "POST":
        text = texts.get(document.current_id or 0)
        return answer({"results": [preview(text, *span) for span in annotations.same_passages(annotation)]})
    try:
        with operation(request, member) as op:
            made = annotations.repeat(op, annotation)
    except Replayed as replayed:
        return replayed_annotation(replayed, member)
    found = passages.of_ids([one.pk for one in made], document.current_id or 0, member)
    return answer({"op": op.key, "results": found}, status=201, op=op)


def preview(text: texts.Text, start: int, end: int) -> dict[str, Any]:
    clean_start, clean_end = text.map.raw_to_clean(start, end)
    return {
        "start": start, "end": end, "clean_start": clean_start, "clean_end": clean_end,
        "quote": text.clean[clean_start:clean_end], "before": text.clean[max(0, clean_start - 20) : clean_start],
        "after": text.clean[clean_end : clean_end + 20], "paragraph": text.block_at(start) + 1,
    }  # fmt: skip

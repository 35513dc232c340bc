"""Documents over HTTP: load one (file, text), read it with its facts, edit facts, note what was read, remove it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from annotations.api.annotations import document_for
from annotations.api.door import answer, api, check_match, operation
from annotations.filters import documents as filtered
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Document, Member
from annotations.rules.errors import Invalid, noop
from annotations.services import access, documents, loading
from annotations.services.op import Op, Replayed


def shape(document: Document) -> dict[str, Any]:
    version = document.current
    found: dict[str, Any] = {name: getattr(document, name) for name in documents.FACTS}
    return {
        "id": document.pk, "uid": str(document.uid), "corpus": document.corpus_id, "version": document.version,
        **found, "proposed": document.proposed, "note": document.note, "batch": document.batch_id,
        "annotations": document.annotation_count, "created_at": document.created_at, "updated_at": document.updated_at,
        "current": {
            "id": version.pk, "number": version.number, "sha256": version.sha256, "length": version.length,
            "clean_length": version.clean_length, "cleaner": version.cleaner, "reader": version.reader,
            "blocks": version.block_count, "folded_blocks": version.folded_blocks, "repairs": version.repairs,
        } if version else None,
    }  # fmt: skip


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        return create(request, member)
    rows = filtered(member, request.GET).select_related("current").order_by("-id")
    return answer(page_of(request, rows, shape))


def create(request: HttpRequest, member: Member) -> HttpResponse:
    """A multipart `file`, or JSON {title, text, language, ...}. 409 document_exists names the one that is here."""
    upload = request.FILES.get("file")
    if upload is not None:
        again = request.POST.get("again") in ("1", "true")
        incoming = loading.from_upload(member, upload.read(), upload.name or "", again=again)
        given: dict[str, object] = {}
    else:
        body = requests.json_body(request)
        incoming = loading.from_text(requests.text(body.get("text"), "text", 50_000_000), again=bool(body.get("again")))
        given = {name: body[name] for name in documents.FACTS if name in body}
        unknown = set(body) - {*documents.FACTS, "text", "again"}
        if unknown:
            name = sorted(unknown)[0]
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    try:
        with operation(request, member) as op:
            document = loading.store(op, incoming, **given)
    except Replayed as replayed:
        document = Document.objects.get(pk=next(e.object_id for e in replayed.events if e.object_type == "document"))
        return answer(shape(document), etag=document.etag)
    return answer(shape(document), status=201, etag=document.etag, op=op)


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    document, member = document_for(request, pk)
    if request.method in ("GET", "HEAD"):
        return answer(shape(document), etag=document.etag)
    with operation(request, member) as op:
        document = Document.objects.select_for_update(of=("self",)).get(pk=pk)
        check_match(request, document.etag, lambda: shape(document))
        if request.method == "DELETE":
            documents.remove(op, document)
            return answer(None, status=204)
        change(op, document, requests.json_body(request))
    return answer(shape(document), etag=document.etag, op=op)


def change(op: Op, document: Document, body: dict[str, Any]) -> None:
    """Facts by name; `confirm: [names]` keeps proposed ones; `note` is the document-level note."""
    confirm = body.pop("confirm", [])
    note = body.pop("note", None)
    if note is not None:
        documents.set_note(op, document, requests.text(note, "note"))
    if body or confirm:
        documents.update_facts(op, document, confirm=confirm, **body)


@api("PUT", "GET")
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own reading state: {state, paragraph}."""
    document, member = document_for(request, pk)
    if request.method == "PUT":
        body = requests.json_body(request)
        with operation(request, member) as op:
            row = documents.set_reading(
                op, document, requests.text(body.get("state", ""), "state", 10),
                requests.integer(body.get("paragraph", 0), "paragraph", 0, 1_000_000),
            )  # fmt: skip
    else:
        found = document.reading.filter(member=member).first()
        if found is None:
            return answer({"state": "unread", "paragraph": 0})
        row = found
    return answer({"state": row.state, "paragraph": row.paragraph})

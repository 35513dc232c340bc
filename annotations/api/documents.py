"""Documents over HTTP: load one (file, text), read it with its facts, edit facts, note what was read, remove it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.annotations import document_for
from annotations.api.door import answer, api, operation
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.filters import documents as filtered
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.models import Document, Member
from annotations.rules import roles
from annotations.rules.errors import Invalid, noop
from annotations.services import access, documents, loading, translations
from annotations.services.op import Op


def shape(document: Document) -> dict[str, Any]:
    version = document.current
    found: dict[str, Any] = {name: getattr(document, name) for name in documents.FACTS}
    return {
        "id": document.pk, "uid": str(document.uid), "corpus": document.corpus_id, "version": document.version,
        **found, "proposed": document.proposed, "note": document.note,
        "translation_of": document.translation_of_id, "batch": document.batch_id,
        "annotations": document.annotation_count, "created_at": document.created_at, "updated_at": document.updated_at,
        "current": {
            "id": version.pk, "number": version.number, "sha256": version.sha256, "length": version.length,
            "clean_length": version.clean_length, "cleaner": version.cleaner, "reader": version.reader,
            "blocks": version.block_count, "folded_blocks": version.folded_blocks, "repairs": version.repairs,
        } if version else None,
    }  # fmt: skip


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET: documents by the filters of the list, newest first. POST: a multipart `file`, or JSON {text, title ...}."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        return create(request, member)
    rows = filtered(member, request.GET).select_related("current").order_by("-id")
    return answer(page_of(request, rows, shape))


def create(request: HttpRequest, member: Member) -> HttpResponse:
    """409 document_exists names the document that is here already; with `ask`, 409 document_named the one with the same
    name or address, of which this may be a new version. The slow work is done before the transaction."""
    roles.check(member.role, "add_document")
    given: dict[str, Any] = {}
    if request.content_type == "multipart/form-data":
        incoming = uploaded(request, member)
    else:
        given = requests.body_of(request, bodies.DOCUMENT_NEW)
        incoming = loading.from_text(given.pop("text"), again=given.pop("again", False), ask=given.pop("ask", False))
    return make(request, member, Document, lambda op: loading.store(op, incoming, **given), shape)


def uploaded(request: HttpRequest, member: Member) -> loading.Incoming:
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid("file_missing", noop("Send the file in the field “file”."), field="file")
    again, ask = (request.POST.get(name) in ("1", "true") for name in ("again", "ask"))
    return loading.from_upload(member, upload.read(), upload.name or "", again=again, ask=ask)


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH: facts by name; `confirm` keeps proposed ones; `note` is about the whole document."""
    row, member = access.row_for(request.user, Document.objects.select_related("current"), pk)
    body = requests.body_of(request, bodies.DOCUMENT) if request.method == "PATCH" else {}
    return row_item(
        request, member, row, shape, change=lambda op, found: change(op, found, body), remove=documents.remove
    )


def change(op: Op, document: Document, body: dict[str, Any]) -> None:
    confirm, note = body.pop("confirm", []), body.pop("note", None)
    if "translation_of" in body:
        pk = body.pop("translation_of")
        translations.say(op, document, translations.original_of(op, pk) if pk is not None else None)
    if note is not None:
        documents.set_note(op, document, note)
    if body or confirm:
        documents.update_facts(op, document, confirm=confirm, **body)


@api("PUT", "GET")
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own reading state: {state, paragraph}. The last one sent holds: it is nobody else's."""
    document, member = document_for(request, pk)
    if request.method == "PUT":
        body = requests.body_of(request, bodies.READING)
        with operation(request, member) as op:
            row = documents.set_reading(op, document, body["state"], body.get("paragraph", 0))
        return answer({"state": row.state, "paragraph": row.paragraph})
    found = document.reading.filter(member=member).first()
    return answer({"state": found.state if found else "unread", "paragraph": found.paragraph if found else 0})


urls: list[Any] = [
    path("corpora/<int:corpus>/documents/", collection, name="api_documents"),
    path("documents/<int:pk>/", item, name="api_document"),
    path("documents/<int:pk>/reading/", reading, name="api_reading"),
]

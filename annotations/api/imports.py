"""Import over HTTP: a table, annotations of another program, or a whole dump; with a report for each item."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext

from annotations.api.door import answer, api
from annotations.rules.errors import Invalid, noop
from annotations.services import access, imports_run
from annotations.services.imports import as_data
from annotations.services.imports_run import Asked

FIELDS = ("format", "mapping", "kind", "document", "sheet", "dry_run")


@api("POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """POST multipart `file`, or the file as the body with `?name=`; `format` (csv, xlsx, web-annotation, json; else
    told by content), `mapping` (JSON: field -> column), `kind`, `document`, `sheet`, `dry_run=1`.

    201 when something was added, else 200. Nothing comes twice, so the same request may be sent again."""
    member = access.member_in(request.user, corpus_id=corpus)
    name, data = sent_file(request)
    asked = asked_of({**request.GET.dict(), **request.POST.dict()})
    report = imports_run.run(member, data, name, asked)
    made = bool(+report.made) and not asked.dry_run
    return answer(as_data(report, gettext), status=201 if made else 200)


def sent_file(request: HttpRequest) -> tuple[str, bytes]:
    """Name and bytes of the upload, or of the whole body."""
    if request.content_type == "multipart/form-data":
        file = request.FILES.get("file")
        if file is None:
            raise Invalid("file_missing", noop("Send a file in the field “file”."), field="file")
        return file.name or "", file.read()
    if not request.body:
        raise Invalid("file_missing", noop("Send a file in the field “file”."), field="file")
    return request.GET.get("name", ""), request.body


def asked_of(given: dict[str, Any]) -> Asked:
    """The fields beside the file; Invalid for one that does not exist or makes no sense."""
    for name in given:
        if name not in (*FIELDS, "name", "csrfmiddlewaretoken"):
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    document = str(given.get("document", ""))
    if document and not (document.isdecimal() and len(document) < 19):
        raise Invalid("not_a_number", noop("“%(name)s” must be a number."), field="document", name="document")
    return Asked(
        format=str(given.get("format", "")), mapping=mapping_of(str(given.get("mapping", ""))),
        kind=str(given.get("kind", "")), document=int(document) if document else None,
        sheet=str(given.get("sheet", "")), dry_run=str(given.get("dry_run", "")).lower() in ("1", "true", "yes"),
    )  # fmt: skip


def mapping_of(text: str) -> dict[str, str]:
    """{"quote": "column", ...}"""
    if not text:
        return {}
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        message = noop("“mapping” is a JSON object that names a column for each field.")
        raise Invalid("mapping_not_object", message, field="mapping")
    return {name: column for name, column in found.items() if column}


urls: list[Any] = [path("corpora/<int:corpus>/import/", collection, name="api_import")]

"""The codebook as a file over HTTP, and out of one, with a look at what would change."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api, operation
from annotations.api.imports import sent_file
from annotations.formats.codebooks import CODEBOOK_FORMATS, format_of
from annotations.http import requests
from annotations.rules import editions as compared
from annotations.rules import roles
from annotations.rules.errors import Missing, noop
from annotations.services import access, codebook_import, editions, limits
from annotations.services.op import Replayed


@api("GET")
def export(request: HttpRequest, corpus: int, name: str) -> HttpResponse:
    """GET ?edition= → the file: json, csv or qdc."""
    member = access.member_in(request.user, corpus_id=corpus)
    roles.check(member.role, "export")
    requests.check_query(request, {"edition"})
    format = CODEBOOK_FORMATS.get(name)
    if format is None:
        raise Missing("format_unknown", noop("There is no format “%(name)s”."), name=name)
    asked = requests.query_id(request, "edition")
    number = member.corpus.codebook_version if asked is None else asked
    content = editions.content(member.corpus) if asked is None else editions.get(member.corpus, asked).content
    response = HttpResponse(format.write(content, number), content_type=format.mime)
    file = f"{member.corpus.slug}-codebook-{number}.{format.extension}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response


@api("POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """POST multipart `file`, or the file as the body with `?name=`; `?preview=1` only looks. The same file again
    changes nothing, so it may be sent again."""
    member = access.member_in(request.user, corpus_id=corpus)
    roles.check(member.role, "manage_codebook")
    requests.check_query(request, {"name", "preview"})
    name, data = sent_file(request)
    limits.check("upload_bytes", len(data), "file")
    content = format_of(data, name).read(data, name)
    if request.GET.get("preview", "").lower() in ("1", "true", "yes"):
        changes = codebook_import.preview(member, content)
        return answer({"edition": member.corpus.codebook_version, "changes": [asdict(one) for one in changes]})
    before = editions.content(member.corpus)
    try:
        with operation(request, member) as op:
            codebook_import.apply(op, content)
    except Replayed:
        return answer({"edition": member.corpus.codebook_version, "changes": []})
    member.corpus.refresh_from_db()
    changes = compared.compare(before, editions.content(member.corpus))
    return answer({"edition": member.corpus.codebook_version, "changes": [asdict(one) for one in changes]}, op=op)


urls: list[Any] = [
    path("corpora/<int:corpus>/codebook/export/<str:name>/", export, name="api_codebook_export"),
    path("corpora/<int:corpus>/codebook/import/", collection, name="api_codebook_import"),
]

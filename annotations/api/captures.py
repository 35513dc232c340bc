"""Captures of a source's address over HTTP, and the file that a snapshot keeps."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api.door import answer, api
from annotations.api.rows import make
from annotations.http import requests, shapes_sources
from annotations.http.paging import page_of
from annotations.models import Capture, Snapshot, Source
from annotations.rules.errors import Missing, noop
from annotations.services import access, captures, files


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what became of each wish. POST: have the address captured; one that is under way is given back."""
    row, member = access.row_for(request.user, Source.objects.filter(removed_at=None), pk)
    if request.method == "POST":
        requests.body_of(request, {})
        return make(request, member, Capture, lambda op: captures.ask(op, row), shapes_sources.capture)
    requests.check_query(request, ())
    return answer(page_of(request, row.captures.order_by("-id"), shapes_sources.capture))


@api("GET")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one capture is; ask again until it has ended."""
    row, _ = access.row_for(request.user, Capture.objects.filter(source__removed_at=None), pk)
    return answer(shapes_sources.capture(row))


@api("GET")
def snapshot_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came: the file that was uploaded, or the WARC of a capture. Never shown, only saved."""
    rows = Snapshot.objects.filter(source__removed_at=None).select_related("file")
    row, member = access.row_for(request.user, rows, pk)
    if row.file is None or not files.path_of(row.file.sha256).exists():
        raise Missing("file_not_here", noop("The file of this snapshot is not in this installation."))
    response = HttpResponse(files.read(member.corpus, row.file.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file_name or 'snapshot', safe='')}"
    return response


urls: list[Any] = [
    path("sources/<int:pk>/captures/", collection, name="api_captures"),
    path("captures/<int:pk>/", item, name="api_capture"),
    path("snapshots/<int:pk>/file/", snapshot_file, name="api_snapshot_file"),
]

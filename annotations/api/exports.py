"""Export over HTTP: the file as a stream, what it leaves out, and which formats there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from annotations.api.door import absolute, answer, api
from annotations.filters import StatementFilter, ordered
from annotations.filters import statements as filtered
from annotations.formats import FORMATS
from annotations.formats.base import Format
from annotations.models import Member
from annotations.records import Export
from annotations.rules import roles
from annotations.rules.errors import render
from annotations.services import access, collect
from annotations.services.collect import asked


def member_of(request: HttpRequest, corpus: int) -> Member:
    member = access.member_in(request.user, corpus_id=corpus)
    roles.check(member.role, "export")
    return member


def export_of(request: HttpRequest, member: Member) -> Export:
    """What the query asks for: the filters of the list of statements, `ordering`, `include=unreviewed`."""
    query = request.GET.dict()
    rows = ordered(filtered(member, request.GET), query.get("ordering", ""))
    said = asked.plain_words(member, query, StatementFilter.base_filters)
    return collect.export(member, rows, filters=said, unreviewed=asked.unreviewed(query))


@api("GET")
def formats(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET → the formats, in the order in which people are shown them."""
    member_of(request, corpus)
    return answer({"results": [shape(format, corpus) for format in FORMATS.values()]})


def shape(format: Format, corpus: int) -> dict[str, Any]:
    return {
        "name": format.name, "label": gettext(format.label), "extension": format.extension, "mime": format.mime,
        "lossless": format.lossless, "url": absolute(reverse("api_export", args=[corpus, format.name])),
        "losses": absolute(reverse("api_export_losses", args=[corpus, format.name])),
    }  # fmt: skip


@api("GET")
def export(request: HttpRequest, corpus: int, name: str) -> HttpResponseBase:
    """GET ?filters → the file, streamed. The Link header names the loss report."""
    member, format = member_of(request, corpus), asked.format_named(name)
    found = export_of(request, member)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=format.mime)
    else:
        response = StreamingHttpResponse(collect.stream(format, found), content_type=format.mime)
    losses = reverse("api_export_losses", args=[corpus, name])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response["Content-Disposition"] = f'attachment; filename="{asked.file_name(found, format)}"'
    response["Link"] = f'<{absolute(losses)}{query}>; rel="describedby"'
    response["Cache-Control"] = "private, no-store"
    return response


@api("GET")
def losses(request: HttpRequest, corpus: int, name: str) -> HttpResponse:
    """GET ?filters → what this format would leave out of this export, counted."""
    member, format = member_of(request, corpus), asked.format_named(name)
    found = export_of(request, member)
    report = [
        {
            "code": loss.code,
            "count": loss.count,
            "detail": render(loss.template, {"count": loss.count, **loss.params}, gettext),
        }
        for loss in format.losses(found)
    ]
    return answer({
        **shape(format, corpus), "filters": found.filters, "file_name": asked.file_name(found, format),
        "counts": dict(found.counts), "results": report,
    })  # fmt: skip


urls: list[Any] = [
    path("corpora/<int:corpus>/export/", formats, name="api_formats"),
    path("corpora/<int:corpus>/export/<str:name>/", export, name="api_export"),
    path("corpora/<int:corpus>/export/<str:name>/losses/", losses, name="api_export_losses"),
]

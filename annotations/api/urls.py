"""The addresses of the API, all below /api/. Each module keeps its own list `urls` beside its views."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from annotations.api import (
    agents,
    alike,
    annotations,
    captures,
    checks,
    codebook,
    codebook_files,
    comments,
    corpora,
    coverage,
    documents,
    duplicates,
    editions,
    events,
    exports,
    imports,
    milestones,
    occurrences,
    people,
    presence,
    quotation,
    recoding,
    relations,
    rounds,
    saved_views,
    schema,
    search,
    sources,
    statements,
    suggestions,
    tracker,
    undoing,
    versions,
    watches,
    webhooks,
)
from annotations.api.door import refuse
from annotations.rules.errors import Missing, noop

MODULES = (
    people, corpora, codebook, codebook_files, recoding, editions, agents, documents, coverage, annotations,
    occurrences, suggestions, statements, quotation, tracker, saved_views, relations, duplicates, alike, rounds,
    sources, captures, checks, comments, milestones, search, events, presence, undoing, exports, imports, schema,
    versions, watches, webhooks,
)  # fmt: skip


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below /api/: told in the form of the API, whoever asks."""
    return refuse(Missing("address_unknown", noop("The API has no such address. Its addresses end with a slash.")))


urlpatterns: list[URLPattern] = [
    *[pattern for module in MODULES for pattern in module.urls],
    path("", unknown),
    path("<path:rest>", unknown),
]

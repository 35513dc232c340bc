"""The addresses of the pages. Each noun keeps its own list beside its views: `urls` below /c/<slug>/, `root_urls` at
the top."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from annotations.views import (
    beside,
    checks,
    codebook,
    comments,
    corpus,
    corpus_settings,
    documents,
    dossier,
    editions,
    exports,
    graph,
    histories,
    home,
    imports,
    members,
    merging,
    notices,
    preferences,
    public,
    publish,
    quotation,
    reader,
    recoding,
    reviews,
    rounds,
    rounds_coding,
    search,
    snapshots,
    sources,
    statements,
    suggestions,
    tokens,
    tracker,
    triage,
    versions,
)

CORPUS_PAGES = (
    corpus,
    documents,
    versions,
    beside,
    reader,
    tracker,
    statements,
    merging,
    graph,
    publish,
    dossier,
    quotation,
    checks,
    reviews,
    comments,
    triage,
    sources,
    snapshots,
    codebook,
    suggestions,
    recoding,
    editions,
    rounds,
    rounds_coding,
    members,
    corpus_settings,
    notices,
    histories,
    search,
    exports,
    imports,
)
ROOT_PAGES = (home, members, preferences, tokens, public)

urlpatterns: list[URLPattern | URLResolver] = [
    *[pattern for module in ROOT_PAGES for pattern in module.root_urls],
    path("c/<slug:slug>/", include([pattern for module in CORPUS_PAGES for pattern in module.urls])),
]

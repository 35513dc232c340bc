"""The search page: texts, marked passages, statements, sources and comments that hold some words, with exact counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from annotations.models import Comment, Document, Statement
from annotations.rules.errors import Problem
from annotations.services import lookup, search_query, watches
from annotations.services import search as service
from annotations.services.search_things import Thing
from annotations.views.door import PageRequest, page, say, show

SIZE = 20
TABS = {
    "passage": _("Texts"), "annotation": _("Marked passages"), "statement": _("Claims and proposals"),
    "source": _("Sources"), "comment": _("Comments"),
}  # fmt: skip
#: What the page says can be typed: an example, and what it finds.
HELP = (
    ("国际公共产品", _("these characters, Traditional or Simplified, with or without glosses")),
    ("治理 safety", _("both")),
    ('"red teaming"', _("these words right after each other")),
    ("安全 OR safety", _("one of the two")),
    ("治理 -企业", _("the first without the second; also NOT")),
    ("(安全 OR safety) 标准", _("brackets")),
    ("*govern*", _("within a word: government, self-governance; govern* only its beginning")),
    ("3.5亿", _("the number however it is written: 350 million, 三亿五千万")),
    ("kind:claim", _("passages, annotations, claims, proposals, sources or comments only")),
    ("tag:…", _("what has this tag")),
    ("by:…", _("whose it is: the author of a text or source, who marked or wrote it")),
    ("in:…", _("in documents whose title holds this")),
    ("status:…", _("claims and proposals in this state; comments: open, resolved")),
    ("after:2025-01 before:2026", _("by the date of the text, else by the day it was written here")),
)


@page("search")
def search(request: PageRequest) -> HttpResponse:
    """`?q=` words, `?kind=` the tab, `?document=` in one document, `?page=`. The number of a statement leads to it."""
    query = request.GET.get("q", "").strip()
    if "kind" not in request.GET and (statement := lookup.by_label(request.member, query)):
        return HttpResponseRedirect(statement.get_absolute_url())
    context: dict[str, Any] = {"query": query, "search_query": query, "help": HELP}
    if query:
        try:
            context |= answer(request, query)
            context["watched"] = watches.of(request.member, query=query)
        except Problem as problem:
            say(request, problem)
            context["refused"] = True
    return show(request, "annotations/search.html", context)


def answer(request: PageRequest, query: str) -> dict[str, Any]:
    """What the page shows of a query that is understood."""
    number, document = request.GET.get("page", "1"), request.GET.get("document", "")
    current = max(1, int(number[:6])) if number.isdecimal() else 1
    asked = search_query.understand(query)
    stays = {name: request.GET[name] for name in ("kind", "document") if request.GET.get(name)}
    context: dict[str, Any] = {"number": current, "chips": chips(asked, query, stays)}
    if document.isdecimal():
        found = service.passages(request.member, asked, page=current, size=SIZE, document=int(document))
        within = Document.objects.filter(corpus=request.member.corpus, pk=int(document)).first()
        return context | texts(request, query, found, current) | {"within": within}
    everything = service.everything(request.member, query, request.GET.get("kind", ""), page=current, size=SIZE)
    context |= {"tabs": tabs(query, everything), "kind": everything.kind, "chosen": stays.get("kind", "")}
    if everything.kind == "passage":
        return context | texts(request, query, everything.passages, current)
    rows = [shown(request, thing) for thing in everything.things.rows]
    return context | {"rows": rows, "more": current * SIZE < everything.things.count}


def texts(request: PageRequest, query: str, found: service.Answer, current: int) -> dict[str, Any]:
    """Passages of texts, with the address that opens the reader at the exact span and marks all others there."""
    slug, find = request.member.corpus.slug, urlencode({"find": query})
    rows = []
    for hit in found.rows:
        start, end = hit.clean[0]
        url = f"{reverse('document_read', args=[slug, hit.document_id])}?{find}#t={start}-{end}"
        rows.append({"hit": hit, "url": url})
    return {"found": found, "rows": rows, "more": current * SIZE < found.sentences, "kind": "passage"}


def tabs(query: str, found: service.Found) -> list[dict[str, Any]]:
    return [
        {"label": TABS[kind], "count": count, "query": urlencode({"q": query, "kind": kind}), "on": kind == found.kind}
        for kind, count in found.counts.items()
    ]


def chips(asked: search_query.Asked, query: str, stays: Mapping[str, str]) -> list[dict[str, str]]:
    """The filters of the query, each with the query without it; the tab and the document stay."""
    return [
        {"label": query[one.start : one.end], "query": urlencode({"q": asked.without(query, one), **stays})}
        for one in asked.tree.filters
    ]


def shown(request: PageRequest, thing: Thing) -> dict[str, Any]:
    """A row of the page: where it leads, what stands before and above it."""
    return {"thing": thing, **SHOWN[thing.kind](request, thing.row)}


def _annotation(request: PageRequest, row: Any) -> dict[str, Any]:
    return {"url": row.get_absolute_url(), "above": row.document.title, "language": row.document.language}


def _statement(request: PageRequest, row: Statement) -> dict[str, Any]:
    url = reverse("statement_detail", args=[request.member.corpus.slug, row.label])
    return {"url": url, "before": row.label, "kind": row.kind, "language": row.language}


def _source(request: PageRequest, row: Any) -> dict[str, Any]:
    url = reverse("source_detail", args=[request.member.corpus.slug, row.pk])
    return {"url": url, "above": row.publisher, "language": row.language or "und"}


def _comment(request: PageRequest, row: Comment) -> dict[str, Any]:
    statement = row.statement or (row.verification and row.verification.statement)
    found: dict[str, Any] = {"above": row.created_by.name if row.created_by else "", "language": "und"}
    if not statement:
        return {**found, "url": reverse("annotation_permalink", args=[row.annotation_id])}
    url = reverse("statement_detail", args=[request.member.corpus.slug, statement.label])
    anchor = f"#comment-{row.parent_id or row.pk}" if row.statement_id else ""
    return {**found, "url": url + anchor, "before": statement.label, "kind": statement.kind}


SHOWN: Mapping[str, Callable[[PageRequest, Any], dict[str, Any]]] = {
    "annotation": _annotation, "statement": _statement, "source": _source, "comment": _comment,
}  # fmt: skip
urls: list[Any] = [path("search/", search, name="search")]

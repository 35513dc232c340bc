"""The Tracker over HTTP: many statements at once, cells by their words, counts, what a filter can be set to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import gettext

from annotations import filters
from annotations.api.door import answer, api
from annotations.http import requests
from annotations.http.outcomes import told, why
from annotations.models import Agent, Document, Member
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, bulk
from annotations.services.bulk import Outcome
from annotations.services.tracker import cells, counts
from annotations.services.tracker.cells import Cell, Change
from annotations.text.folding import fold_text

CHOICES = 30


@api("POST")
def many(request: HttpRequest, corpus: int) -> HttpResponse:
    """{ids: [...] | query: "status=queued", action, and what it needs}: each row done, or refused with its reason."""
    member = access.member_in(request.user, corpus_id=corpus)
    body = requests.json_body(request)
    ids = chosen(member, body)
    outcome = bulk.run(member, ids, requests.text(body.pop("action", ""), "action", 30), body, requests.key_of(request))
    return answer(outcome_shape(outcome))


def chosen(member: Member, body: dict[str, Any]) -> list[int]:
    """The ids that were sent, or those of all statements that a query names."""
    if "ids" in body:
        return [requests.integer(pk, "ids") for pk in body.pop("ids") or []]
    if "query" not in body:
        raise Invalid("rows_needed", noop("Send the ids of statements, or the query of a list."), field="ids")
    query = QueryDict(requests.text(body.pop("query"), "query", 4000))
    return list(filters.statements(member, query).values_list("pk", flat=True))


def outcome_shape(outcome: Outcome) -> dict[str, Any]:
    return {
        "done": [row.pk for row in outcome.done], "ops": outcome.ops, "sentence": told(outcome),
        "refused": [{"id": row.pk, "label": row.label, "detail": why(problem)} for row, problem in outcome.refused],
    }  # fmt: skip


@api("POST")
def cell_list(request: HttpRequest, corpus: int) -> HttpResponse:
    """{cells: [{id, column, words, version?}], preview?}: what each cell would become; without preview the outcome."""
    member = access.member_in(request.user, corpus_id=corpus)
    body = requests.json_body(request)
    given = body.get("cells")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Invalid("not_objects", noop("“%(name)s” must be a list of objects."), field="cells", name="cells")
    changes = cells.read(member, [cell_of(one) for one in given], gettext)
    if body.get("preview"):
        return answer({"changes": [change_shape(change) for change in changes]})
    return answer(outcome_shape(cells.write(member, changes, requests.key_of(request))))


def cell_of(one: dict[str, Any]) -> Cell:
    version = one.get("version")
    return Cell(
        requests.integer(one.get("id"), "id"), requests.text(one.get("column"), "column", 40),
        requests.text(one.get("words"), "words"),
        None if version is None else requests.integer(version, "version"),
    )  # fmt: skip


def change_shape(change: Change) -> dict[str, Any]:
    return {
        "id": change.statement.pk, "label": change.statement.label, "column": change.column, "before": change.before,
        "after": change.after, "problem": why(change.problem) if change.problem else None,
    }  # fmt: skip


@api("GET")
def count(request: HttpRequest, corpus: int) -> HttpResponse:
    """How many claims, proposals, passages and documents the filters of the query let through."""
    member = access.member_in(request.user, corpus_id=corpus)
    found = counts.of(member, filters.statements(member, request.GET))
    return answer(
        {"claims": found.claims, "proposals": found.proposals, "passages": found.passages, "documents": found.documents}
    )


@api("GET")
def choices(request: HttpRequest, corpus: int, name: str) -> HttpResponse:
    """What a filter can be set to, by some of its words in either script: {results: [{value, label}]}."""
    member = access.member_in(request.user, corpus_id=corpus)
    words = request.GET.get("q", "").strip()
    if name == "agent":
        rows = Agent.objects.filter(corpus_id=corpus, fold__contains=fold_text(words)).order_by("name")
        found = [(row.pk, row.name) for row in rows[:CHOICES]]
    elif name == "document":
        found = documents(member, words)
    else:
        raise Missing("choices_unknown", noop("There are no such choices."), field="name")
    return answer({"results": [{"value": str(pk), "label": label} for pk, label in found]})


def documents(member: Member, words: str) -> list[tuple[int, str]]:
    """Documents by words of their title, folded: titles are not stored folded, and there are some thousands at most."""
    rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None).order_by("-annotation_count", "id")
    wanted = fold_text(words)
    titles = rows.values_list("pk", "title").iterator(chunk_size=2000)
    return [(pk, title) for pk, title in titles if wanted in fold_text(title)][:CHOICES]


urls = [
    path("corpora/<int:corpus>/statements/bulk/", many, name="api_bulk"),
    path("corpora/<int:corpus>/statements/cells/", cell_list, name="api_cells"),
    path("corpora/<int:corpus>/statements/counts/", count, name="api_counts"),
    path("corpora/<int:corpus>/choices/<slug:name>/", choices, name="api_choices"),
]

"""Statements over HTTP: list and look up, make, edit, move, merge, split, their passages and their history."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.filters import ordered
from annotations.filters import statements as filtered
from annotations.http import requests, shapes
from annotations.http.paging import page_of, page_together
from annotations.models import Member, Statement
from annotations.rules.errors import Missing, noop
from annotations.services import access, feed, history, lookup, merging, statements, workflow
from annotations.services import provenance as prov
from annotations.services.op import Op


def statement_for(request: HttpRequest, pk: int) -> tuple[Statement, Member]:
    """A statement by id; a merged one gives the one it went into."""
    row, member = access.row_for(request.user, Statement.objects.select_related("corpus"), pk)
    return live(row, member), member


def live(row: Statement | None, member: Member) -> Statement:
    """The statement behind a redirect; Missing when it is gone, or of another corpus."""
    while row is not None and row.redirect_to_id:
        row = Statement.objects.get(pk=row.redirect_to_id)
    if row is None or row.removed_at or row.corpus_id != member.corpus_id:
        raise access.not_found()
    row.corpus = member.corpus
    return row


def other(member: Member, pk: int, field: str) -> Statement:
    """Another statement of the same corpus, named in a body."""
    found = Statement.objects.filter(corpus_id=member.corpus_id, pk=pk).first()
    if found is None:
        raise Missing("statement_unknown", noop("There is no such statement in this corpus."), field=field)
    return live(found, member)


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET: filters of the Tracker; `similar_to` ranks by likeness. POST: a statement without passage."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        body = requests.body_of(request, bodies.STATEMENT_NEW)
        kind, text = body.pop("kind"), body.pop("text")
        shape = partial(shapes.statement_detail, member=member)
        return make(request, member, Statement, lambda op: statements.create(op, kind, text, **body), shape)
    rows = filtered(member, request.GET)
    if "similar_to" in request.GET:
        found = lookup.similar(rows, requests.query_text(request, "similar_to", 5000), limit=20)
        results = [shapes.statement(row) for row in found]
        return answer({"count": len(found), "next": None, "previous": None, "results": results})
    return answer(page_of(request, ordered(rows, request.GET.get("ordering", "")), shapes.statement))


@api("GET", "PATCH")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = statement_for(request, pk)
    body = requests.body_of(request, bodies.STATEMENT_CHANGE) if request.method == "PATCH" else {}
    shape = partial(shapes.statement_detail, member=member)
    return row_item(request, member, row, shape, change=lambda op, row: change(op, row, body))


def change(op: Op, row: Statement, body: dict[str, Any]) -> None:
    """Fields; agents by role; tags; who it is given to; answers of the triage questions."""
    agents: dict[str, list[str]] = body.pop("agents", {})
    add, gone = body.pop("add_tags", []), body.pop("remove_tags", [])
    answers: dict[str, object] = {name: body.pop(name) for name in ("q1", "q2", "q3", "q4") if name in body}
    if "assignee" in body:
        workflow.assign(op, row, member_of(op, body.pop("assignee")))
    if body:
        statements.update(op, row, **body)
    for role, names in agents.items():
        statements.set_agents(op, row, role, names)
    if add or gone:
        statements.set_tags(op, row, add, gone)
    if answers:
        workflow.answer_triage(op, row, answers)


def member_of(op: Op, pk: int | None) -> Member | None:
    if pk is None:
        return None
    found = Member.objects.filter(corpus=op.corpus, pk=pk).first()
    if found is None:
        raise Missing("member_unknown", noop("This person does not belong to the corpus."), field="assignee")
    return found


@api("POST")
def transitions(request: HttpRequest, pk: int) -> HttpResponse:
    """{to, reason, note ...}: 409 with every missing thing, or illegal with what is possible."""
    row, member = statement_for(request, pk)
    body = requests.body_of(request, bodies.TRANSITION)
    target, duplicate = body.pop("to"), body.pop("duplicate_of", None)
    if duplicate is not None:
        body["duplicate_of"] = other(member, duplicate, "duplicate_of")
    asked = workflow.Asked(**body)
    shape = partial(shapes.statement_detail, member=member)
    return row_item(request, member, row, shape, change=lambda op, row: workflow.transition(op, row, target, asked))


@api("POST")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """{into}: everything of this statement goes to another one, which is answered; this one becomes a redirect."""
    row, member = access.row_for(request.user, Statement.objects.filter(removed_at=None), pk)
    into = other(member, requests.body_of(request, bodies.INTO)["into"], "into")

    def shape(row: Statement) -> dict[str, Any]:
        return shapes.statement_detail(live(row, member), member)

    def act(op: Op, row: Statement) -> None:
        merging.merge(op, live(row, member), Statement.objects.select_for_update().get(pk=into.pk))

    return row_item(request, member, row, shape, change=act)


@api("POST")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """{text, occurrences?, take?}: a second statement on the same passages."""
    row, member = statement_for(request, pk)
    body = requests.body_of(request, bodies.SPLIT)
    text, passages, take = body["text"], body.get("occurrences"), body.get("take", False)
    shape = partial(shapes.statement_detail, member=member)
    return make(
        request, member, Statement,
        lambda op: merging.split(op, row, text=text, passages=passages, take=take), shape,
    )  # fmt: skip


@api("GET")
def occurrences(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = statement_for(request, pk)
    requests.check_query(request, ())
    rows = lookup.occurrences(row, member)
    return answer(page_of(request, rows.order_by("id"), shapes.occurrence))


@api("GET")
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """The history of a statement and of what hangs on it, newest first."""
    row, member = statement_for(request, pk)
    requests.check_query(request, ())
    return answer(page_together(request, history.of_statement(row), lambda rows: feed.shapes(member, rows)))


@api("GET")
def provenance(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it comes from and what was done with it, as PROV-O in JSON-LD."""
    row, member = statement_for(request, pk)
    requests.check_query(request, ())
    found = answer(prov.of_statement(row, member))
    found.headers["Content-Type"] = "application/ld+json"
    return found


urls: list[Any] = [
    path("corpora/<int:corpus>/statements/", collection, name="api_statements"),
    path("statements/<int:pk>/", item, name="api_statement"),
    path("statements/<int:pk>/transitions/", transitions, name="api_transitions"),
    path("statements/<int:pk>/merge/", merge, name="api_merge"),
    path("statements/<int:pk>/split/", split, name="api_split"),
    path("statements/<int:pk>/occurrences/", occurrences, name="api_occurrences"),
    path("statements/<int:pk>/events/", events, name="api_statement_events"),
    path("statements/<int:pk>/provenance/", provenance, name="api_provenance"),
]

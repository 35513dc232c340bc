"""Statements over HTTP: list and look up, make, edit, move, their passages, evidence, milestones, events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from annotations.api.door import answer, api, check_match, operation
from annotations.filters import ordered
from annotations.filters import statements as filtered
from annotations.http import requests, shapes
from annotations.http.paging import page_of
from annotations.models import Event, Member, Source, Statement
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, bulk, feed, history, lookup, milestones, sources, statements, workflow
from annotations.services.op import Op, Replayed


def statement_for(request: HttpRequest, pk: int) -> tuple[Statement, Member]:
    """A statement by id; a merged one gives the one it went into."""
    row, member = access.row_for(request.user, Statement.objects.select_related("corpus"), pk)
    while row.redirect_to_id:
        row = Statement.objects.get(pk=row.redirect_to_id)
    if row.removed_at:
        raise access.not_found()
    row.corpus = member.corpus
    return row, member


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET: filters of the Tracker; `similar_to` ranks by likeness, for search-as-you-type. POST: a statement without passage."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        return create(request, member)
    rows = filtered(member, request.GET)
    if "similar_to" in request.GET:
        found = lookup.similar(rows, request.GET["similar_to"], limit=20)
        return answer(
            {"count": len(found), "next": None, "previous": None, "results": [shapes.statement(r) for r in found]}
        )
    return answer(page_of(request, ordered(rows, request.GET.get("ordering", "")), shapes.statement))


def create(request: HttpRequest, member: Member) -> HttpResponse:
    body = requests.json_body(request)
    kind, text = requests.text(body.pop("kind", ""), "kind"), requests.text(body.pop("text", ""), "text")
    try:
        with operation(request, member) as op:
            row = statements.create(op, kind, text, language=str(body.pop("language", "und")), **values(body))
    except Replayed as replayed:
        row = Statement.objects.get(pk=replayed.events[0].object_id)
        return answer(shapes.statement_detail(row, member), etag=row.etag)
    return answer(shapes.statement_detail(row, member), status=201, etag=row.etag, op=op)


def values(body: dict[str, Any]) -> dict[str, Any]:
    """Dates as dates; everything else as the service checks it."""
    for name in ("due", "resolve_by"):
        if name in body:
            body[name] = bulk.parse_date(body[name])
    for name in ("text", "gloss_en", "note", "target", "resolution_criteria"):
        if name in body:
            requests.text(body[name], name)
    return body


@api("GET", "PATCH")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = statement_for(request, pk)
    if request.method != "PATCH":
        return answer(shapes.statement_detail(row, member), etag=row.etag)
    with operation(request, member) as op:
        row = Statement.objects.select_for_update(of=("self",)).get(pk=row.pk)
        check_match(request, row.etag, lambda: shapes.statement(row))
        change(op, row, requests.json_body(request))
    return answer(shapes.statement_detail(row, member), etag=row.etag, op=op)


def change(op: Op, row: Statement, body: dict[str, Any]) -> None:
    """Fields; `agents: {role: [names]}`; `add_tags`, `remove_tags`; `assignee`; triage answers q1..q4."""
    agents = body.pop("agents", {})
    if not isinstance(agents, dict):
        raise Invalid("agents_not_object", noop("“agents” is an object: role to list of names."), field="agents")
    add, gone = (requests.integers(body.pop(name, []), name) for name in ("add_tags", "remove_tags"))
    answers = {name: body.pop(name) for name in ("q1", "q2", "q3", "q4") if name in body}
    if "assignee" in body:
        workflow.assign(op, row, member_of(op, body.pop("assignee")))
    if body:
        statements.update(op, row, **values(body))
    for role, names in agents.items():
        statements.set_agents(op, row, role, [requests.text(name, "agents", 200) for name in names])
    if add or gone:
        statements.set_tags(op, row, add, gone)
    if answers:
        workflow.answer_triage(op, row, answers)


def member_of(op: Op, pk: object) -> Member | None:
    if pk is None:
        return None
    found = Member.objects.filter(corpus=op.corpus, pk=requests.integer(pk, "assignee")).first()
    if found is None:
        raise Missing("member_unknown", noop("This person does not belong to the corpus."), field="assignee")
    return found


@api("POST")
def transitions(request: HttpRequest, pk: int) -> HttpResponse:
    """{to, reason, note, duplicate_of, correction_note}: 409 with every missing thing, or illegal with what is possible."""
    row, member = statement_for(request, pk)
    body = requests.json_body(request)
    other = None
    if body.get("duplicate_of") is not None:
        other, _ = statement_for(request, requests.integer(body["duplicate_of"], "duplicate_of"))
    asked = workflow.Asked(
        requests.text(body.get("reason", ""), "reason"), requests.text(body.get("note", ""), "note"), other,
        requests.text(body.get("correction_note", ""), "correction_note"),
    )  # fmt: skip
    with operation(request, member) as op:
        row = Statement.objects.select_for_update(of=("self",)).get(pk=row.pk)
        check_match(request, row.etag, lambda: shapes.statement(row))
        workflow.transition(op, row, requests.text(body.get("to", ""), "to", 30), asked)
    return answer(shapes.statement_detail(row, member), etag=row.etag, op=op)


@api("GET")
def occurrences(request: HttpRequest, pk: int) -> HttpResponse:
    row, _ = statement_for(request, pk)
    live = row.occurrences.filter(removed_at=None, annotation__removed_at=None).select_related(
        "annotation", "attributed_to"
    )
    return answer(page_of(request, live.order_by("id"), shapes.occurrence))


@api("GET", "POST")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = statement_for(request, pk)
    if request.method != "POST":
        return answer(
            page_of(
                request,
                row.evidence.filter(removed_at=None).order_by("id"),
                lambda one: shapes.evidence(one, stance=lookup.may_see_stance(one, member)),
            )
        )
    body = requests.json_body(request)
    source = Source.objects.filter(
        corpus=member.corpus, removed_at=None, pk=requests.integer(body.pop("source", None), "source")
    ).first()
    if source is None:
        raise Missing("source_unknown", noop("There is no such source in this corpus."), field="source")
    given = {name: requests.text(body.get(name, default), name) for name, default in EVIDENCE.items()}
    with operation(request, member) as op:
        made = sources.add_evidence(op, row, source, **given)  # type: ignore[arg-type]
    return answer(shapes.evidence(made), status=201, etag=made.etag, op=op)


EVIDENCE = {"stance": "", "quote": "", "locator": "", "note": "", "medium": "web_text"}


@api("GET", "POST")
def milestone_list(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = statement_for(request, pk)
    if request.method != "POST":
        return answer(page_of(request, row.milestones.filter(removed_at=None).order_by("date", "id"), shapes.milestone))
    body = requests.json_body(request)
    source = Source.objects.filter(corpus=member.corpus, removed_at=None, pk=body.get("source") or 0).first()
    with operation(request, member) as op:
        made = milestones.propose(
            op, row, status=requests.text(body.get("status", ""), "status"), date=requests.text(body.get("date", ""), "date", 10),
            source=source, note=requests.text(body.get("note", ""), "note"),
        )  # fmt: skip
    return answer(shapes.milestone(made), status=201, etag=made.etag, op=op)


@api("GET")
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """The history of a statement and of what hangs on it, newest first."""
    row, member = statement_for(request, pk)
    rows = history.of_statement(row)
    hidden = feed.hidden_annotations(member, list(rows[:500]))

    def shape(event: Event) -> dict[str, Any]:
        return feed.shape(event) if history.may_see(member, event, hidden) else feed.blank(event)

    return answer(page_of(request, rows, shape))

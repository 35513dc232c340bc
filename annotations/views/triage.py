"""The triage deck: one statement at a time, numbered answers, two questions for most (UX.md 4.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from annotations.models import Statement
from annotations.rules import checkworthiness, vocabulary
from annotations.rules.errors import Problem
from annotations.services import bulk, statements, workflow
from annotations.services.op import writing
from annotations.services.workflow import Asked
from annotations.text import wording
from annotations.views.door import PageRequest, page, say, show
from annotations.views.statements import places


def waiting(request: PageRequest) -> Any:
    rows = Statement.objects.visible_to(request.member).filter(work="untriaged", public="none", redirect_to=None)
    return rows.order_by("id")


@page("triage", verb="triage")
def triage(request: PageRequest) -> HttpResponse:
    """The next untriaged statement; `?id=` asks for one, `?after=` skips."""
    rows = waiting(request)
    if request.method == "POST":
        return answer(request)
    asked, after = request.GET.get("id", ""), request.GET.get("after", "")
    statement = rows.filter(pk=int(asked)).first() if asked.isdecimal() else None
    statement = statement or (rows.filter(pk__gt=int(after)).first() if after.isdecimal() else None) or rows.first()
    if statement is None:
        return show(request, "annotations/triage_empty.html")
    statement.corpus = request.member.corpus
    return show(request, "annotations/triage.html", context_of(request, statement, rows.count()))


def context_of(request: PageRequest, statement: Statement, total: int) -> dict[str, Any]:
    done = int(request.GET.get("done", "0")) if request.GET.get("done", "0").isdecimal() else 0
    answers = {"q1": statement.q1 or None, "q2": statement.q2, "q3": statement.q3, "q4": statement.q4 or None}
    question = checkworthiness.next_question(statement.type, answers) if statement.kind == "claim" else None
    moves = {move.transition.target: move for move in workflow.moves(statement, request.member)}
    onward = moves.get("queued") or moves.get("tracked")
    return {
        "statement": statement,
        "places": places(statement, request.member),
        "question": question,
        "total": total,
        "done": done,
        "onward": onward,
        "types": vocabulary.CLAIM_TYPES.choices,
        "mechanisms": vocabulary.MECHANISMS.choices,
        "specificities": vocabulary.SPECIFICITY.choices,
        "reasons": reasons(statement),
        "dependents": wording.stands_alone_problems(statement.text),
        "suggested": checkworthiness.suggest(
            statement.kind,
            claim_type=statement.type,
            checkworthiness=statement.checkworthiness,
            specificity=statement.specificity,
        ),
    }


def reasons(statement: Statement) -> list[tuple[str, str]]:
    chosen = vocabulary.TRIAGE_REASONS if statement.kind == "claim" else vocabulary.PROPOSAL_REASONS
    return chosen.choices


def answer(request: PageRequest) -> HttpResponse:
    """Store one answer, the wording or the decision; after a decision the next statement comes."""
    data = request.POST
    statement = waiting(request).filter(pk=int(data.get("id", "0"))).first()
    done = int(data.get("done", "0")) if data.get("done", "0").isdecimal() else 0
    if statement is None:
        return redirect("triage", request.member.corpus.slug)
    try:
        decided = apply(request, statement)
    except Problem as problem:
        say(request, problem)
        for reason in getattr(problem, "reasons", ()):
            say(request, reason)
        decided = False
    query = f"after={statement.pk}&done={done + 1}" if decided else f"id={statement.pk}&done={done}"
    return redirect(f"{request.path}?{query}")


def apply(request: PageRequest, statement: Statement) -> bool:
    """Keep wording and facts as typed, then the answer or the decision. True when the statement left the deck."""
    data = request.POST
    with writing(by=request.member) as op:
        statements.update(op, statement, **facts(data, statement))
    if "answer" in data:
        with writing(by=request.member) as op:
            workflow.answer_triage(op, statement, {data.get("question", ""): data["answer"]})
        return False
    if data.get("action") == "again":
        with writing(by=request.member) as op:
            workflow.clear_triage(op, statement)
        return False
    if not data.get("to"):
        return False
    with writing(by=request.member) as op:
        if data["to"] == "set_aside" and data.get("resolve_by"):
            criteria = data.get("resolution_criteria", "")
            resolve_by = bulk.parse_date(data["resolve_by"])
            statements.update(op, statement, resolve_by=resolve_by, resolution_criteria=criteria)
        workflow.transition(op, statement, data["to"], Asked(data.get("reason", ""), data.get("note", "")))
    return True


def facts(data: Any, statement: Statement) -> dict[str, Any]:
    """Wording, type, mechanism and specificity as sent."""
    found: dict[str, Any] = {}
    if "text" in data:
        found["text"] = data["text"]
        found["wording"] = "stands_alone" if data.get("stands_alone") else "as_quoted"
    if statement.kind == "claim" and "type" in data:
        found["type"] = data["type"]
    if statement.kind == "proposal" and "mechanism" in data:
        found["mechanism"] = data["mechanism"]
        found["specificity"] = int(data["specificity"]) if data.get("specificity", "").isdecimal() else None
    return found


urls: list[Any] = [path("triage/", triage, name="triage")]

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
from annotations.text import wording
from annotations.views.door import PageRequest, page, refuse, show
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
    asked, after = _number(request.GET, "id"), _number(request.GET, "after")
    statement = rows.filter(pk=asked).first() or (rows.filter(pk__gt=after).first() if after else None) or rows.first()
    if statement is None:
        return show(request, "annotations/triage_empty.html")
    return card(request, statement)


def card(request: PageRequest, statement: Statement) -> HttpResponse:
    """One statement of the deck; a decision that came back refused keeps what was typed."""
    statement.corpus = request.member.corpus
    return show(request, "annotations/triage.html", context_of(request, statement, waiting(request).count()))


def _number(data: Any, name: str) -> int:
    """A number of the address or the form, 0 for anything else."""
    value = str(data.get(name, ""))
    return int(value) if value.isdecimal() else 0


def context_of(request: PageRequest, statement: Statement, total: int) -> dict[str, Any]:
    done = _number(request.POST or request.GET, "done")
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
        "types": [(code, label, aside(claim_type=code)) for code, label in vocabulary.CLAIM_TYPES.choices],
        "mechanisms": vocabulary.MECHANISMS.choices,
        "specificities": [(code, label, aside(int(code))) for code, label in vocabulary.SPECIFICITY.choices],
        "reasons": reasons(statement),
        "typed": request.POST,
        "dependents": wording.stands_alone_problems(statement.text),
        "suggested": checkworthiness.suggest(
            statement.kind,
            claim_type=statement.type,
            checkworthiness=statement.checkworthiness,
            specificity=statement.specificity,
        ),
    }


def aside(specificity: int | None = None, claim_type: str = "") -> str:
    """Why this choice alone speaks for setting a statement aside; "" when it does not."""
    kind = "claim" if claim_type else "proposal"
    return checkworthiness.suggest(kind, claim_type=claim_type, specificity=specificity).reason


def reasons(statement: Statement) -> list[tuple[str, str]]:
    chosen = vocabulary.TRIAGE_REASONS if statement.kind == "claim" else vocabulary.PROPOSAL_REASONS
    return chosen.choices


def answer(request: PageRequest) -> HttpResponse:
    """Store one answer, the wording or the decision; after a decision the next statement comes."""
    statement = waiting(request).filter(pk=_number(request.POST, "id")).first()
    done = _number(request.POST, "done")
    if statement is None:
        return redirect("triage", request.member.corpus.slug)
    try:
        decided = apply(request, statement)
    except Problem as problem:
        refuse(request, problem)
        return card(request, statement)
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
        bulk.verb_of(op.by, "move", data.dict())(op, statement)
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
        found["specificity"] = _number(data, "specificity") if data.get("specificity") else None
    return found


urls: list[Any] = [path("triage/", triage, name="triage")]

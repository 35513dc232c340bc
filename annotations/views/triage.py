"""The triage deck: one statement at a time, numbered answers, two questions for most (UX.md 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import WordingForm
from annotations.models import Statement
from annotations.rules import checkworthiness, vocabulary
from annotations.rules.errors import Msgid, Problem, Stale, noop
from annotations.rules.status import status_label
from annotations.services import access, bulk, statements, workflow
from annotations.services.op import Op, writing
from annotations.text import wording
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import alone, both_versions, check_seen, moved_on, valid
from annotations.views.statements import places
from annotations.views.typed import typed_words


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


def card(request: PageRequest, statement: Statement, late: Late | None = None) -> HttpResponse:
    """One statement of the deck; a decision that came back refused keeps what was typed."""
    statement.corpus = request.member.corpus
    context = context_of(request, statement, waiting(request).count())
    form = WordingForm(request.POST if late and "text" in request.POST else None, statement=statement)
    pressed = next(((name, request.POST[name]) for name in PRESSED if name in request.POST), ("action", "facts"))
    context |= {"form": form, "pressed": pressed, **both_versions(form), **(late.answer if late else {})}
    return show(request, "annotations/triage.html", context, status=late.status if late else 200)


#: The buttons of the deck: what was pressed is pressed again with the choice between two versions.
PRESSED = ("answer", "to", "action")


@dataclass(frozen=True, slots=True)
class Late:
    """A card that came back: its status, and the answer that somebody else gave first, beside one's own."""

    status: int
    answer: Mapping[str, Any]


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
        "seen": seen_of(statement),
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
    data = request.POST
    asked, done = _number(data, "id"), _number(data, "done")
    statement = Statement.objects.visible_to(request.member).filter(pk=asked, redirect_to=None).first()
    if statement is None:
        return gone(request)
    statement.corpus = request.member.corpus
    try:
        decided = apply(request, statement)
    except Problem as problem:
        status = refuse(request, problem)
        statement.refresh_from_db()
        if not waiting(request).filter(pk=statement.pk).exists():
            return moved_on(request, statement, back=f"{request.path}?after={statement.pk}&done={done}")
        return card(request, statement, Late(status, answered_twice(data, statement)))
    query = f"after={statement.pk}&done={done + 1}" if decided else f"id={statement.pk}&done={done}"
    return redirect(f"{request.path}?{query}")


def gone(request: PageRequest) -> HttpResponse:
    """What was asked about is not there any more: on to the next, unless something was typed."""
    if typed_words(request.POST):
        raise access.not_found()
    return redirect("triage", request.member.corpus.slug)


def answers_of(statement: Statement) -> dict[str, str]:
    """The answers given so far, by question; "" where there is none."""
    return {name: str(getattr(statement, name) or "") for name in ("q1", "q2", "q3", "q4")}


def seen_of(statement: Statement) -> str:
    """What a card was made from: its place in the deck and the answers."""
    return ".".join((workflow.shown(statement), *answers_of(statement).values()))


def answered_twice(data: QueryDict, statement: Statement) -> dict[str, Any]:
    """For the card: the question that was answered by somebody else first, both answers in words, and how to change
    it to one's own; nothing when the answer is the same or nobody answered."""
    code, mine, _seen = pressed_of(data)
    theirs, question = answers_of(statement).get(code), checkworthiness.question(code)
    if question is None or not theirs or theirs == mine:
        return {}
    words = {answer: _(label) for answer, label in question.answers}
    said = {"label": _(question.text), "theirs": words.get(theirs, ""), "mine": words.get(mine, "")}
    return {"twice": {**said, "value": f"{code}:{mine}:{theirs}"}}


def pressed_of(data: QueryDict) -> tuple[str, str, str]:
    """(question, answer, the answer seen before) of the button that was pressed; `instead` holds all three, for a
    question that somebody else answered."""
    if "answer" in data:
        return data.get("question", ""), data.get("answer", ""), ""
    code, _colon, rest = data.get("instead", "").partition(":")
    value, _colon, seen = rest.partition(":")
    return code, value, seen


def apply(request: PageRequest, statement: Statement) -> bool:
    """Keep wording and facts as typed, then the answer or the decision. True when the statement left the deck."""
    data = request.POST
    with writing(by=request.member) as op:
        row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        form = WordingForm(data, statement=row)
        alone(op, form, row)
        statements.update(op, row, **valid(form).values())
    with writing(by=request.member) as op:
        row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        row.corpus = op.corpus
        return decide(op, row, data)


def decide(op: Op, statement: Statement, data: QueryDict) -> bool:
    """Store the answer or take the step; Stale when somebody answered or took one since the card was shown."""
    here = workflow.shown(statement)
    said = noop("Somebody was quicker: it is “%(status)s” now. What you typed is kept.")
    if here != "untriaged":
        raise Stale("moved_meanwhile", said, status=Msgid(status_label(statement.kind, here)))
    code, value, seen = pressed_of(data)
    if value:
        if answers_of(statement).get(code, "") not in (seen, value):
            raise Stale("answered_meanwhile", noop("Somebody answered this meanwhile. Both answers are shown below."))
        workflow.answer_triage(op, statement, {code: value})
    elif data.get("action") == "again":
        said = noop("Somebody answered meanwhile. Look at the answers again before you take them back.")
        check_seen(data, seen_of(statement), Stale("answered_meanwhile", said))
        workflow.clear_triage(op, statement)
    elif data.get("to"):
        bulk.verb_of(op.by, "move", data.dict())(op, statement)
        return True
    return False


urls: list[Any] = [path("triage/", triage, name="triage")]

"""Working on a check, reviewing one: the pages of the checker and of the second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import BlindForm, CheckForm
from annotations.models import Answer, Evidence, Question, Statement, Verification
from annotations.rules import vocabulary
from annotations.rules.errors import Forbidden, Invalid, Problem, noop
from annotations.services import access, verifications, workflow
from annotations.services.op import Op, writing
from annotations.services.workflow import Asked
from annotations.views.comments import discussion
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.statements import places, statement_of


def open_check(statement: Statement) -> Verification:
    found = verifications.open_one(statement)
    if found is None:
        raise access.not_found()
    return found


@page("tracker", verb="verify")
def check_edit(request: PageRequest, label: str) -> HttpResponse:
    """Questions, answers, evidence, verdict, why. What is still needed stands beside it, in the words of the rules."""
    statement = statement_of(request, label)
    check = open_check(statement)
    if check.author_id != request.member.pk:
        raise Forbidden(
            "not_your_check", noop("This check is %(name)s's. Ask to take it over."), name=str(check.author)
        )
    form = CheckForm(request.POST if request.POST.get("action") == "save" else None, check=check)
    if request.method == "POST" and act(request, check, form):
        to = "statement_detail" if request.POST.get("action") == "send" else "check_edit"
        return redirect(to, statement.corpus.slug, statement.label)
    context = {
        "sent": request.POST,
        "statement": statement,
        "check": check,
        "form": form,
        "places": places(statement, request.member),
        "questions": check.questions.prefetch_related("answers__evidence__source"),
        "unused": statement.evidence.filter(removed_at=None, answer=None).select_related("source"),
        "templates": question_templates(statement),
        "answer_types": vocabulary.ANSWER_TYPES.choices,
        "needed": still_needed(statement, request),
        **discussion(request.member, check),
    }
    return show(request, "annotations/check_edit.html", context)


def still_needed(statement: Statement, request: PageRequest) -> tuple[Problem, ...]:
    """The sentences of the guard that stands before sending, the same as a 409 gives."""
    for move in workflow.moves(statement, request.member):
        if move.transition.target == "in_review":
            return move.missing
    return ()


def question_templates(statement: Statement) -> list[str]:
    return [_(text) for text in TEMPLATES.get(statement.type, ())]


#: Questions that a check of this claim type usually answers (UX.md 4.13).
TEMPLATES = {
    "quantity": (
        noop("What does the named dataset or report say?"),
        noop("What is counted, where and when?"),
        noop("Reported or actual?"),
    ),
    "quotation": (noop("What are the exact words in the original?"), noop("What stands before and after them?")),
    "document_content": (noop("What does the document itself say?"),),
    "event": (noop("Which record shows that it happened?"), noop("Who, when and where?")),
    "rule": (noop("What does the text of the rule say?"), noop("Since when is it in force?")),
    "position": (noop("Which official record shows the position?"),),
    "causal": (noop("Which studies test the link?"),),
}


def act(request: PageRequest, check: Verification, form: CheckForm) -> bool:
    """Whether something was saved; a refusal is said and the page shows what was typed."""
    if form.is_bound and not form.is_valid():
        return False
    try:
        with writing(by=request.member) as op:
            fresh = Verification.objects.get(pk=check.pk)
            if form.is_bound:
                verifications.save(op, fresh, **form.values())
            else:
                ACTIONS.get(request.POST.get("action", ""), _unknown)(op, fresh, request.POST)
    except Problem as problem:
        refuse(request, problem)
        return False
    messages.success(request, _("Saved"))
    return True


def _unknown(op: Op, check: Verification, data: Any) -> None:
    raise Invalid("action_unknown", noop("This page is too old. Load it again."))


def _question(check: Verification, data: Any) -> Question:
    found = check.questions.filter(pk=_id(data, "question")).first()
    if found is None:
        raise access.not_found()
    return found


def _ask(op: Op, check: Verification, data: Any) -> None:
    verifications.ask(op, check, data.get("text", ""))


def _answer(op: Op, check: Verification, data: Any) -> None:
    verifications.reply(
        op,
        _question(check, data),
        text=data.get("text", ""),
        type=data.get("type", ""),
        boolean_explanation=data.get("boolean_explanation", ""),
    )


def _drop(op: Op, check: Verification, data: Any) -> None:
    verifications.drop_question(op, _question(check, data))


def _place(op: Op, check: Verification, data: Any) -> None:
    evidence = Evidence.objects.filter(
        statement_id=check.statement_id, removed_at=None, pk=_id(data, "evidence")
    ).first()
    answer = Answer.objects.filter(question__verification=check, pk=_id(data, "answer")).first()
    if evidence is None:
        raise access.not_found()
    verifications.place(op, evidence, answer)


def _send(op: Op, check: Verification, data: Any) -> None:
    workflow.transition(op, Statement.objects.get(pk=check.statement_id), "in_review")


def _id(data: Any, name: str) -> int:
    """An id of the form, 0 for anything else."""
    value = str(data.get(name, ""))
    return int(value) if value.isdecimal() else 0


ACTIONS = {"ask": _ask, "answer": _answer, "drop": _drop, "place": _place, "send": _send}


@page("review", verb="review")
def review_queue(request: PageRequest) -> HttpResponse:
    """Checks of others that wait for a second person, oldest first; one's own for information."""
    rows = (
        Statement.objects.visible_to(request.member)
        .filter(work="in_review")
        .select_related("assignee")
        .order_by("updated_at")
    )
    found = [(row, verifications.open_one(row)) for row in rows]
    theirs = [(row, check) for row, check in found if check and check.author_id != request.member.pk]
    own = [(row, check) for row, check in found if check and check.author_id == request.member.pk]
    return show(request, "annotations/review_queue.html", {"waiting": theirs, "own": own})


@page("review", verb="review")
def review_blind(request: PageRequest, label: str) -> HttpResponse:
    """First one's own verdict without a trace of the other; then both side by side, and the decision."""
    statement = statement_of(request, label)
    check = open_check(statement)
    verifications.check_second(Op(request.member.corpus, request.member, "", check.updated_at), check)
    mine = check.reviews.filter(reviewer=request.member, decision="").first()
    form = BlindForm(request.POST if request.POST.get("action") == "record" else None)
    if request.method == "POST" and decide(request, statement, check, form):
        return redirect(
            "review_blind" if request.POST["action"] == "record" else "statement_detail",
            statement.corpus.slug,
            statement.label,
        )
    context = {
        "statement": statement,
        "check": check,
        "mine": mine,
        "form": form,
        "places": places(statement, request.member),
        "questions": blind_questions(check),
        "searches": check.search_log,
        "answered": check.questions.prefetch_related("answers__evidence__source") if mine else (),
        "agree": bool(mine and mine.blind_verdict == check.verdict),
        "typed": request.POST.get("note", ""),
        **(discussion(request.member, check) if mine else {}),
    }
    return show(request, "annotations/review_decide.html" if mine else "annotations/review_blind.html", context)


def blind_questions(check: Verification) -> list[dict[str, Any]]:
    """Questions and the quotes found, without answers and stances: what the second person may see before judging."""
    found = []
    for question in check.questions.all():
        rows = Evidence.objects.filter(answer__question=question, removed_at=None).select_related("source")
        found.append(
            {
                "text": question.text,
                "quotes": [{"quote": row.quote, "source": row.source, "locator": row.locator} for row in rows],
            }
        )
    return found


DECISIONS = {"approve": "approved", "return": "changes_requested"}


def decide(request: PageRequest, statement: Statement, check: Verification, form: BlindForm) -> bool:
    """Record one's own verdict, or approve, or send back; False with the reason said when it was refused."""
    name = request.POST.get("action", "")
    if form.is_bound and not form.is_valid():
        return False
    try:
        with writing(by=request.member) as op:
            if form.is_bound:
                verifications.record_blind(op, check, form.cleaned_data["verdict"], form.cleaned_data["why"])
            elif name in DECISIONS:
                fresh = Statement.objects.get(pk=statement.pk)
                workflow.transition(op, fresh, DECISIONS[name], Asked(note=request.POST.get("note", "")))
            else:
                _unknown(op, check, request.POST)
    except Problem as problem:
        refuse(request, problem)
        return False
    return True


urls: list[Any] = [
    path("statements/<str:label>/check/", check_edit, name="check_edit"),
    path("statements/<str:label>/review/", review_blind, name="review_blind"),
    path("review/", review_queue, name="review_queue"),
]

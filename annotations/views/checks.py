"""Working on a check: questions, answers, evidence, verdict; the page of the checker."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import CheckForm
from annotations.models import Answer, Evidence, Member, Question, Statement, Verification
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Forbidden, Invalid, Problem, Stale, noop
from annotations.services import access, verifications, workflow
from annotations.services.op import Op, writing
from annotations.views.comments import discussion
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import alone, both_versions, check_seen, lately, moved_on, valid
from annotations.views.statements import places, statement_of


@page("tracker", verb="verify")
def check_edit(request: PageRequest, label: str) -> HttpResponse:
    """Questions, answers, evidence, verdict, why. What is still needed stands beside it, in the words of the rules."""
    statement = statement_of(request, label)
    check = verifications.open_one(statement)
    if check is None or check.author_id != request.member.pk:
        return not_mine(request, statement, check)
    status = 200
    if request.method == "POST":
        status = act(request, check)
        if status == 302:
            to = "statement_detail" if request.POST.get("action") == "send" else "check_edit"
            return redirect(to, statement.corpus.slug, statement.label)
        statement, check = statement_of(request, label), Verification.objects.get(pk=check.pk)
    form = CheckForm(request.POST if request.POST.get("action") == "save" else None, check=check)
    context = {
        **both_versions(form),
        "twice": answered_twice(check, request.POST) if status == 409 else None,
        "meanwhile": lately(request, statement) if status == 409 and check.state == "in_review" else (),
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
    return show(request, "annotations/check_edit.html", context, status=status)


def not_mine(request: PageRequest, statement: Statement, check: Verification | None) -> HttpResponse:
    """Whose check it is, or that there is none. Who worked on it until now and sent something keeps what was typed."""
    last = check or verifications.latest(statement)
    if request.method == "POST" and last is not None and last.contributors.filter(pk=request.member.pk).exists():
        return moved_on(request, statement, back=statement.get_absolute_url(), discuss=discussed(request.member, last))
    if check is None:
        raise access.not_found()
    raise Forbidden("not_your_check", noop("This check is %(name)s's. Ask to take it over."), name=str(check.author))


def discussed(member: Member, check: Verification) -> str:
    """What a comment on this check stands on; "" for those who do not read what is said about it."""
    readable = Verification.objects.readable_by(member).filter(pk=check.pk).exists()
    return f"verification:{check.pk}" if readable and roles.allows(member.role, "comment") else ""


def answered_twice(check: Verification, data: QueryDict) -> dict[str, Any] | None:
    """The question that was answered in another window first, and both answers; None when it is something else."""
    last = Answer.objects.filter(question__verification=check, question=_id(data, "question")).last()
    if data.get("action") != "answer" or last is None:
        return None
    return {"question": last.question_id, "theirs": last.text, "mine": data.get("text", "")}


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


def act(request: PageRequest, check: Verification) -> int:
    """302 when something was saved; else the status of the page, which says why not and shows what was typed."""
    try:
        with writing(by=request.member) as op:
            fresh = Verification.objects.select_for_update(of=("self",)).get(pk=check.pk)
            ACTIONS.get(request.POST.get("action", ""), _unknown)(op, fresh, request.POST)
    except Problem as problem:
        status = refuse(request, problem)
        return 409 if problem.code == "check_in_review" else status
    messages.success(request, _("Saved"))
    return 302


def _save(op: Op, check: Verification, data: QueryDict) -> None:
    form = CheckForm(data, check=check)
    alone(op, form, check)
    verifications.save(op, check, **valid(form).values())


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
    question = _question(check, data)
    said = noop("This question was answered meanwhile. Both answers are shown below; yours is not saved yet.")
    check_seen(data, question.answers_seen, Stale("answered_meanwhile", said))
    verifications.reply(
        op,
        question,
        text=data.get("text", ""),
        type=data.get("type", ""),
        boolean_explanation=data.get("boolean_explanation", ""),
    )


def _drop(op: Op, check: Verification, data: Any) -> None:
    question = _question(check, data)
    said = noop("This question was answered meanwhile. Look at the answer before you remove it.")
    check_seen(data, question.answers_seen, Stale("answered_meanwhile", said))
    verifications.drop_question(op, question)


def _place(op: Op, check: Verification, data: Any) -> None:
    evidence = Evidence.objects.filter(
        statement_id=check.statement_id, removed_at=None, pk=_id(data, "evidence")
    ).first()
    answer = Answer.objects.filter(question__verification=check, pk=_id(data, "answer")).first()
    if evidence is None:
        raise access.not_found()
    said = noop("This evidence was placed under another answer meanwhile.")
    check_seen(data, evidence.answer_id or "", Stale("placed_meanwhile", said))
    verifications.place(op, evidence, answer)


def _send(op: Op, check: Verification, data: Any) -> None:
    said = noop("This check was changed in another window. Look it through, then send it.")
    check_seen(data, check.version, Stale("changed_meanwhile", said))
    workflow.transition(op, Statement.objects.get(pk=check.statement_id), "in_review")


def _id(data: Any, name: str) -> int:
    """An id of the form, 0 for anything else."""
    value = str(data.get(name, ""))
    return int(value) if value.isdecimal() else 0


ACTIONS = {"save": _save, "ask": _ask, "answer": _answer, "drop": _drop, "place": _place, "send": _send}


urls: list[Any] = [path("statements/<str:label>/check/", check_edit, name="check_edit")]

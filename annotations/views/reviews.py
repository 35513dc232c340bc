"""Reviewing a check: the queue, one's own verdict without a trace of the other, then both and the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from annotations.forms import BlindForm
from annotations.models import Evidence, Review, Statement, Verification
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import access, verifications, workflow
from annotations.services.op import Op, writing
from annotations.services.workflow import Asked
from annotations.views.checks import discussed
from annotations.views.comments import discussion
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import check_seen, moved_on
from annotations.views.statements import places, statement_of
from annotations.views.typed import typed_words


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
    check = verifications.open_one(statement)
    if request.method == "POST" and (check is None or check.state != "in_review"):
        return too_late(request, statement)
    if check is None:
        raise access.not_found()
    verifications.check_second(Op(request.member.corpus, request.member, "", check.updated_at), check)
    form = BlindForm(request.POST if request.POST.get("action") == "record" else None)
    status = decide(request, statement, check, form) if request.method == "POST" else 200
    if status == 302:
        to = "review_blind" if request.POST["action"] == "record" else "statement_detail"
        return redirect(to, statement.corpus.slug, statement.label)
    check.refresh_from_db()
    if check.state != "in_review":  # decided between the two looks
        return too_late(request, statement)
    return ask(request, statement, check, form, status)


def ask(request: PageRequest, statement: Statement, check: Verification, form: BlindForm, status: int) -> HttpResponse:
    """The page for the verdict, or for the decision once one's own is recorded."""
    mine: Review | None = check.reviews.filter(reviewer=request.member, decision="").first()
    moved = request.method == "POST" and bool(mine) == form.is_bound  # the other of the two pages comes back
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
        "typed_words": typed_words(request.POST) if moved else (),
        **(discussion(request.member, check) if mine else {}),
    }
    template = "annotations/review_decide.html" if mine else "annotations/review_blind.html"
    return show(request, template, context, status=status)


def too_late(request: PageRequest, statement: Statement) -> HttpResponse:
    """Somebody decided first, or took the check back: who, and what was typed, which can still be said."""
    last = verifications.latest(statement)
    if last is None:
        raise access.not_found()
    back = reverse("review_queue", args=[statement.corpus.slug])
    return moved_on(request, statement, back=back, discuss=discussed(request.member, last))


def blind_questions(check: Verification) -> list[dict[str, Any]]:
    """Questions and the quotes found, without answers and stances: what the second person may see before judging."""
    found = []
    for question in check.questions.all():
        rows = Evidence.objects.filter(answer__question=question, removed_at=None).select_related("source")
        quotes = [{name: getattr(row, name) for name in BLIND} for row in rows]
        found.append({"text": question.text, "quotes": quotes})
    return found


#: What the second person sees of a piece of evidence: where it stands, and no stance.
BLIND = ("pk", "quote", "locator", "source", "source_id", "snapshot_id")


DECISIONS = {"approve": "approved", "return": "changes_requested"}


def decide(request: PageRequest, statement: Statement, check: Verification, form: BlindForm) -> int:
    """Record one's own verdict, or approve, or send back: 302; else the status of the page, with the reason said."""
    name = request.POST.get("action", "")
    if form.is_bound and not form.is_valid():
        return 200
    try:
        with writing(by=request.member) as op:
            fresh = Verification.objects.select_for_update(of=("self",)).get(pk=check.pk)
            said = noop("The check was changed after you opened it. Read it again; what you typed is kept.")
            check_seen(request.POST, fresh.version, Stale("changed_meanwhile", said))
            if form.is_bound:
                verifications.record_blind(op, fresh, form.cleaned_data["verdict"], form.cleaned_data["why"])
            elif name in DECISIONS:
                row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
                row.corpus = op.corpus
                workflow.transition(op, row, DECISIONS[name], Asked(note=request.POST.get("note", "")))
            else:
                raise Invalid("action_unknown", noop("This page is too old. Load it again."))
    except Problem as problem:
        return refuse(request, problem)
    return 302


urls: list[Any] = [
    path("statements/<str:label>/review/", review_blind, name="review_blind"),
    path("review/", review_queue, name="review_queue"),
]

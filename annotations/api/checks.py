"""Checks of claims over HTTP: start one, write it, and the second person's own verdict and decision."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.rows import add, make, present
from annotations.api.rows import item as row_item
from annotations.api.statements import statement_for
from annotations.http import requests
from annotations.http.paging import page_of
from annotations.http.shapes_checks import verification
from annotations.models import Member, Question, Statement, Verification
from annotations.rules.errors import Refused, noop
from annotations.services import access, verifications, workflow
from annotations.services.op import Op

MOVES = {"approve": "approved", "changes_requested": "changes_requested"}


@api("GET", "POST")
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the checks of a claim, those of others only named until they are approved. POST {reason?, note?}: begin one,
    as the step to in_progress does (what stands against it: 409)."""
    row, member = statement_for(request, pk)
    shape = partial(verification, member=member)
    if request.method != "POST":
        requests.check_query(request, ())
        return answer(page_of(request, row.verifications.filter(removed_at=None).order_by("number"), shape))
    asked = workflow.Asked(**requests.body_of(request, bodies.BEGIN))

    def begin(op: Op) -> Verification:
        workflow.transition(op, present(Statement, row.pk, member, lock=True), "in_progress", asked)
        return open_of(row)

    return make(request, member, Verification, begin, shape)


def open_of(statement: Statement) -> Verification:
    check = verifications.open_one(statement)
    if check is None:
        raise Refused("no_open_check", noop("There is no check under way."))
    return check


def check_for(request: HttpRequest, pk: int) -> tuple[Verification, Member]:
    rows = Verification.objects.filter(removed_at=None, statement__removed_at=None)
    return access.row_for(request.user, rows, pk)


@api("GET", "PATCH")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: as far as this member may read it. PATCH: verdict, reasons, flags, search log ...; by whose check it is."""
    row, member = check_for(request, pk)
    body = requests.body_of(request, bodies.CHECK) if request.method == "PATCH" else {}
    shape = partial(verification, member=member)
    return row_item(request, member, row, shape, change=lambda op, found: verifications.save(op, found, **body))


@api("POST")
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """{text}: one more question; answers with the whole check."""
    row, member = check_for(request, pk)
    text = requests.body_of(request, bodies.QUESTION)["text"]
    shape = partial(verification, member=member)
    return add(request, member, row, lambda op, found: verifications.ask(op, found, text), shape)


def question_for(request: HttpRequest, pk: int) -> tuple[Question, Member]:
    """A question by id, for those whose check it is."""
    row, member = access.row_for(request.user, Question.objects.select_related("verification__statement"), pk)
    verifications.check_writer(member, row.verification)
    return row, member


@api("DELETE")
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a question with its answers; their evidence goes back to “not used yet”. Needs the ETag of the check."""
    row, member = question_for(request, pk)
    shape = partial(verification, member=member)

    def drop(op: Op, check: Verification) -> None:
        verifications.drop_question(op, check.questions.get(pk=row.pk))

    return row_item(request, member, row.verification, shape, remove=drop)


@api("POST")
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """{type, text, boolean_explanation}: an answer to a question; answers with the whole check."""
    row, member = question_for(request, pk)
    body = {"text": "", **requests.body_of(request, bodies.ANSWER)}
    shape = partial(verification, member=member)

    def reply(op: Op, check: Verification) -> None:
        verifications.reply(op, check.questions.get(pk=row.pk), **body)

    return add(request, member, row.verification, reply, shape)


@api("POST")
def reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """{verdict, reason}: one's own verdict, recorded before the other one is shown; answers with the whole check."""
    row, member = check_for(request, pk)
    body = requests.body_of(request, bodies.BLIND)
    shape = partial(verification, member=member)
    return add(request, member, row, lambda op, found: verifications.record_blind(op, found, **body), shape)


@api("POST")
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """{decision: approve | changes_requested, note}: what the second person decides; what stands against it: 409."""
    row, member = check_for(request, pk)
    body = requests.body_of(request, bodies.DECISION)
    target, asked = MOVES[body["decision"]], workflow.Asked(note=body.get("note", ""))

    def decide(op: Op, found: Verification) -> None:
        if verifications.latest(found.statement) != found:
            raise Refused("not_the_latest", noop("There is a later version of this check."))
        workflow.transition(op, present(Statement, found.statement_id, member, lock=True), target, asked)
        found.refresh_from_db()

    response = add(request, member, row, decide, partial(verification, member=member))
    response.status_code = 200  # nothing was made
    return response


urls: list[Any] = [
    path("statements/<int:pk>/verifications/", collection, name="api_verifications"),
    path("verifications/<int:pk>/", item, name="api_verification"),
    path("verifications/<int:pk>/questions/", questions, name="api_questions"),
    path("verifications/<int:pk>/reviews/", reviews, name="api_reviews"),
    path("verifications/<int:pk>/decision/", decision, name="api_decision"),
    path("questions/<int:pk>/", question, name="api_question"),
    path("questions/<int:pk>/answers/", answers, name="api_answers"),
]

"""Occurrences over HTTP: how a passage expresses its statement, who says it, who proposes what to whom; moving it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.annotations import shown
from annotations.api.door import answer, api, check_match, operation
from annotations.api.statements import other
from annotations.http import requests
from annotations.models import Annotation, Member, Occurrence
from annotations.rules.errors import Invalid, noop
from annotations.services import access, merging, occurrences, prefill, statements
from annotations.services.op import Op, Replayed


def rows() -> Any:
    return Occurrence.objects.filter(removed_at=None, annotation__document__removed_at=None).select_related(
        "statement", "annotation__document"
    )


@api("PATCH")
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts of a passage's statement; `like` takes over those of another; `statement` moves the passage to that one."""
    row, member = access.row_for(request.user, rows(), pk)
    if not Annotation.objects.visible_to(member).filter(pk=row.annotation_id).exists():
        raise access.not_found()
    body = requests.body_of(request, bodies.OCCURRENCE)
    try:
        with operation(request, member) as op:
            row = rows().select_for_update(of=("self",)).get(pk=pk)
            check_match(request, row.etag, lambda: current(row, member))
            describe(op, row, body, member)
    except Replayed:
        row.refresh_from_db()
        op = None
    return answer(shown(row.annotation, member), etag=row.etag, op=op)


def current(row: Occurrence, member: Member) -> dict[str, Any]:
    """The passage with its statements as they are now, for the one who was too late."""
    return {**shown(row.annotation, member), "occurrence": row.pk, "occurrence_version": row.version}


def describe(op: Op, row: Occurrence, body: dict[str, Any], member: Member) -> None:
    """One of: take over, move, or say the facts; of a proposal also who proposes and who should act."""
    if "like" in body or "statement" in body:
        alone(body)
    if "like" in body:
        before = rows().filter(corpus=member.corpus, pk=body["like"]).first()
        if before is None:
            raise access.not_found()
        prefill.take_over(op, row, before)
    elif "statement" in body:
        target = other(member, body.pop("statement"), "statement")
        merging.move(op, row, target, **body)
    else:
        roles = {role: body.pop(role) for role in ("proposer", "actor") if role in body}
        for role, names in roles.items() if row.statement.kind == "proposal" else ():
            statements.set_agents(op, row.statement, role, names.replace("；", ";").split(";"))
        if body:
            occurrences.update_occurrence(op, row, **body)


def alone(body: dict[str, Any]) -> None:
    """`like` comes alone, `statement` with the fit and what differs: what else would be meant is not clear."""
    allowed = {"like"} if "like" in body else {"statement", "fit", "difference"}
    for name in body:
        if name not in allowed:
            raise Invalid("field_beside", noop("“%(name)s” cannot be set together with that."), field=name, name=name)


urls: list[Any] = [path("occurrences/<int:pk>/", occurrence, name="api_occurrence")]

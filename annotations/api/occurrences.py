"""Occurrences over HTTP: how a passage expresses its statement, who says it, and who proposes what to whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from annotations.api.annotations import shown
from annotations.api.door import answer, api, check_match, operation
from annotations.http import requests
from annotations.models import Occurrence
from annotations.services import access, occurrences, prefill, statements
from annotations.services.op import Op


@api("PATCH")
def occurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """Voice, speaker, strength, fit of a passage's statement; `{like: id}` takes over the facts of another one."""
    queryset = Occurrence.objects.filter(removed_at=None).select_related("statement", "annotation__document")
    row, member = access.row_for(request.user, queryset, pk)
    body = requests.json_body(request)
    with operation(request, member) as op:
        check_match(request, row.etag, lambda: {"id": row.pk, "version": row.version})
        if "like" in body:
            before = queryset.filter(corpus=member.corpus, pk=requests.integer(body["like"], "like")).first()
            if before is None:
                raise access.not_found()
            prefill.take_over(op, row, before)
        else:
            describe(op, row, body)
    return answer(shown(row.annotation, member), etag=row.etag, op=op)


def describe(op: Op, row: Occurrence, body: dict[str, Any]) -> None:
    """Facts of the passage; of a proposal also `proposer` and `actor`: names in one text, several parted by ;."""
    for role in ("proposer", "actor"):
        if role in body and row.statement.kind == "proposal":
            names = requests.text(body.pop(role), role, 1000).replace("；", ";").split(";")
            statements.set_agents(op, row.statement, role, names)
    if body:
        facts = {name: requests.text(value, name, 500) for name, value in body.items()}
        occurrences.update_occurrence(op, row, **facts)

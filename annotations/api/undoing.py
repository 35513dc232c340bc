"""Undo and redo over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from annotations.api.door import answer, api, operation
from annotations.http import requests
from annotations.services import access, passages
from annotations.services import undo as service
from annotations.services.op import Op


@api("POST")
def undo(request: HttpRequest, corpus: int) -> HttpResponse:
    return run(request, corpus, service.undo)


@api("POST")
def redo(request: HttpRequest, corpus: int) -> HttpResponse:
    return run(request, corpus, service.redo)


def run(request: HttpRequest, corpus: int, how: Callable[[Op, str], None]) -> HttpResponse:
    """Body {op}; answers with the passages as they are now and the ids of those that went."""
    member = access.member_in(request.user, corpus_id=corpus)
    key = requests.text(requests.json_body(request).get("op", ""), "op", 64)
    with operation(request, member) as op:
        how(op, key)
    results, removed = passages.of_op(op, member)
    return answer({"op": op.key, "results": results, "removed": removed}, op=op)

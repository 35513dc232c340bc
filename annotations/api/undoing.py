"""Undo and redo over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from annotations.api.door import answer, api, operation
from annotations.http import requests
from annotations.services import access
from annotations.services import undo as service


@api("POST")
def undo(request: HttpRequest, corpus: int) -> HttpResponse:
    return run(request, corpus, service.undo)


@api("POST")
def redo(request: HttpRequest, corpus: int) -> HttpResponse:
    return run(request, corpus, service.redo)


def run(request: HttpRequest, corpus: int, how: object) -> HttpResponse:
    """Body {op}; answers with what changed, so that pages can follow."""
    member = access.member_in(request.user, corpus_id=corpus)
    key = requests.text(requests.json_body(request).get("op", ""), "op", 64)
    with operation(request, member) as op:
        how(op, key)  # type: ignore[operator]
    changed = [{"type": line.object_type, "id": line.object_id, "kind": line.kind, "document": line.document_id} for line in op.lines]
    return answer({"op": op.key, "changed": changed}, op=op)

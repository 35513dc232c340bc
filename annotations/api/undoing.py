"""Undo and redo over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api, operation
from annotations.http import requests
from annotations.services import access, passages
from annotations.services import undo as service
from annotations.services.op import Op, Replayed


@api("POST")
def undo(request: HttpRequest, corpus: int) -> HttpResponse:
    return run(request, corpus, service.undo)


@api("POST")
def redo(request: HttpRequest, corpus: int) -> HttpResponse:
    return run(request, corpus, service.redo)


def run(request: HttpRequest, corpus: int, how: Callable[[Op, str], None]) -> HttpResponse:
    """Body {op}; answers with the passages as they are now and the ids of those that went."""
    member = access.member_in(request.user, corpus_id=corpus)
    key = requests.body_of(request, bodies.OP)["op"]
    try:
        with operation(request, member) as op:
            op.check("undo_own")
            how(op, key)
    except Replayed as replayed:
        done, touched = replayed.events[0].op, [(e.object_type, e.object_id) for e in replayed.events]
    else:
        done, touched = op.key, [(line.object_type, line.object_id) for line in op.lines]
    results, removed = passages.touched(touched, member)
    response = answer({"op": done, "results": results, "removed": removed})
    response["X-Op"] = done
    return response


urls: list[Any] = [
    path("corpora/<int:corpus>/undo/", undo, name="api_undo"),
    path("corpora/<int:corpus>/redo/", redo, name="api_redo"),
]

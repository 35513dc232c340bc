"""What nearly every address of a row or a list does alike: make under a key; read, change, remove under If-Match."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest, HttpResponse

from annotations.api.door import SAFE, answer, check_match, operation
from annotations.models import Member
from annotations.services import access
from annotations.services.op import Op, Replayed

Row = TypeVar("Row", bound=models.Model)
Shape = Callable[[Row], Mapping[str, Any]]


def etag_of(row: models.Model) -> str:
    """`"<id>-<version>"` of a row that has a version; "" of others."""
    version = getattr(row, "version", None)
    return "" if version is None else f'"{row.pk}-{version}"'


def etag_in(data: Mapping[str, Any]) -> str:
    """The same of a row as it leaves; it may be another one than was asked for (the winner of a merge)."""
    return f'"{data["id"]}-{data["version"]}"' if "version" in data else ""


def make(
    request: HttpRequest, member: Member, model: type[Row], act: Callable[[Op], Row], shape: Shape[Row]
) -> HttpResponse:
    """201 with the row that `act` makes; the same Idempotency-Key again: 200 with that row as it is now."""
    try:
        with operation(request, member) as op:
            row = act(op)
    except Replayed as replayed:
        name = model._meta.model_name
        made = next((event for event in replayed.events if event.object_type == name), replayed.events[0])
        return told(shape(present(model, made.object_id, member)), replayed)
    data = shape(row)
    return answer(data, status=201, etag=etag_in(data), op=op)


def add(
    request: HttpRequest, member: Member, row: Row, act: Callable[[Op, Row], object], shape: Shape[Row]
) -> HttpResponse:
    """201 with the row that `act` added something to, locked meanwhile; 200 on a replay. Nothing of it is overwritten,
    so it needs no If-Match."""
    try:
        with operation(request, member) as op:
            row = present(type(row), row.pk, member, lock=True)
            act(op, row)
    except Replayed as replayed:
        return told(shape(present(type(row), row.pk, member)), replayed)
    data = shape(row)
    return answer(data, status=201, etag=etag_in(data), op=op)


def item(
    request: HttpRequest,
    member: Member,
    row: Row,
    shape: Shape[Row],
    *,
    change: Callable[[Op, Row], object] | None = None,
    remove: Callable[[Op, Row], object] | None = None,
) -> HttpResponse:
    """GET a row; PATCH or POST (`change`) or DELETE (`remove`) it: locked, under If-Match, once per Idempotency-Key."""
    if request.method in SAFE:
        check_there(row)
        data = shape(row)
        return answer(data, etag=etag_in(data))
    gone = request.method == "DELETE"
    act = remove if gone else change
    assert act is not None
    try:
        with operation(request, member) as op:
            row = present(type(row), row.pk, member, lock=True)
            check_there(row)
            check_match(request, etag_of(row), lambda: shape(row))
            act(op, row)
    except Replayed as replayed:
        return told(None if gone else shape(present(type(row), row.pk, member)), replayed)
    if gone:
        return answer(None, status=204, op=op)
    data = shape(row)
    return answer(data, etag=etag_in(data), op=op)


def told(data: Mapping[str, Any] | None, replayed: Replayed) -> HttpResponse:
    """The answer to a key that was used already: what is there now, and the op that it was."""
    response = answer(None, status=204) if data is None else answer(data, etag=etag_in(data))
    response["X-Op"] = replayed.events[0].op
    return response


def check_there(row: models.Model) -> None:
    """A removed row is not there, whoever asks; only the replay of its removal still knows it."""
    if getattr(row, "removed_at", None) is not None:
        raise access.not_found()


def present(model: type[Row], pk: int, member: Member, *, lock: bool = False) -> Row:
    """The row as it is now, in the corpus of the member; with `lock` it is theirs until commit."""
    rows = model._default_manager.filter(pk=pk, corpus_id=member.corpus_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise access.not_found()
    row.corpus = member.corpus  # type: ignore[attr-defined]  # every such table has one
    return row

"""An export is read in one view of the database, keeps no writer waiting, and leaves nothing open behind it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.db import connection

from annotations.formats import FORMATS
from annotations.models import Member, Statement
from annotations.services import collect, statements
from annotations.services.collect.snapshot import steady
from annotations.services.op import writing
from tests.factories import make_cast, make_document, mark

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Callable[[], object]) -> None:
    """Somebody else writes, on a connection of their own, while we read."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


def claim(member: Member, text: str) -> None:
    with writing(by=member) as op:
        statements.create(op, "claim", text)


def counts() -> Iterator[bytes]:
    while True:
        yield str(Statement.objects.count()).encode()


def test_what_is_written_meanwhile_is_not_in_it_and_does_not_wait() -> None:
    cast = make_cast()
    pieces = steady(counts())
    assert next(pieces) == b"0"
    elsewhere(lambda: claim(cast["annotator"], "New"))
    assert next(pieces) == b"0"
    pieces.close()  # the reader went away
    assert Statement.objects.count() == 1
    assert not connection.in_atomic_block
    claim(cast["annotator"], "After it")
    assert Statement.objects.count() == 2


def test_a_dump_that_somebody_writes_into_holds_together() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    mark(cast["annotator"], document, "Experts agree", "claim")
    member = cast["annotator"]
    found = collect.export(member, Statement.objects.visible_to(member))
    tables = dict(found.tables)

    def annotations() -> Iterator[object]:
        yield from found.tables["annotations"]()
        elsewhere(lambda: mark(cast["checker"], document, "233 reported", "claim"))

    tables["annotations"] = annotations
    whole = json.loads(b"".join(steady(FORMATS["json"].write(replace(found, tables=tables)))))
    assert Statement.objects.count() == 2
    assert [len(whole[name]) for name in ("annotations", "statements", "occurrences")] == [1, 1, 1]


def test_a_failure_in_the_middle_ends_the_view() -> None:
    def breaks() -> Iterator[bytes]:
        yield b"1"
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        list(steady(breaks()))
    cast = make_cast()
    assert cast.corpus.pk

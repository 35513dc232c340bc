"""The disk is full: who writes is told so and nothing is half-stored, who reads goes on, and afterwards all is well.

A limit on the size of files does to the server what a full disk does; it is lifted as suddenly as it came.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.faults.crowd import Listener, Writer, wait_for
from tests.faults.house import House

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="prlimit() is Linux's")
SMALL = 8192  # bytes; every file of the database is longer


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def rows(house: House) -> dict[str, int]:
    tables = ("annotations_annotation", "annotations_anchor", "annotations_event", "annotations_document")
    with closing(sqlite3.connect(house.database)) as database:
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def test_a_full_disk_refuses_in_words_and_stores_nothing_by_halves(house: House) -> None:
    pid = house.start()
    writer, listener = Writer(house, 0), Listener(house, 1)
    listener.start()
    writer.once()
    before = rows(house)
    path = f"/api/documents/{house.place.document}/annotations/"
    headers = {"Authorization": f"Bearer {house.place.tokens[0]}", "Content-Type": "application/json"}
    body = json.dumps({"start": 0, "end": 9, "space": "raw"})
    with full_disk(pid):
        for number in range(3):
            status, text = writer.ask("POST", path, body, {**headers, "Idempotency-Key": f"full-{number}"})
            said = json.loads(text)
            assert (status, said["code"]) == (503, "busy") and "not saved" in said["detail"]
        long = json.dumps({"title": "Long", "text": "The committee met again.\n" * 4000})
        status, text = writer.ask("POST", f"/api/corpora/{house.place.corpus}/documents/", long, headers)
        assert status == 503, text[:500]
        assert writer.ask("GET", path, "", headers)[0] == 200
    assert rows(house) == before
    status, text = writer.ask("POST", path, body, {**headers, "Idempotency-Key": "full-0"})
    assert status == 201, text[:500]
    after = rows(house)
    assert after["annotations_annotation"] == before["annotations_annotation"] + 1
    wait_for(lambda: "full-0" in listener.ops or bool(listener.wrong), 20, "the event after the fault")
    listener.finish()
    writer.hang_up()
    assert listener.seqs == list(range(house.place.head + 1, listener.last + 1))
    assert "unbroken" in house.manage("verify_history")
    house.kill()

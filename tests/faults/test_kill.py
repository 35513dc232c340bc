"""The server is killed while eight people write and three pages listen: what was acknowledged stays, and stays once.

FAULT_KILLS says how often (`make faults`: 20).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.faults.crowd import Busy, Listener, Writer, wait_for
from tests.faults.house import House

KILLS = int(os.environ.get("FAULT_KILLS", "3"))
BETWEEN = 25  # acknowledged writes from one death to the next, at least
LISTENERS = 3
END_SECONDS = 8  # the server gives streams and requests 5


@pytest.fixture(scope="module")
def writers(house: House) -> list[Writer]:
    return [Writer(house, number) for number in range(len(house.place.tokens))]


@pytest.fixture(scope="module")
def listeners(house: House) -> list[Listener]:
    return [Listener(house, number) for number in range(LISTENERS)]


@pytest.fixture(scope="module")
def ended(house: House, writers: list[Writer], listeners: list[Listener]) -> float:
    """Kill again and again, let the writers finish, end in order; the seconds that the last end took."""
    house.start()
    crowd: list[Busy] = [*writers, *listeners]
    for one in crowd:
        one.start()
    for _ in range(KILLS):
        seen = count(writers)
        wait_for(lambda: count(writers) >= seen + BETWEEN or any(one.wrong for one in crowd), 60, "writes")  # noqa: B023
        time.sleep(random.random() * 0.2)
        house.kill()
        house.start()
    for writer in writers:
        writer.finish()
    head = head_of(house)
    wait_for(lambda: all(one.last >= head or one.wrong for one in listeners), 60, "the last event at every listener")
    begun = time.monotonic()
    status = house.end(signal.SIGTERM)
    took = time.monotonic() - begun
    assert status == 0
    wait_for(lambda: all(one.names["bye"] for one in listeners), 10, "a good-bye at every listener")
    for one in listeners:
        one.finish()
    return took


def count(writers: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in writers)


def head_of(house: House) -> int:
    with closing(sqlite3.connect(house.database)) as database:
        return int(database.execute("SELECT seq FROM annotations_corpushead").fetchone()[0])


def test_no_acknowledged_write_is_lost_and_none_is_doubled(house: House, ended: float, writers: list[Writer]) -> None:
    wanted = {pk: said for writer in writers for pk, said in writer.notes.items()}
    keys = [key for writer in writers for key in writer.acknowledged]
    with closing(sqlite3.connect(house.database)) as database:
        rows = database.execute("SELECT id, note, version FROM annotations_annotation WHERE removed_at IS NULL")
        stored = {pk: (note, version) for pk, note, version in rows}
        events = database.execute("SELECT op, count(*) FROM annotations_event WHERE part = 0 GROUP BY actor_id, op")
        done = dict(events.fetchall())
    assert len(keys) == len(set(keys)) >= KILLS * BETWEEN
    assert stored == wanted
    assert {key: done.get(key) for key in keys} == dict.fromkeys(keys, 1)
    print(f"{len(keys)} writes, {KILLS} kills: {sum(one.repeated for one in writers)} sent again, "
          f"{sum(one.replayed for one in writers)} of them were stored before")  # fmt: skip


def test_the_database_and_its_history_are_whole(house: House, ended: float) -> None:
    with closing(sqlite3.connect(house.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert "unbroken" in house.manage("verify_history")


def test_listeners_heard_every_event_once_in_order(
    house: House, ended: float, writers: list[Writer], listeners: list[Listener]
) -> None:
    wanted = list(range(house.place.head + 1, head_of(house) + 1))
    keys = {key for writer in writers for key in writer.acknowledged}
    for one in listeners:
        assert one.seqs == wanted
        assert keys <= one.ops
        assert one.names["resync"] == 0 and one.names["200"] >= KILLS


def test_a_signal_ends_it_although_pages_listen(ended: float) -> None:
    assert ended < END_SECONDS


def test_nothing_was_thrown(house: House, ended: float) -> None:
    said = house.log.read_text()
    assert "Traceback" not in said and '"ERROR"' not in said, said[-3000:]

"""Turns between processes: writes that wait together share one, and nobody keeps it unused."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from aigov.sqlite import lock as locks
from aigov.sqlite.lock import WriteLock
from aigov.sqlite.turns import FileTurn


class Holder:
    """Stands for a connection."""


@pytest.mark.parametrize(("seconds", "shared"), [(60.0, True), (-1.0, False)])
def test_who_waits_in_line_shares_the_turn_while_it_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, shared: bool
) -> None:
    monkeypatch.setattr(locks, "TURN_SECONDS", seconds)
    lock, other = WriteLock(str(tmp_path / "db")), FileTurn(str(tmp_path / "db"))  # flock() parts them like processes
    first, second = Holder(), Holder()
    order: list[str] = []
    assert lock.acquire(first, 1)

    def foreign() -> None:
        if other.acquire(10):
            order.append("other")
            other.release()

    def ours() -> None:
        if lock.acquire(second, 10):
            order.append("second")
            lock.release(second)

    threads = [threading.Thread(target=foreign), threading.Thread(target=ours)]
    for thread in threads:
        thread.start()
        time.sleep(0.05)  # the other process stands at the gate before the second one of ours asks
    while not lock._line.has_line():
        time.sleep(0.001)
    lock.release(first)
    for thread in threads:
        thread.join(20)
    assert order == (["second", "other"] if shared else ["other", "second"])
    other.close()
    lock.close()


def test_a_turn_that_was_to_be_shared_is_given_back_when_nobody_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, other = WriteLock(str(tmp_path / "db")), FileTurn(str(tmp_path / "db"))
    first, second = Holder(), Holder()
    assert lock.acquire(first, 1)
    monkeypatch.setattr(lock._line, "has_line", lambda: True)  # and then whoever waited has lost patience
    lock.release(first)
    assert other.acquire(0)
    assert not lock.acquire(second, 0.01)
    other.release()
    assert lock.acquire(second, 1)
    lock.release(second)
    other.close()
    lock.close()

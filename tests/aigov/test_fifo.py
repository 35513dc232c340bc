"""The line in which writers of one process wait: order, time limits, lost holders."""

import gc
import threading
import time

import pytest

from aigov.sqlite.fifo import FifoLock


class Holder:
    """Stands for a connection."""


def wait_until(line: FifoLock, length: int) -> None:
    """Until so many wait in line (two seconds at most)."""
    end = time.monotonic() + 2
    while len(line._line) < length and time.monotonic() < end:
        time.sleep(0.001)
    assert len(line._line) == length


def test_handed_on_in_the_order_of_asking() -> None:
    lock, first, order = FifoLock(), Holder(), []
    assert lock.acquire(first, 0)

    def ask(number: int) -> None:
        me = Holder()
        assert lock.acquire(me, 5)
        order.append(number)
        lock.release(me)

    threads = []
    for number in range(10):
        threads.append(threading.Thread(target=ask, args=(number,)))
        threads[-1].start()
        wait_until(lock, number + 1)
    lock.release(first)
    for thread in threads:
        thread.join(5)
    assert order == list(range(10))


def test_gives_up_after_the_time_limit_and_leaves_the_line() -> None:
    lock, first, second, third = FifoLock(), Holder(), Holder(), Holder()
    assert lock.acquire(first, 0)
    begin = time.monotonic()
    assert not lock.acquire(second, 0.05)
    assert 0.04 < time.monotonic() - begin < 2
    lock.release(first)
    assert lock.acquire(third, 0)


def test_only_the_holder_releases() -> None:
    lock, first, other = FifoLock(), Holder(), Holder()
    assert lock.acquire(first, 0)
    lock.release(other)
    assert not lock.acquire(other, 0)


def test_a_holder_that_was_dropped_does_not_hold_for_ever() -> None:
    lock, first, second = FifoLock(), Holder(), Holder()
    assert lock.acquire(first, 0)
    result: list[bool] = []
    waiting = threading.Thread(target=lambda: result.append(lock.acquire(second, 5)))
    waiting.start()
    wait_until(lock, 1)
    del first
    gc.collect()
    waiting.join(4)
    assert result == [True]
    third = Holder()
    assert not lock.acquire(third, 0)


def test_an_interrupted_wait_blocks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, first, second, third = FifoLock(), Holder(), Holder(), Holder()
    assert lock.acquire(first, 0)

    def interrupted(gate: object, end: float) -> bool:
        lock.release(first)  # handed to the waiting one in the very moment of the interrupt
        raise KeyboardInterrupt

    monkeypatch.setattr(lock, "_wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        lock.acquire(second, 5)
    assert lock.acquire(third, 0)

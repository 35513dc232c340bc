"""A lock that is handed on in the order of asking, and that knows when its holder has been lost."""

import threading
import time
import weakref
from collections import deque

GLANCE_SECONDS = 1.0


class FifoLock:
    """Between threads. The holder is an object (a connection), not a thread: any thread may close a connection.

    `release` wakes exactly the longest waiting one and makes it the holder, so nobody overtakes. The holder is
    kept by weak reference: a connection that was dropped in the middle of a transaction has been rolled back by
    SQLite, and the next waiter that notices (within a second) takes its place. No __del__ is needed, which could
    run inside our own mutex.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._holder: weakref.ref[object] | None = None
        self._line: deque[tuple[threading.Lock, weakref.ref[object]]] = deque()

    def acquire(self, holder: object, timeout: float) -> bool:
        """Wait up to `timeout` seconds in line; whether `holder` now holds the lock."""
        gate, me = threading.Lock(), weakref.ref(holder)
        with self._mutex:
            if self._free() and not self._line:
                self._holder = me
                return True
            gate.acquire()
            self._line.append((gate, me))
        try:
            if self._wait(gate, time.monotonic() + timeout):
                return True
        except BaseException:  # Ctrl-C in the middle: leave the line, or hand on what has just been handed to us
            if self._leave(gate, me):
                self.release(holder)
            raise
        return self._leave(gate, me)

    def release(self, holder: object) -> bool:
        """Hand the lock to the next in line; nothing happens when `holder` does not hold it. Whether somebody has it
        now."""
        with self._mutex:
            if self._holder is not None and self._holder() is holder:
                self._hand_on()
            return self._holder is not None

    def has_line(self) -> bool:
        """Whether somebody waits."""
        return bool(self._line)

    def _wait(self, gate: threading.Lock, end: float) -> bool:
        while (left := end - time.monotonic()) > 0:
            if gate.acquire(timeout=min(left, GLANCE_SECONDS)):
                return True
            with self._mutex:
                if self._free():
                    self._hand_on()
        return False

    def _leave(self, gate: threading.Lock, me: weakref.ref[object]) -> bool:
        """Step out of the line; True when the lock was handed over just before that."""
        with self._mutex:
            if (gate, me) in self._line:
                self._line.remove((gate, me))
                return False
            return True

    def _free(self) -> bool:
        return self._holder is None or self._holder() is None

    def _hand_on(self) -> None:
        self._holder = None
        while self._line:
            gate, next_one = self._line.popleft()
            self._holder = next_one
            gate.release()
            return

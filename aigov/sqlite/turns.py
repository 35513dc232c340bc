"""Turns between processes that write the same database file: an advisory file lock with a gate in front of it."""

import fcntl
import os
import time

PAUSE_SECONDS = 0.0005


class FileTurn:
    """Two lock files beside the database: `<db>.lock` is the turn itself, `<db>.gate` the place of the one who is
    next.

    Whoever wants the turn takes the gate, waits there for the turn and opens the gate again. A process with a
    long line of its own must pass the gate too, so it cannot take turn after turn while another waits. flock()
    belongs to an open file: the kernel lets go of it when the process dies, however it dies.
    """

    def __init__(self, database: str) -> None:
        self._turn = open_lock(f"{database}.lock")
        self._gate = open_lock(f"{database}.gate")

    def acquire(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds; whether the turn is ours."""
        end = time.monotonic() + timeout
        if not take(self._gate, end):
            return False
        try:
            return take(self._turn, end)
        finally:
            fcntl.flock(self._gate, fcntl.LOCK_UN)

    def release(self) -> None:
        """Give the turn back."""
        fcntl.flock(self._turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close both files."""
        os.close(self._turn)
        os.close(self._gate)


def open_lock(path: str) -> int:
    """A descriptor that is not handed to programs started from here."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(descriptor: int, end: float) -> bool:
    """Try until the monotonic time `end`; a blocking flock() could not be given a time limit."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(PAUSE_SECONDS)

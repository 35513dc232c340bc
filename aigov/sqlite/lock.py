"""The write lock of one database: first the line within this process, then the turn between processes."""

import os
import sqlite3
import threading
import time

from aigov.sqlite.fifo import FifoLock
from aigov.sqlite.turns import FileTurn

#: As long as bulk writers hold one. Small writes that wait together share a turn, else each would wait for a batch of
#: its own.
TURN_SECONDS = 0.04
_LOCKS: dict[str, "WriteLock"] = {}
_MUTEX = threading.Lock()
_INHERITED: dict[str, "WriteLock"] = {}  # after a fork: the parent's, kept so that nothing of it is ever closed here


class WriteLock:
    """Held from BEGIN IMMEDIATE to the end of the transaction, or for one writing statement outside transactions.

    `path` is the database file, or None for a database in memory, which no other process can see.
    """

    def __init__(self, path: str | None) -> None:
        self._line = FifoLock()
        self._turn = FileTurn(path) if path else None
        self._path = path
        self._ours, self._since = False, 0.0  # whether this process has the turn; only who holds the line may ask
        self._anchor: sqlite3.Connection | None = None
        self._anchor_mutex = threading.Lock()

    def acquire(self, holder: object, timeout: float) -> bool:
        """Wait up to `timeout` seconds in all; whether `holder` may write now."""
        end = time.monotonic() + timeout
        try:
            if not self._line.acquire(holder, timeout):
                return False
        except BaseException:
            self._give_back_unused()
            raise
        if self._turn is None or self._ours:
            return True
        try:
            self._ours = self._turn.acquire(end - time.monotonic())
        except BaseException:
            self._line.release(holder)
            raise
        self._since = time.monotonic()
        if not self._ours:
            self._line.release(holder)
            return False
        return True

    def release(self, holder: object) -> None:
        """Let the next one write: of this process while the turn lasts, then of another."""
        shared = self._line.has_line() and time.monotonic() - self._since < TURN_SECONDS
        if not shared:
            self._give_back()
        if not self._line.release(holder) and shared:
            self._give_back_unused()

    def _give_back(self) -> None:
        if self._turn is not None and self._ours:
            self._ours = False
            self._turn.release()

    def _give_back_unused(self) -> None:
        """Who was to share the turn has gone: nobody may keep it from other processes."""
        if self._line.acquire(self, 0):
            self._give_back()
            self._line.release(self)

    def drop_anchor(self) -> None:
        """Keep one idle connection open: SQLite checkpoints and deletes the WAL whenever the last connection closes,
        which with short-lived threads would be after every request (five syncs a write instead of two)."""
        with self._anchor_mutex:
            if self._path and self._anchor is None:
                self._anchor = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
                self._anchor.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def close(self) -> None:
        """Let go of the files; for a database that is about to be replaced or removed."""
        with self._anchor_mutex:
            if self._anchor is not None:
                self._anchor.close()
                self._anchor = None
        self.let_go()

    def let_go(self) -> None:
        """Close the lock files without unlocking: a parent's turn must not last as long as its forked child."""
        if self._turn is not None:
            self._turn.close()


def lock_for(path: str | None, name: str) -> WriteLock:
    """The one lock of this database in this process."""
    with _MUTEX:
        if name in _INHERITED:
            raise sqlite3.OperationalError(FORKED)
        if name not in _LOCKS:
            _LOCKS[name] = WriteLock(path)
        return _LOCKS[name]


def forget(name: str) -> None:
    """Close what is kept open for a database file before it is replaced (restore) or removed (tests)."""
    with _MUTEX:
        lock = _LOCKS.pop(name, None)
    if lock is not None:
        lock.close()


FORKED = (
    "This process was forked from one that had the SQLite database open, so its locks would be wrong here. "
    "Start it by spawn or forkserver, or fork before the first query."
)


def _refuse_in_child() -> None:
    """SQLite counts its locks in memory that the child inherits without the locks themselves: even a new
    connection in the child would believe in locks that nobody holds (sqlite.org/howtocorrupt.html, 2.6). So the
    child may not open one.
    """
    global _MUTEX
    _MUTEX = threading.Lock()
    for lock in _LOCKS.values():
        lock.let_go()
    _INHERITED.update(_LOCKS)
    _LOCKS.clear()


os.register_at_fork(after_in_child=_refuse_in_child)

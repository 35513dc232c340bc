"""Carries the write-ahead log into the database file in a thread of its own, so that nobody who saves waits for it.

SQLite does it inside the commit that makes the log longer than 1000 pages: some sixty saves, then one that takes five
times as long, with all others in line behind it. While the thread runs, connections opened after it leave the log to
it. It copies what it can without making anybody wait (PASSIVE); under writers who never rest some of the log is
always left, and so that it cannot grow for ever, the commit after PAGES_MOST does it as before.
"""

import logging
import sqlite3
import threading

PAGES = 1000  # SQLite's own figure
PAGES_MOST = 16_000  # 64 MB, as journal_size_limit
SECONDS = 0.25
REST_SECONDS = 5.0
logger = logging.getLogger(__name__)
_running: set[str] = set()


def pages(path: str) -> int:
    """PRAGMA wal_autocheckpoint for a new connection to this file."""
    return PAGES_MOST if path in _running else PAGES


class Checkpoints(threading.Thread):
    """For one database file, from start() to stop()."""

    def __init__(self, path: str) -> None:
        super().__init__(name="checkpoints", daemon=True)
        self.path = path
        self._stopping = threading.Event()

    def start(self) -> None:
        _running.add(self.path)
        super().start()

    def stop(self, seconds: float) -> bool:
        """Leave the log to the commits again; whether the thread has ended within so many seconds."""
        _running.discard(self.path)
        self._stopping.set()
        self.join(seconds)
        return not self.is_alive()

    def run(self) -> None:
        """Look, copy, sleep; a full disk makes it pause, and the commits say what is wrong with the disk."""
        connection: sqlite3.Connection | None = None
        seen = -1
        while not self._stopping.wait(SECONDS):
            try:
                if connection is None:
                    connection = sqlite3.connect(self.path, isolation_level=None)
                    connection.execute("PRAGMA synchronous=FULL")
                now = connection.execute("PRAGMA data_version").fetchone()[0]
                if now != seen:  # somebody wrote
                    seen = now
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            except sqlite3.Error:
                logger.warning("The log of the database could not be carried over", exc_info=True)
                self._stopping.wait(REST_SECONDS)
        if connection is not None:
            connection.close()

"""The sqlite3 connection and cursor that stand in line before they write.

Why here and not in Django's atomic(): every statement of the process passes a cursor, every end of a transaction
passes the connection, so one rule covers atomic blocks, saves outside them (sessions!), raw SQL and schema changes
alike:

    a statement that may write takes the lock first; whenever no transaction is open any more, the lock is given back.

Savepoints, nested blocks, failed statements and automatic rollbacks (disk full) need no rule of their own: SQLite's
`in_transaction` knows.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from aigov.sqlite.lock import WriteLock

READS = re.compile(
    r"\s*(?:SELECT|VALUES|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK|COMMIT|END|DETACH|ATTACH"
    r"|BEGIN(?:\s+(?:DEFERRED|TRANSACTION))*\s*;?\s*$"
    r"|PRAGMA\s+(?!wal_checkpoint|journal_mode|optimize|incremental_vacuum|user_version\s*=)"
    r"|WITH\b(?!.*\b(?:INSERT|UPDATE|DELETE|REPLACE)\b))",
    re.IGNORECASE | re.DOTALL,
)
Row = tuple[object, ...]


def may_write(sql: str) -> bool:
    """Whether the statement may need SQLite's write lock. What is not known to read counts as a write."""
    return READS.match(sql) is None


class FairConnection(sqlite3.Connection):
    """Holds its place in line from the first statement that may write to the end of the transaction."""

    write_lock: WriteLock  # given by DatabaseWrapper right after opening
    wait_seconds = 20.0
    holding = False

    def stand_in_line(self) -> None:
        """Take the write lock; OperationalError ("database is locked: ...") after wait_seconds."""
        if not self.write_lock.acquire(self, self.wait_seconds):
            raise sqlite3.OperationalError(
                f"database is locked: others have been writing for {self.wait_seconds:g} seconds"
            )
        self.holding = True

    def settle(self) -> None:
        """Give the write lock back unless a transaction is open."""
        if self.holding and not self.in_transaction:
            self.holding = False
            self.write_lock.release(self)

    def commit(self) -> None:
        """End the transaction; when that fails and it stays open, the lock stays too."""
        try:
            super().commit()
        finally:
            self.settle()

    def rollback(self) -> None:
        """Undo the transaction."""
        try:
            super().rollback()
        finally:
            self.settle()

    def close(self) -> None:
        """SQLite rolls back what is open."""
        super().close()
        if self.holding:
            self.holding = False
            self.write_lock.release(self)


class FairCursor(SQLiteCursorWrapper):
    """Asks for the lock where a statement may write.

    Outside a transaction SQLite commits a writing statement when its last row (RETURNING) has been fetched. The
    rows are therefore fetched at once, inside the lock, and handed out from memory.
    """

    connection: FairConnection
    _rows: Iterator[Row] | None = None

    def execute(self, query: str, params: Any = None) -> "FairCursor":
        """Run one statement."""
        self._guarded(query, lambda: super(FairCursor, self).execute(query, params))
        return self

    def executemany(self, query: str, param_list: Any) -> "FairCursor":
        """Run one statement for each set of parameters."""
        self._guarded(query, lambda: super(FairCursor, self).executemany(query, param_list))
        return self

    def executescript(self, sql_script: str) -> "FairCursor":
        """Run several statements; sqlite3 commits what was open before."""
        self._guarded("script", lambda: super(FairCursor, self).executescript(sql_script))
        return self

    def _guarded(self, query: str, run: Callable[[], object]) -> None:
        self._rows = None
        connection = self.connection
        if connection.holding or not may_write(query):
            try:
                run()
            finally:
                connection.settle()
            return
        connection.stand_in_line()
        try:
            run()
            if self.description is not None and not connection.in_transaction:
                self._rows = iter(super().fetchall())
        finally:
            connection.settle()

    def fetchone(self) -> Row | None:
        """The next row, or None."""
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Row]:
        """Up to `size` rows (arraysize unless given)."""
        count = self.arraysize if size is None else size
        if self._rows is None:
            return super().fetchmany(count)
        return list(islice(self._rows, count))

    def fetchall(self) -> list[Row]:
        """All rows that are left."""
        return super().fetchall() if self._rows is None else list(self._rows)

    def __next__(self) -> Row:
        return super().__next__() if self._rows is None else next(self._rows)

"""What Django loads for ENGINE "aigov.sqlite"."""

import os

from django.db import connections
from django.db.backends.sqlite3 import base

from aigov.sqlite import checkpoints
from aigov.sqlite.connection import FairConnection, FairCursor
from aigov.sqlite.lock import WriteLock, forget, lock_for

PRAGMAS = (
    "PRAGMA synchronous=FULL",  # a commit that was acknowledged survives a power cut
    "PRAGMA journal_size_limit=67108864",  # a WAL that grew once shrinks again
    "PRAGMA cache_size=-32000",  # 32 MB a connection
    "PRAGMA trusted_schema=OFF",
)
WAIT_SECONDS = 20.0
_INHERITED: list[object] = []  # after a fork: the parent's connections, kept so that they are never closed here


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite with WAL, durable commits, BEGIN IMMEDIATE and the fair write lock."""

    def get_connection_params(self) -> dict[str, object]:
        """IMMEDIATE always: a transaction that reads first and writes later would fail at once when others
        wrote between."""
        params: dict[str, object] = super().get_connection_params()
        self.transaction_mode = "IMMEDIATE"
        return {"timeout": WAIT_SECONDS} | params | {"factory": FairConnection}

    def get_new_connection(self, conn_params: dict[str, object]) -> FairConnection:
        """An open connection, with its place in line and the settings that the promises rest on."""
        write_lock = self.write_lock()  # first: it refuses a forked child
        connection: FairConnection = super().get_new_connection(conn_params)
        connection.write_lock = write_lock
        connection.wait_seconds = float(str(conn_params["timeout"]))
        self.use_wal(connection)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA wal_autocheckpoint={checkpoints.pages(self.file())}")
        write_lock.drop_anchor()
        return connection

    def write_lock(self) -> WriteLock:
        """The lock that all connections of this process to this database share."""
        if self.is_in_memory_db():
            return lock_for(None, str(self.settings_dict["NAME"]))
        return lock_for(self.file(), self.file())

    def file(self) -> str:
        """The database file, as locks and threads name it."""
        return os.path.realpath(str(self.settings_dict["NAME"]))

    def use_wal(self, connection: FairConnection) -> None:
        """Readers and the writer do not wait for each other. Changing the mode needs the database alone,
        asking does not."""
        if self.is_in_memory_db() or connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        connection.stand_in_line()
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.settle()

    def create_cursor(self, name: str | None = None) -> FairCursor:
        """Every statement of Django passes here."""
        return self.connection.cursor(factory=FairCursor)

    def close_for_good(self) -> None:
        """Also close what is kept open for the file, before it is replaced or removed."""
        self.close()
        forget(self.file())


def _drop_inherited_connections() -> None:
    """In a forked child: forget the parent's connections without closing them; opening new ones is refused
    (lock.py)."""
    for wrapper in connections.all(initialized_only=True):
        if isinstance(wrapper, DatabaseWrapper) and wrapper.connection is not None:
            _INHERITED.append(wrapper.connection)
            wrapper.connection = None
            wrapper.in_atomic_block, wrapper.savepoint_ids, wrapper.needs_rollback = False, [], False


os.register_at_fork(after_in_child=_drop_inherited_connections)

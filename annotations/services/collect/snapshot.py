"""One view of the database for a whole export: what others write meanwhile is not in it, so references always hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def steady(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, all read in one view that ends with the last piece or when the reader goes away.

    Inside a transaction the caller's own view is kept. Nothing may be written on this connection meanwhile: on SQLite
    the view is a read transaction of which Django knows nothing, and it is rolled back at the end.
    """
    if connection.in_atomic_block:
        yield from parts
        return
    with _view():
        yield from parts


@contextmanager
def _view() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                # a slow reader may take its time between two pieces
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield
        return
    # Django's own atomic() would begin IMMEDIATE here and keep every writer out for as long as somebody downloads.
    _run("BEGIN DEFERRED")
    try:
        yield
    finally:
        _run("ROLLBACK")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)

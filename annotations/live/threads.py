"""The few threads in which live events touch the database: never the event loop, never a connection that idles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from django.db import close_old_connections, connection

THREADS = 4  # so many database connections at most, whatever the number of readers
Result = TypeVar("Result")
_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="live")


async def run(work: Callable[..., Result], *values: object) -> Result:
    """The result of `work` from one of the threads. It runs to its end even when nobody waits any more."""
    return await asyncio.get_running_loop().run_in_executor(_pool, partial(_whole, work, *values))


def _whole(work: Callable[..., Result], *values: object) -> Result:
    close_old_connections()
    try:
        return work(*values)
    finally:
        if connection.vendor == "postgresql":
            connection.close()  # back into the pool; SQLite's stays open, it costs nothing

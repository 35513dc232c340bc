"""Jobs, enqueued by name: what is slow happens after the answer, in annotations/jobs.py, which may not be imported from
here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import Task

_wakers: list[Callable[[], None]] = []


def listen(waker: Callable[[], None]) -> None:
    """Have `waker` called, from whatever thread, when a job was committed that may run at once."""
    if waker not in _wakers:
        _wakers.append(waker)


def enqueue(name: str, *args: Any, after: datetime | None = None) -> None:
    """Run `annotations.jobs.<name>(*args)`, not before `after`. A job that is kept in the database is committed
    together with what asked for it, or not at all."""
    job: Task[..., Any] = import_string(f"annotations.jobs.{name}")
    if not task_backends["default"].supports_defer:  # runs at once: what it works on must be committed
        transaction.on_commit(partial(job.enqueue, *args))
        return
    (job.using(run_after=after) if after else job).enqueue(*args)
    if after is None:
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    for waker in list(_wakers):
        waker()

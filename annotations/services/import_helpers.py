"""Preparing chunks of files here and in helper processes, in order, with no more ahead than memory should hold."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from django.conf import settings

from aigov import children
from annotations.services.bulk_load import Ready
from annotations.services.import_files import Failed

AHEAD = 3  # chunks given to each helper, and as many again that are ready and wait for their turn

Chunk = list[str]
Items = list[Ready | Failed]
Prepare = Callable[[Sequence[str], str], Items]  # paths, data folder; a function that can be sent to a process


@dataclass(slots=True)
class Ahead:
    """A chunk on its way: with a helper, or done already."""

    chunk: Chunk
    future: Future[Items] | None = None
    items: Items | None = None

    def ready(self) -> bool:
        return self.items is not None or (self.future is not None and self.future.done())


def prepare_all(chunks: Iterator[Chunk], prepare: Prepare, helpers: int) -> Iterator[tuple[str, Ready | Failed]]:
    """Every file of the chunks with what became of it, in order. With no helpers all is done here."""
    if helpers < 1:
        for chunk in chunks:
            yield from zip(chunk, prepare(chunk, str(settings.DATA_DIR)), strict=True)
        return
    pool = ProcessPoolExecutor(helpers, multiprocessing.get_context("spawn"), children.begin)
    try:  # spawned, not forked: a fork would inherit the open database
        yield from _with_helpers(chunks, prepare, pool, AHEAD * helpers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _with_helpers(
    chunks: Iterator[Chunk], prepare: Prepare, pool: ProcessPoolExecutor, ahead: int
) -> Iterator[tuple[str, Ready | Failed]]:
    root = str(settings.DATA_DIR)
    line: deque[Ahead] = deque()
    while True:
        while sum(one.items is None for one in line) < ahead and (chunk := next(chunks, None)):
            line.append(_hand_over(pool, prepare, chunk, root))
        if not line:
            return
        if not line[0].ready() and len(line) < 2 * ahead and (chunk := next(chunks, None)):
            line.append(Ahead(chunk, items=prepare(chunk, root)))  # no reason to be idle while the helpers work
            continue
        first = line.popleft()
        yield from zip(first.chunk, _result(first, prepare, root), strict=True)


def _hand_over(pool: ProcessPoolExecutor, prepare: Prepare, chunk: Chunk, root: str) -> Ahead:
    try:
        return Ahead(chunk, pool.submit(prepare, chunk, root))
    except BrokenProcessPool:
        return Ahead(chunk, items=prepare(chunk, root))


def _result(one: Ahead, prepare: Prepare, root: str) -> Items:
    """What the helper made; when it died (out of memory, killed), the same work done here."""
    if one.items is not None or one.future is None:
        return one.items or []
    try:
        return one.future.result()
    except BrokenProcessPool:
        return prepare(one.chunk, root)

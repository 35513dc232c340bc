"""One corpus in this process: its last events in memory, read once for all of its readers."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from itertools import takewhile
from typing import Protocol

from annotations.live.threads import run
from annotations.services import feed, presence
from annotations.services.feed import Frame

KEPT = 1000  # events in memory; who is farther behind reads from the database
PAGE = 200
BREATH = 0.1  # seconds from one hand-out to the next: under many writers each stream takes several events at once
REST = 1.0  # after a failed read; what was committed stays to be read
TOGETHER = 0.2  # changes of who is here within so many seconds are one
logger = logging.getLogger(__name__)


class Reader(Protocol):
    """What a topic knows of a stream."""

    member: int

    def doubt(self) -> None:
        """The rights of this member may have changed."""


class Topic:
    """The pump reads what is new after each wake-up; streams wait for `changed` and take from `tail`.

    A stream takes `changed` before it looks at `tail` and waits for that one: what comes in between wakes it.
    """

    def __init__(self, corpus: int, seq: int) -> None:
        self.corpus = corpus
        self.seq = seq
        self.tail: deque[Frame] = deque(maxlen=KEPT)
        self.start = seq  # the seq before the first of `tail`
        self.changed = asyncio.Event()
        self.readers: set[Reader] = set()
        self.people: bytes = b""
        self._work = asyncio.Event()
        self._telling: asyncio.TimerHandle | None = None
        self._pump = asyncio.create_task(self.pump(), name=f"events of corpus {corpus}")

    def wake(self) -> None:
        """Something may be new. On the event loop only."""
        self._work.set()

    def close(self) -> None:
        self._pump.cancel()
        if self._telling:
            self._telling.cancel()

    async def pump(self) -> None:
        """Read what is new, again and again."""
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                await self.read()
                await asyncio.sleep(BREATH)
            except Exception:
                logger.warning("Events of corpus %d could not be read; trying again", self.corpus, exc_info=True)
                await asyncio.sleep(REST)
                self._work.set()

    async def read(self) -> None:
        """Everything after `seq`, page by page, each handed out at once."""
        while True:
            found = await run(feed.frames, self.corpus, self.seq, PAGE)
            if found:
                self.take(found)
            if len(found) < PAGE:
                return

    def take(self, found: list[Frame]) -> None:
        """Keep new events and wake the streams."""
        self.tail.extend(found)
        self.seq = found[-1].seq
        self.start = self.tail[0].seq - 1
        moved = {frame.object_id for frame in found if frame.object_type == "member"}
        for reader in self.readers:
            if reader.member in moved:
                reader.doubt()
        self.ring()

    def ring(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    def after(self, seq: int) -> list[Frame] | None:
        """The events after `seq` that are in memory; None when some are not."""
        if seq < self.start:
            return None
        return list(takewhile(lambda frame: frame.seq > seq, reversed(self.tail)))[::-1]

    def crowd(self, dumps: Callable[[object], bytes]) -> None:
        """Who is here has changed: tell the streams, a little later and at once for all that comes meanwhile."""
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(TOGETHER, self._crowd, dumps)

    def _crowd(self, dumps: Callable[[object], bytes]) -> None:
        self._telling = None
        people = dumps(presence.people(self.corpus))
        if people != self.people:
            self.people = people
            self.ring()

"""The hub, one per process: wake-ups come in from anywhere, each open corpus is a topic, all streams end with it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from django.conf import settings
from django.db import connection

from annotations.live import wires
from annotations.live.threads import run
from annotations.live.topic import Reader, Topic
from annotations.services import feed, presence, wake

#: How often the heads are compared, in case a wake-up was lost. On SQLite commands in other processes cannot wake us.
LOOK_SQLITE, LOOK = 0.5, 3.0
GATHER = 5.0  # between looks at who has gone without a word
logger = logging.getLogger(__name__)


class Hub:
    """Lives on one event loop; `hear` may be called from any thread."""

    def __init__(self) -> None:
        self.topics: dict[int, Topic] = {}
        self.closing = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self._opening: dict[int, asyncio.Lock] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._start(self.look)
        self._start(self.gather)
        for wire in wires.of(settings.REDIS_URL, connection.vendor):
            self._start(wire, self)
        wake.listen(self.hear)

    def _start(self, work: Callable[..., Awaitable[None]], *values: object) -> None:
        self._tasks.append(asyncio.ensure_future(work(*values)))

    def hear(self, message: Mapping[str, Any]) -> None:
        """Somebody wrote, came or went, in this process or another."""
        shown = presence.hear(message)
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._heard, int(message["corpus"]), "seq" in message, shown)

    def _heard(self, corpus: int, wrote: bool, shown: bool) -> None:
        topic = self.topics.get(corpus)
        if topic and wrote:
            topic.wake()
        if topic and shown:
            topic.crowd(orjson.dumps)

    def wake_all(self) -> None:
        """A wire was down: whatever came meanwhile is read now."""
        for topic in self.topics.values():
            topic.wake()

    async def join(self, corpus: int, reader: Reader) -> Topic:
        """The topic of a corpus, with this reader in it."""
        async with self._opening.setdefault(corpus, asyncio.Lock()):
            topic = self.topics.get(corpus)
            if topic is None:
                topic = self.topics[corpus] = Topic(corpus, await run(feed.head, corpus))
                topic.people = orjson.dumps(presence.people(corpus))
            topic.readers.add(reader)
        return topic

    def leave(self, topic: Topic, reader: Reader) -> None:
        topic.readers.discard(reader)
        if not topic.readers and self.topics.get(topic.corpus) is topic:
            del self.topics[topic.corpus]
            topic.close()

    async def look(self) -> None:
        """The safety net: losing every wake-up costs a delay, never an event."""
        while True:
            await asyncio.sleep(LOOK_SQLITE if connection.vendor == "sqlite" else LOOK)
            if not self.topics:
                continue
            try:
                heads = await run(feed.heads, list(self.topics))
            except Exception:
                logger.warning("The heads of the open corpora could not be read", exc_info=True)
                continue
            for corpus, seq in heads.items():
                if (topic := self.topics.get(corpus)) and topic.seq != seq:
                    topic.wake()

    async def gather(self) -> None:
        """Pages that said nothing for a while are gone."""
        while True:
            await asyncio.sleep(GATHER)
            for topic in self.topics.values():
                topic.crowd(orjson.dumps)

    def close(self) -> None:
        """End all streams with a good-bye; their pages come back by themselves. From any thread."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._close)

    def _close(self) -> None:
        if self.closing.is_set():
            return
        self.closing.set()
        wake.unlisten(self.hear)
        for task in self._tasks:
            task.cancel()
        for topic in self.topics.values():
            topic.ring()

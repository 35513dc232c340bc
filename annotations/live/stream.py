"""One reader's stream: server-sent events, a batch a chunk, until somebody leaves, loses the right, or all ends.

`id:` is the seq, so a browser that comes back says by itself where it was. Besides events there are `hello` (the
seq at the start), `people` (who is here; without an id), `resync` (load everything anew) and `bye` (come back later).
"""

from __future__ import annotations

import asyncio
import contextlib
import random

import orjson

from annotations.live import switch
from annotations.live.entry import Entry, Refusal, enter, still
from annotations.live.hub import Hub
from annotations.live.kinds import Receive, Scope, Send
from annotations.live.threads import run
from annotations.live.topic import PAGE, Topic
from annotations.services import feed
from annotations.services.feed import Frame

TICK = 10.0  # seconds: a sign of life through proxies, and a look whether this reader still may
PATIENCE = 30.0  # for a reader who takes nothing
MOST = 3000  # streams of one process
HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"Cookie, Authorization"),
)


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application for GET /api/corpora/<id>/events/ with Accept: text/event-stream."""
    hub = switch.hub()
    if hub.closing.is_set() or sum(len(topic.readers) for topic in hub.topics.values()) >= MOST:
        await refuse(send, Refusal(503, ((b"retry-after", b"5"),), b""))
        return
    found = await run(enter, scope)
    if isinstance(found, Refusal):
        await refuse(send, found)
        return
    stream = Stream(hub, found, send)
    gone = asyncio.ensure_future(left(receive))
    going = asyncio.ensure_future(stream.run())
    try:
        await asyncio.wait({gone, going}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (gone, going):
            task.cancel()
        await asyncio.gather(gone, going, return_exceptions=True)
        stream.end()


async def refuse(send: Send, refusal: Refusal) -> None:
    await send({"type": "http.response.start", "status": refusal.status, "headers": list(refusal.headers)})
    await send({"type": "http.response.body", "body": refusal.body})


async def left(receive: Receive) -> None:
    """Returns when the other side has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Stream:
    """The state of one connection."""

    def __init__(self, hub: Hub, entry: Entry, send: Send) -> None:
        self.hub, self.entry, self._send = hub, entry, send
        self.member, self.seq = entry.member, entry.after
        self.topic: Topic | None = None
        self.people = b""
        self.doubtful = False

    def doubt(self) -> None:
        self.doubtful = True

    def end(self) -> None:
        if self.topic is not None:
            self.hub.leave(self.topic, self)
            self.topic = None

    async def run(self) -> None:
        """Greet, then send what is new until something ends it."""
        self.topic = await self.hub.join(self.entry.corpus, self)
        await self._send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        if self.entry.resync:
            await self.say(b"event: resync\nid: %d\ndata: {}\n\n" % self.entry.head)
            self.seq = self.entry.head
        hello = orjson.dumps({"seq": self.seq, "head": self.entry.head})
        await self.say(b"retry: %d\nevent: hello\ndata: %b\n\n" % (random.randint(500, 2500), hello))
        with contextlib.suppress(TimeoutError, ConnectionError):
            await self.go_on(self.topic)
        with contextlib.suppress(Exception):
            await self._send({"type": "http.response.body", "body": b""})

    async def go_on(self, topic: Topic) -> None:
        while True:
            changed = topic.changed  # before the look: what comes after it wakes us again
            if self.hub.closing.is_set():
                return await self.say(b'event: bye\ndata: {"why":"restart"}\n\n')
            if self.doubtful and not await self.allowed():
                return await self.say(b'event: bye\ndata: {"why":"rights"}\n\n')
            frames = topic.after(self.seq)
            if frames is None:
                frames = await run(feed.frames, self.entry.corpus, self.seq, PAGE)
            if frames:
                await self.tell(frames)
                continue
            if topic.people != self.people:
                self.people = topic.people
                await self.say(b"event: people\ndata: %b\n\n" % self.people)
                continue
            await self.pause(changed)

    async def tell(self, frames: list[Frame]) -> None:
        """Events in one chunk. Seqs have no gaps; should there be one, the reader loads everything anew."""
        if frames[0].seq != self.seq + 1:
            await self.say(b"event: resync\nid: %d\ndata: {}\n\n" % frames[-1].seq)
        else:
            lines = (b"id: %d\ndata: %b\n\n" % (frame.seq, frame.json_for(self.member)) for frame in frames)
            await self.say(b"".join(lines))
        self.seq = frames[-1].seq

    async def pause(self, changed: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(TICK):  # wait_for() would make a task for each reader and event
                await changed.wait()
        except TimeoutError:
            self.doubtful = True
            await self.say(b"event: tick\ndata: {}\n\n")

    async def allowed(self) -> bool:
        self.doubtful = False
        return await run(still, self.entry)

    async def say(self, text: bytes) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._send({"type": "http.response.body", "body": text, "more_body": True})

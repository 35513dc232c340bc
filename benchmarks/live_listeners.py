"""Any number of readers of live events in one process beside the benchmark; not a benchmark itself.

Each keeps one stream open, counts what it hears by seq, and comes back with Last-Event-ID whenever the stream ends. In
a storm it also hangs up by itself: after four seconds on average, for up to a second. A delay runs from the moment in
which the writer had its answer (or from the one in which a reader that was away asked again) to the event.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks import server

STAY, AWAY = 4.0, 1.0  # seconds, in a storm: mean of a stay, longest absence
PATIENCE = 30.0  # for the last event to reach everybody
OP = b'"op":"'


class Listeners:
    """The process, seen from the benchmark. `delays` of the last `finish` are in its figures."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child

    def finish(self, head: int, answered: Mapping[str, float]) -> dict[str, Any]:
        """Wait until everybody has heard event `head`; the figures. `answered`: when each key had its answer."""
        assert self.child.stdin is not None and self.child.stdout is not None
        self.child.stdin.write(json.dumps({"head": head, "answered": dict(answered)}) + "\n")
        self.child.stdin.flush()
        found: dict[str, Any] = json.loads(self.child.stdout.readline())
        return found


@contextlib.contextmanager
def listening(port: int, corpus: int, tokens: list[str], count: int, head: int, storm: bool) -> Iterator[Listeners]:
    """`count` readers who have been greeted; they are gone when the block is left."""
    command = [sys.executable, "-m", "benchmarks.live_listeners"]
    child = subprocess.Popen(command, cwd=server.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None and child.stdout is not None
    try:
        asked = {"port": port, "corpus": corpus, "tokens": tokens, "count": count, "head": head, "storm": storm}
        child.stdin.write(json.dumps(asked) + "\n")
        child.stdin.flush()
        if child.stdout.readline().strip() != "ready":
            raise RuntimeError("The readers of live events were not greeted.")
        yield Listeners(child)
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


class Reader:
    """One person with one page open. `heard`: key of a write, when its event came, when this reader last asked."""

    def __init__(self, head: int) -> None:
        self.last, self.asked = head, 0.0
        self.lost = self.doubled = self.again = self.refused = 0
        self.greeted = asyncio.Event()
        self.heard: list[tuple[str, float, float]] = []

    def take(self, message: bytes, at: float) -> None:
        """One message of the stream."""
        if message.startswith(b"id: "):
            seq = int(message[4 : message.index(b"\n")])
            self.doubled += seq <= self.last
            self.lost += max(0, seq - self.last - 1)
            self.last = max(self.last, seq)
            if (place := message.find(OP)) >= 0:
                key = message[place + len(OP) : message.index(b'"', place + len(OP))]
                self.heard.append((key.decode(), at, self.asked))
        elif b"event: resync" in message:
            self.again += 1
        elif b"event: hello" in message:
            self.greeted.set()


class Stream(asyncio.Protocol):
    """One connection. HTTP/1.0, so that the answer comes without chunks."""

    def __init__(self, reader: Reader, request: bytes) -> None:
        self.reader, self.request = reader, request
        self.rest, self.in_body = b"", False
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.reader.asked = time.monotonic()
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        at = time.monotonic()
        self.rest += data
        if not self.in_body:
            head, found, self.rest = self.rest.partition(b"\r\n\r\n")
            if not found:
                self.rest = head
                return
            self.in_body = True
            self.reader.refused += b" 200 " not in head.partition(b"\r\n")[0]
        *messages, self.rest = self.rest.split(b"\n\n")
        for message in messages:
            self.reader.take(message, at)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


class Crowd:
    """All readers of this process."""

    def __init__(self, asked: Mapping[str, Any]) -> None:
        self.asked, self.storm = asked, bool(asked["storm"])
        self.readers = [Reader(int(asked["head"])) for _ in range(int(asked["count"]))]
        self.connected = 0
        self.tasks = [asyncio.ensure_future(self.listen(reader, n)) for n, reader in enumerate(self.readers)]

    async def listen(self, reader: Reader, number: int) -> None:
        """For ever."""
        token = self.asked["tokens"][number % len(self.asked["tokens"])]
        path = f"/api/corpora/{self.asked['corpus']}/events/"
        while True:
            lines = (
                f"GET {path} HTTP/1.0", "Host: 127.0.0.1", "Accept: text/event-stream",
                f"Authorization: Bearer {token}", f"Last-Event-ID: {reader.last}", "", "",
            )  # fmt: skip
            await self.one_stay(reader, "\r\n".join(lines).encode())
            await asyncio.sleep(random.random() * AWAY)

    async def one_stay(self, reader: Reader, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        try:
            transport, stream = await loop.create_connection(
                lambda: Stream(reader, request), "127.0.0.1", int(self.asked["port"])
            )
        except OSError:
            return
        self.connected += 1
        await reader.greeted.wait()  # nobody hangs up before the first greeting
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stream.ended, random.expovariate(1 / STAY) if self.storm else None)
        transport.abort()

    def figures(self, head: int, answered: Mapping[str, float]) -> dict[str, Any]:
        """What all heard, and how late."""
        delays = sorted(
            1000 * max(0.0, at - max(answered[key], asked))
            for reader in self.readers for key, at, asked in reader.heard if key in answered
        )  # fmt: skip
        readers = self.readers
        return {
            "delivered": len(delays),
            "comebacks": self.connected - len(readers),
            "event p50 ms": round(delays[len(delays) // 2], 1) if delays else -1,
            "event p95 ms": round(delays[int(len(delays) * 0.95)], 1) if delays else -1,
            "event p99 ms": round(delays[int(len(delays) * 0.99)], 1) if delays else -1,
            "events lost": sum(one.lost + max(0, head - one.last) for one in readers),
            "events doubled": sum(one.doubled for one in readers),
            "resyncs": sum(one.again for one in readers),
            "streams refused": sum(one.refused for one in readers),
        }


async def main() -> None:
    loop = asyncio.get_running_loop()
    crowd = Crowd(json.loads(await loop.run_in_executor(None, sys.stdin.readline)))
    for reader in crowd.readers:
        await reader.greeted.wait()
    print("ready", flush=True)
    told = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    crowd.storm, until = False, time.monotonic() + PATIENCE
    while time.monotonic() < until and any(reader.last < told["head"] for reader in crowd.readers):
        await asyncio.sleep(0.05)
    print(json.dumps(crowd.figures(told["head"], told["answered"])), flush=True)


if __name__ == "__main__":
    asyncio.run(main())

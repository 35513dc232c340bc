"""Who uses the server while it is killed: writers that repeat what was not answered, listeners that come back."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from queue import Empty
from typing import Any

from tests.faults.house import House
from tests.live.ear import Ear

PATIENCE = 90.0  # seconds for one write, over however many restarts
BROKEN = (OSError, http.client.HTTPException)
SPAN = 8


class Busy(threading.Thread):
    """A thread that works until it is told to stop, and keeps what went wrong."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.enough = threading.Event()
        self.wrong = ""

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self.once()
        except Exception as error:
            self.wrong = f"{self.name}: {type(error).__name__}: {error}"

    def once(self) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """Let it end what it is at."""
        self.enough.set()
        self.join(PATIENCE + 10)
        assert not self.is_alive() and not self.wrong, self.wrong or f"{self.name} does not end"


class Writer(Busy):
    """Makes passages, each with its key as its note, and writes another note on every third.

    `notes`: what each acknowledged passage must say now, with its version.
    """

    def __init__(self, house: House, number: int) -> None:
        super().__init__(f"writer {number}")
        self.house, self.number, self.count = house, number, 0
        self.connection: http.client.HTTPConnection | None = None
        self.acknowledged: list[str] = []
        self.notes: dict[int, tuple[str, int]] = {}
        self.repeated = self.replayed = 0

    def once(self) -> None:
        key = f"{self.number}-{self.count}"
        start = (self.number * 37 + self.count * 7) % 900
        self.count += 1
        path = f"/api/documents/{self.house.place.document}/annotations/"
        made = self.send("POST", path, {"start": start, "end": start + SPAN, "space": "raw", "note": key}, key)
        self.notes[made["id"]] = (key, 1)
        if self.count % 3 == 0:
            path, match = f"/api/annotations/{made['id']}/", f'"{made["id"]}-1"'
            self.send("PATCH", path, {"note": f"{key} again"}, f"{key}-again", match)
            self.notes[made["id"]] = (f"{key} again", 2)

    def send(self, method: str, path: str, body: dict[str, Any], key: str, match: str = "") -> dict[str, Any]:
        """Until there is an answer: the same words under the same key, as a browser's queue sends them."""
        headers = {
            "Authorization": f"Bearer {self.house.place.tokens[self.number]}", "Content-Type": "application/json",
            "Idempotency-Key": key,
        }  # fmt: skip
        if match:
            headers["If-Match"] = match
        until = time.monotonic() + PATIENCE
        while True:
            status, text = self.ask(method, path, json.dumps(body), headers)
            if status in (200, 201):
                break
            assert status in (0, 503) and time.monotonic() < until, f"{method} {path} {key}: {status} {text[:300]!r}"
            self.repeated += 1
            time.sleep(0.1)
        self.acknowledged.append(key)
        self.replayed += method == "POST" and status == 200
        found: dict[str, Any] = json.loads(text)
        return found

    def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body; 0 when there was no whole answer."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=30)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except BROKEN:
            self.hang_up()
            return 0, b""

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def finish(self) -> None:
        super().finish()
        self.hang_up()


class Listener(Busy):
    """Hears events and comes back with Last-Event-ID, as a browser's EventSource does."""

    def __init__(self, house: House, number: int) -> None:
        super().__init__(f"listener {number}")
        self.house, self.token = house, house.place.tokens[number]
        self.last = house.place.head
        self.seqs: list[int] = []
        self.ops: set[str] = set()
        self.names: Counter[str] = Counter()

    def once(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Last-Event-ID": str(self.last)}
        try:
            ear = Ear(self.house.site, f"/api/corpora/{self.house.place.corpus}/events/", headers)
        except BROKEN:
            time.sleep(0.1)
            return
        try:
            self.names[str(ear.status)] += 1
            if ear.status != 200:
                time.sleep(0.1)
                return
            while not self.enough.is_set() and not (ear.ended.is_set() and ear.heard.empty()):
                self.hear(ear)
        finally:
            ear.close()
            ear.ended.wait(5)

    def hear(self, ear: Ear) -> None:
        try:
            heard = ear.heard.get(timeout=0.2)
        except Empty:
            return
        self.names[heard.name] += 1
        if heard.name == "message":
            self.last = int(heard.id)
            self.seqs.append(self.last)
            self.ops.add(heard.data.get("op", ""))


def wait_for(what: Callable[[], bool], seconds: float, words: str) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, f"not within {seconds:g} s: {words}"
        time.sleep(0.02)

"""A reader of live events over a plain socket, as a browser's EventSource reads them."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Heard:
    """One message: its name (`message` for events), its id and its data."""

    name: str
    id: str
    data: Any
    at: float


class Ear:
    """Opens the stream, hears in a thread, keeps what it heard."""

    def __init__(self, site: str, path: str, headers: dict[str, str]) -> None:
        host = urlsplit(site)
        assert host.hostname and host.port
        self.connection = http.client.HTTPConnection(host.hostname, host.port, timeout=20)
        try:
            self.connection.request("GET", path, headers={"Accept": "text/event-stream", **headers})
            self.response = self.connection.getresponse()
        except BaseException:
            self.connection.close()
            raise
        self.status = self.response.status
        self.heard: Queue[Heard] = Queue()
        self.comments = 0
        self.ended = threading.Event()
        if self.status == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        name, key, data = "message", "", ""
        try:
            while line := self.response.readline():
                text = line.decode().rstrip("\n")
                if text.startswith(":"):
                    self.comments += 1
                elif text.startswith("event: "):
                    name = text[7:]
                elif text.startswith("id: "):
                    key = text[4:]
                elif text.startswith("data: "):
                    data = text[6:]
                elif not text and data:
                    self.heard.put(Heard(name, key, json.loads(data), time.monotonic()))
                    name, data = "message", ""
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.ended.set()

    def next(self, name: str = "message", seconds: float = 10) -> Heard:
        """The next message of that name; others before it are passed over."""
        until = time.monotonic() + seconds
        while True:
            try:
                found = self.heard.get(timeout=max(until - time.monotonic(), 0.001))
            except Empty:
                raise AssertionError(f"no {name} within {seconds} s") from None
            if found.name == name:
                return found

    def nothing(self, name: str = "message", seconds: float = 0.7) -> bool:
        """Whether nothing of that name comes for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if self.heard.get(timeout=max(until - time.monotonic(), 0.001)).name == name:
                    return False
            except Empty:
                break
        return True

    def close(self) -> None:
        """Hang up."""
        if self.connection.sock is not None:
            try:
                self.connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.connection.close()

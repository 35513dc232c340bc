"""The whole application over the test database, by uvicorn in a thread, on a free port of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from aigov.bodies import App, Receive, Scope, Send

STREAMS = "/events/"  # end when somebody leaves; nothing is asked of the database for them then


class Busy:
    """ASGI wrapper that knows how many requests are being answered."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def around(self, app: App) -> App:
        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"].endswith(STREAMS):
                await app(scope, receive, send)
                return
            self._add(1)
            try:
                await app(scope, receive, send)
            finally:
                self._add(-1)

        return counted

    def _add(self, number: int) -> None:
        with self._lock:
            self.count += number

    def wait(self, seconds: float = 10.0) -> None:
        """Until nothing is being answered: pages that are closed say good-bye, and the tables must not be emptied in
        the middle of that. AssertionError after so many seconds."""
        until = time.monotonic() + seconds
        quiet = 0
        while quiet < 3 and time.monotonic() < until:
            quiet = 0 if self.count else quiet + 1
            time.sleep(0.02)
        assert quiet == 3, f"{self.count} requests are still being answered"


busy = Busy()


@contextmanager
def serving() -> Iterator[str]:
    """aigov/asgi.py by uvicorn in a thread; gives the address without a slash at the end."""
    from aigov.asgi import application  # needs Django's settings

    config = uvicorn.Config(
        busy.around(application),
        host="127.0.0.1",
        port=0,
        log_level="error",
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="uvicorn", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port_of(server, thread)}"
    finally:
        server.should_exit = True
        thread.join(10)


def port_of(server: uvicorn.Server, thread: threading.Thread) -> int:
    """The port that the system chose; AssertionError when the server did not come up."""
    until = time.monotonic() + 20
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "uvicorn did not start"
    return int(server.servers[0].sockets[0].getsockname()[1])

"""The whole application over the test database, by uvicorn in a thread, on a free port of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn


@contextmanager
def serving() -> Iterator[str]:
    """aigov/asgi.py by uvicorn in a thread; gives the address without a slash at the end."""
    from aigov.asgi import application  # needs Django's settings

    config = uvicorn.Config(
        application, host="127.0.0.1", port=0, log_level="error", lifespan="on", ws="none", timeout_graceful_shutdown=2
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

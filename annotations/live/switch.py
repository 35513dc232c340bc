"""The hub of this process: made with the first reader, ended with the server."""

from __future__ import annotations

import asyncio
import signal
import threading
from types import FrameType

from annotations.live.hub import Hub

_hub: Hub | None = None


def hub() -> Hub:
    """The hub of the running loop."""
    global _hub
    loop = asyncio.get_running_loop()
    if _hub is None or _hub.loop is not loop:
        if _hub is not None:
            _hub.close()
        _hub = Hub()
    return _hub


def start() -> None:
    """The server starts: open streams must not hold up its end. uvicorn waits for them before it tells the
    application, so the signals are heard here first."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def heard(number: int, frame: FrameType | None, before: object = before) -> None:
            close()
            if callable(before):
                before(number, frame)

        signal.signal(number, heard)


def end() -> None:
    """The server of the running loop ends, and its streams with it; another server of this process goes on."""
    if _hub is not None and _hub.loop is asyncio.get_running_loop():
        _hub.close()


def close() -> None:
    """End all streams of this process. From any thread, from a signal handler, more than once."""
    if _hub is not None:
        _hub.close()

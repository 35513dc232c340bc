"""Small saves, two at a time: while one waits for the disk the other computes.

More at once would not be faster, there is one interpreter lock and one write lock. They would only overtake each other
by chance (with eight the slowest waited three times as long as the middle one), and hold threads that readers need.
"""

import asyncio
import re
from typing import Any

from aigov.bodies import App, Receive, Scope, Send

AT_ONCE = 2
PATIENCE = 1.0  # seconds; who waited that long goes on: something slow is in the way, and a turn is only a courtesy
SMALL = re.compile(r"/api/(?:documents/[0-9]+/annotations|(?:annotations|occurrences|statements)/[0-9]+)/")
WRITES = frozenset(("POST", "PUT", "PATCH", "DELETE"))


class Turns:
    """ASGI wrapper; in the order in which they came, as asyncio's semaphore has it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.loop: Any = None
        self.free = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in WRITES or not SMALL.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        free = self.of_this_loop()
        took = await turn(free)
        try:
            await self.app(scope, receive, send)
        finally:
            if took:
                free.release()

    def of_this_loop(self) -> asyncio.Semaphore:
        """A semaphore belongs to one event loop; tests start more than one."""
        loop = asyncio.get_running_loop()
        if self.loop is not loop:
            self.loop, self.free = loop, asyncio.Semaphore(AT_ONCE)
        return self.free


async def turn(free: asyncio.Semaphore) -> bool:
    """Whether a turn was had, or patience ended."""
    if not free.locked():
        return await free.acquire()
    try:
        async with asyncio.timeout(PATIENCE):
            return await free.acquire()
    except TimeoutError:
        return False

"""One process, two worlds: pages and API are synchronous Django on a few long-lived threads, live events are plain
ASGI.

Django's own ASGI handler would cost two to three times the CPU of each request; live events through it would hold a
thread and a database connection for every reader.
"""

import asyncio
import os
import re
from typing import cast

from aigov import wsgi  # sets Django up, which the next ones need
from aigov.bodies import App, BodyGate, Message, Receive, Scope, Send
from aigov.bridge import Bridge
from aigov.saves import Turns
from annotations import live

THREADS = 8  # each keeps its database connection
FORM_BYTES = 2**20  # fields and boundaries around an uploaded file
EVENTS = re.compile(r"/api/corpora/[0-9]{1,18}/events/")
READ_SECONDS = 30.0  # a reader who takes nothing for that long is given up


class Dispatcher:
    """`events` answers readers of live events, Django everything else (and, without `events`, those too)."""

    def __init__(self, pages: App, events: App | None = None) -> None:
        self.pages = pages
        self.events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif self.events is not None and wants_events(scope):
            await self.events(without_underscores(scope), receive, send)
        else:
            await self.pages(without_underscores(scope), receive, patient(send))


def wants_events(scope: Scope) -> bool:
    """Whether this is a reader of /api/corpora/<id>/events/ who asks for a stream; else it is a page of JSON."""
    if scope["method"] != "GET" or not EVENTS.fullmatch(scope["path"]):
        return False
    return b"text/event-stream" in dict(scope["headers"]).get(b"accept", b"")


def without_underscores(scope: Scope) -> Scope:
    """WSGI writes `-` and `_` of header names alike, so `X_Forwarded_Proto` could pose as the proxy's header:
    dropped."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if b"_" not in name]}


def patient(send: Send) -> Send:
    """A send() that gives a stalled reader up: from then on what the thread writes is dropped, and the thread is
    free soon."""
    gone = False

    async def send_or_drop(message: Message) -> None:
        nonlocal gone
        if gone:
            return
        try:
            await asyncio.wait_for(send(message), READ_SECONDS)
        except TimeoutError:
            gone = True

    return send_or_drop


async def lifespan(receive: Receive, send: Send) -> None:
    """Streams end with the server; threads and connections with the process."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            live.start()
        else:
            live.end()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def largest_body(scope: Scope) -> int:
    """Forms may carry one file of the largest size, all else is JSON; an installation's own limits hold at once."""
    from annotations.services import limits  # its import needs Django set up

    if dict(scope["headers"]).get(b"content-type", b"").startswith(b"multipart/form-data"):
        return limits.of("upload_bytes") + FORM_BYTES
    return limits.of("body_bytes")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aigov.settings")
django = Bridge(wsgi.application, THREADS)
pages = BodyGate(Turns(django), largest_body)
application = Dispatcher(pages, cast(App, live.answer))

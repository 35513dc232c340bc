"""Request bodies: taken in whole by the event loop, counted, and only then given to one of the few threads that run
Django.

So a slow sender costs a buffer and not a thread, a broken upload never reaches a view as if it were complete, and too
large a body is refused while it arrives, whether or not it announced its length.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop, trans_real

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY = "aigov.body"  # in the scope: the whole body as a file, for an app that reads it at once
IN_MEMORY = 2**20  # larger bodies wait in a temporary file without a name
CHUNK = 2**16
PATIENCE_SECONDS = 30.0  # between two pieces, and on top of what SLOWEST allows
SLOWEST = 10_000  # bytes a second
# After a refusal we read on for a little, else the sender sees a broken pipe and no answer.
DRAIN_BYTES, DRAIN_SECONDS = 2**25, 5.0


class Refusal(Exception):
    """A body that is not taken: status, code, title and a msgid with its parameters."""

    def __init__(self, status: int, code: str, title: str, detail: str, params: dict[str, object]) -> None:
        super().__init__(detail)
        self.status, self.code, self.title, self.detail, self.params = status, code, title, detail, params


class Gone(Exception):
    """The sender hung up before the end."""


class BodyGate:
    """ASGI wrapper; `largest(scope)` gives the limit in bytes for this request."""

    def __init__(self, app: App, largest: Callable[[Scope], int]) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            try:
                size = await take_in(receive, spool, headers.get(b"content-length", b""), self.largest(scope))
            except Gone:
                return
            except Refusal as refusal:
                await refuse(refusal, language_of(scope), receive, send)
                return
            spool.seek(0)
            await self.app({**with_length(scope, size), BODY: spool}, replay(spool, size, receive), send)


async def take_in(receive: Receive, spool: IO[bytes], declared: bytes, largest: int) -> int:
    """Read the whole body into the spool; its size in bytes. Refusal when too large or too slow, Gone when cut off."""
    if declared.isdigit() and int(declared) > largest:
        raise too_large(largest)
    size, begin, more = 0, time.monotonic(), True
    while more:
        try:
            message = await asyncio.wait_for(receive(), PATIENCE_SECONDS)
        except TimeoutError:
            raise too_slow() from None
        if message["type"] == "http.disconnect":
            raise Gone
        body = message.get("body", b"")
        size += len(body)
        if size > largest:
            raise too_large(largest)
        spool.write(body)
        more = message.get("more_body", False)
        if more and time.monotonic() - begin > PATIENCE_SECONDS + size / SLOWEST:
            raise too_slow()
    return size


def replay(spool: IO[bytes], size: int, receive: Receive) -> Receive:
    """A receive() that hands the spooled body out in pieces and then waits for the sender to hang up."""
    left = size
    done = False

    async def next_piece() -> Message:
        nonlocal left, done
        if done:
            return await receive()
        piece = spool.read(CHUNK)
        left -= len(piece)
        done = left <= 0
        return {"type": "http.request", "body": piece, "more_body": not done}

    return next_piece


def with_length(scope: Scope, size: int) -> Scope:
    """The scope of a body of known length: WSGI knows no other."""
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"content-length", b"transfer-encoding")]
    return {**scope, "headers": [*kept, (b"content-length", str(size).encode())]}


def too_large(largest: int) -> Refusal:
    """413."""
    detail = gettext_noop("More than the %(limit)s MB allowed here were sent. Nothing was stored. Send smaller files.")
    return Refusal(413, "too_large", gettext_noop("Too large"), detail, {"limit": f"{largest / 1e6:.4g}"})


def too_slow() -> Refusal:
    """408."""
    detail = gettext_noop("What was sent took too long to arrive. Nothing was stored. Send it again.")
    return Refusal(408, "too_slow", gettext_noop("Too slow"), detail, {})


def language_of(scope: Scope) -> str:
    """The best language of ours for the sender's Accept-Language; the request has not reached Django yet."""
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    for code, _ in trans_real.parse_accept_lang_header(accepted):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def problem(refusal: Refusal, language: str) -> bytes:
    """The refusal as problem+json."""
    with translation.override(language):
        title, detail = gettext(refusal.title), gettext(refusal.detail) % refusal.params
    fields = {"type": "about:blank", "title": title, "status": refusal.status, "detail": detail, "code": refusal.code}
    return json.dumps(fields).encode()


async def refuse(refusal: Refusal, language: str, receive: Receive, send: Send) -> None:
    """Answer, read on for a moment so that the answer arrives, and close."""
    body = problem(refusal, language)
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    try:
        await asyncio.wait_for(drain(receive), DRAIN_SECONDS)
    except TimeoutError:
        pass
    await send({"type": "http.response.body", "body": b""})


async def drain(receive: Receive) -> None:
    """Read and drop what is still coming, up to DRAIN_BYTES."""
    size = 0
    while size < DRAIN_BYTES:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            return

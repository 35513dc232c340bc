"""From the event loop to Django: a WSGI application on a few long-lived threads, one crossing there and one back.

The body is whole when the thread begins (aigov/bodies.py), an answer that is not a stream is whole when it ends. With
eight threads over one interpreter lock each crossing in between would wait for all of them, while it may hold the
write lock.
"""

import asyncio
import contextvars
import io
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import WSGIApplication

from aigov.bodies import BODY, Message, Receive, Scope, Send

Post = Callable[[list[Message]], None]
#: How WSGI names these; all other headers begin with HTTP_.
BARE = {b"content-length": "CONTENT_LENGTH", b"content-type": "CONTENT_TYPE"}


class Bridge:
    """ASGI application around a WSGI one; each thread keeps what it opened (its database connection)."""

    def __init__(self, app: WSGIApplication, threads: int) -> None:
        self.app = app
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()

        async def send_all(messages: list[Message]) -> None:
            for message in messages:
                await send(message)

        def post(messages: list[Message]) -> None:
            """From the thread: back when all is sent, so that a slow reader slows the stream."""
            asyncio.run_coroutine_threadsafe(send_all(messages), loop).result()

        context = contextvars.copy_context()  # what a request sets (its language) ends with it
        await send_all(await loop.run_in_executor(self.executor, context.run, self.answer, environ_of(scope), post))

    def answer(self, environ: dict[str, Any], post: Post) -> list[Message]:
        """In a thread: run the application; what is still to be sent. A stream was posted but for its end."""
        head: list[Message] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[..., None]:
            head[:] = [head_of(status, headers)]
            return refuse_write

        found = self.app(environ, start_response)
        try:
            if not getattr(found, "streaming", True):
                return [*head, {"type": "http.response.body", "body": b"".join(found)}]
            return [*stream(found, head, post), {"type": "http.response.body", "body": b""}]
        finally:
            close = getattr(found, "close", None)
            if close is not None:
                close()


def stream(chunks: Iterable[bytes], head: list[Message], post: Post) -> list[Message]:
    """Post the pieces one by one, the head with the first; the head, when there was no piece."""
    for chunk in chunks:
        if chunk:
            post([*head, {"type": "http.response.body", "body": chunk, "more_body": True}])
            head = []
    return head


def head_of(status: str, headers: list[tuple[str, str]]) -> Message:
    """The first message of an answer."""
    lines = [(name.strip().lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": int(status[:3]), "headers": lines}


def refuse_write(data: bytes) -> None:
    """The write() of WSGI is for applications older than Django."""
    raise NotImplementedError


def environ_of(scope: Scope) -> dict[str, Any]:
    """What WSGI calls a request; text is bytes read as Latin-1 there."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": scope.get(BODY) or io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = scope["client"][0], str(scope["client"][1])
    for name, value in scope["headers"]:
        key = BARE.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        between = "; " if key == "HTTP_COOKIE" else ","  # RFC 9113 8.2.3: cookies may come in several lines
        environ[key] = f"{environ[key]}{between}{text}" if key in environ else text
    return environ

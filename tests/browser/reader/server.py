"""HTTP on this machine around the fake: page, static files under the product's content policy, API."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tests.browser.reader.fake import Fake, Json, Refusal
from tests.browser.reader.text import page

STATIC = Path(__file__).resolve().parents[3] / "annotations" / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Handler(BaseHTTPRequestHandler):
    """HTTP around the fake."""

    fake: Fake
    html: Callable[[dict[str, str]], str]
    protocol_version = "HTTP/1.1"
    # Head and body go out as two writes; as real servers do, the second does not wait until the first is acknowledged.
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        """Tests read what they need from the fake's log."""

    def reply(self, status: int, kind: str, data: bytes, op: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", POLICY)
        if op:
            self.send_header("X-Op", op)
        self.end_headers()
        self.wfile.write(data)

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if parts.path.startswith("/static/"):
            file = STATIC / parts.path.removeprefix("/static/")
            found = file.is_file()
            self.reply(200 if found else 404, TYPES.get(file.suffix, "text/plain"), file.read_bytes() if found else b"")
        elif parts.path.startswith("/api/"):
            self.api(parts.path, query, body)
        else:
            self.reply(200, "text/html; charset=utf-8", type(self).html(query).encode())

    def api(self, path: str, query: dict[str, str], body: Json) -> None:
        try:
            answer = self.fake.answer(self.command, path, query, body, dict(self.headers))
        except Refusal as error:
            return self.reply(error.status, "application/problem+json", json.dumps(error.body).encode())
        if answer is None:
            self.close_connection = True
            self.connection.close()
            return None
        data = encoded(answer.body)
        return self.reply(answer.status, "application/json", data, answer.op)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any


def serve(fake: Fake, html: Callable[[dict[str, str]], str] | None = None) -> tuple[ThreadingHTTPServer, str]:
    """Start a server on this machine; the caller shuts it down."""
    render = html or (lambda query: page(fake.blocks, fake.boot(), query))
    handler = type("OwnHandler", (Handler,), {"fake": fake, "html": staticmethod(render)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


def encoded(body: object) -> bytes:
    """JSON; bytes are JSON already."""
    if isinstance(body, bytes):
        return body
    return b"" if body is None else json.dumps(body, ensure_ascii=False).encode()

"""One request to one public address: resolved once, connected to what was judged, ended by one deadline.

The only module that may open a connection (tests/guards/test_outlets.py). Connections go through `Guarded`, so that no
name is looked up a second time between the judgement and the connection.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpcore2
from django.conf import settings

from annotations.services.fetching import problems
from annotations.services.fetching.addresses import is_public
from annotations.services.fetching.body import CODINGS, Body
from annotations.services.fetching.target import Target

AGENT = "Mozilla/5.0 (compatible; aigov source capture)"
ACCEPTS = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a name, in the order in which the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Net:
    """The outside world: a resolver, a way to connect to a number, whom to trust. Tests bring their own."""

    resolve: Callable[[str, int], list[str]] = look_up
    backend: httpcore2.NetworkBackend = field(default_factory=httpcore2.SyncBackend)
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context


class Deadline:
    """Seconds for everything together; a server that sends a byte now and then wins no time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise problems.too_slow(self.seconds)
        return left


class Timed(httpcore2.NetworkStream):
    """A stream whose every step may take what is left of the deadline, whatever it is asked to wait."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.left())

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Timed:
        try:
            stream = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left())
        except httpcore2.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise problems.no_trust(server_hostname or "") from error
            raise
        return Timed(stream, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Guarded(httpcore2.NetworkBackend):
    """Connects to a name only if every address that it leads to may be asked (by default: is public), and then to one
    of exactly those."""

    def __init__(self, net: Net, deadline: Deadline, allows: Callable[[str], bool] = is_public) -> None:
        self.net = net
        self.deadline = deadline
        self.allows = allows

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        addresses = within(self.deadline, lambda: self.resolved(host, port))
        if not addresses or not all(map(self.allows, addresses)):
            raise problems.not_public(host)
        for address in addresses:
            try:
                stream = self.net.backend.connect_tcp(address, port, self.deadline.left())
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
            return Timed(stream, self.deadline)
        self.deadline.left()
        raise problems.no_connection(host)

    def resolved(self, host: str, port: int) -> list[str]:
        try:
            return self.net.resolve(host, port)
        except (OSError, UnicodeError):
            raise problems.unknown_host(host) from None

    def connect_unix_socket(self, path: str, *args: Any, **options: Any) -> httpcore2.NetworkStream:
        raise problems.not_public(path)


def within(deadline: Deadline, call: Callable[[], list[str]]) -> list[str]:
    """What the call gives; the system's resolver knows no deadline, so it is left behind when ours has passed."""
    found: list[list[str]] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            found.append(call())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="look-up", daemon=True)
    thread.start()
    thread.join(deadline.left())
    if failed:
        raise failed[0]
    if not found:
        raise problems.too_slow(deadline.seconds)
    return found[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address said. Headers as they came; the body unpacked."""

    target: Target
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sent: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def location(self) -> str:
        return self.header("location").strip() if self.status in REDIRECTS else ""


Headers = tuple[tuple[str, str], ...]


def ask(target: Target, net: Net, deadline: Deadline, limit: int, accept: Callable[[str], None]) -> Answer:
    """One GET, without cookies, passwords, proxies or a second look-up. `accept` is told the content type of a good
    answer before its body is read, and may refuse it."""
    sent = (
        ("Host", target.authority), ("User-Agent", AGENT), ("Accept", ACCEPTS), ("Accept-Encoding", CODINGS),
        ("Accept-Language", settings.LANGUAGE_CODE + ",zh;q=0.8,*;q=0.5"), ("Connection", "close"),
    )  # fmt: skip
    return exchange(target, sent, None, Guarded(net, deadline), limit, accept)


def tell(target: Target, net: Net, deadline: Deadline, body: bytes, headers: Mapping[str, str]) -> int:
    """One POST of JSON; the status that comes back. What else the answer says is not read."""
    sent = (
        ("Host", target.authority), ("User-Agent", "aigov webhook"), ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))), ("Connection", "close"), *headers.items(),
    )  # fmt: skip
    return exchange(target, sent, body, Guarded(net, deadline), 0, lambda mime: None).status


def exchange(
    target: Target, sent: Headers, content: bytes | None, guard: Guarded, limit: int, accept: Callable[[str], None]
) -> Answer:
    """One request, a GET or, with `content`, a POST, over a connection that the guard makes. `limit` 0: the body of
    the answer is not read."""
    pool = httpcore2.ConnectionPool(
        ssl_context=guard.net.trust(), max_connections=1, max_keepalive_connections=0, retries=0, http1=True,
        http2=False, network_backend=guard,
    )  # fmt: skip
    url = httpcore2.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
    )
    method = "GET" if content is None else "POST"
    try:
        with pool, pool.stream(method, url, headers=list(sent), content=content) as response:
            return _answer(target, response, sent, limit, accept)
    except (httpcore2.TimeoutException, TimeoutError):
        raise problems.too_slow(guard.deadline.seconds) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError):
        raise problems.cut_short(target.host) from None


def _answer(
    target: Target, response: httpcore2.Response, sent: Headers, limit: int,
    accept: Callable[[str], None],
) -> Answer:  # fmt: skip
    headers = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers)
    reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
    head = Answer(target, response.status, reason, headers, b"", sent)
    if response.status >= 300 or not limit:  # what an error page or a redirection says is of no use
        return head
    accept(head.header("content-type"))
    length = head.header("content-length")
    body = Body(head.header("content-encoding"), limit)
    if length.isdigit() and int(length) > limit:
        raise problems.too_large(limit // 10**6)
    for piece in response.iter_stream():
        body.add(piece)
    return Answer(target, response.status, reason, headers, body.end(), sent)

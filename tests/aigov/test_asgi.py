"""The ASGI side: which world answers, how bodies are taken in, counted, refused and given up."""

import asyncio
import json
from collections.abc import Callable, Iterable

import pytest

from aigov import asgi, bodies
from aigov.asgi import Dispatcher, patient, wants_events, without_underscores
from aigov.bodies import BodyGate, Message, Receive, Scope, Send

CHUNKED = [(b"transfer-encoding", b"chunked")]


class Client:
    """One request given in pieces, and what came back."""

    def __init__(self, pieces: Iterable[bytes] = (), hang_up: bool = False, pause: float = 0) -> None:
        self.messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
        if hang_up:
            self.messages.append({"type": "http.disconnect"})
        elif self.messages:
            self.messages[-1]["more_body"] = False
        self.pause = pause
        self.taken = 0
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        await asyncio.sleep(self.pause)
        if not self.messages:
            return {"type": "http.disconnect"}
        self.taken += 1
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        return next((int(message["status"]) for message in self.sent if "status" in message), None)

    def problem(self) -> dict[str, object]:
        """The JSON that was answered."""
        found: dict[str, object] = json.loads(b"".join(message.get("body", b"") for message in self.sent))
        return found


class Echo:
    """Keeps the body that it gets, and its scope."""

    def __init__(self) -> None:
        self.body: bytes | None = None
        self.scope: Scope = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self.body, more = scope, b"", True
        while more:
            message = await receive()
            self.body += message.get("body", b"")
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def scope_of(path: str = "/x", headers: Iterable[tuple[bytes, bytes]] = (), method: str = "POST") -> Scope:
    """An HTTP scope."""
    return {"type": "http", "method": method, "path": path, "headers": list(headers)}


def through_gate(client: Client, headers: Iterable[tuple[bytes, bytes]], largest: int = 10) -> Echo:
    """Send the client's request through a gate; the app behind it."""
    app = Echo()
    asyncio.run(BodyGate(app, lambda scope: largest)(scope_of(headers=headers), client.receive, client.send))
    return app


def length(number: int) -> list[tuple[bytes, bytes]]:
    """The header."""
    return [(b"content-length", str(number).encode())]


def test_a_body_arrives_whole_with_its_length() -> None:
    app = through_gate(Client([b"abc", b"", b"def"]), CHUNKED)
    assert app.body == b"abcdef"
    assert dict(app.scope["headers"]) == {b"content-length": b"6"}


def test_a_large_body_goes_by_a_file_and_comes_in_pieces() -> None:
    piece = bytes(range(256)) * 1024
    app = through_gate(Client([piece] * 10), length(10 * len(piece)), largest=2**24)
    assert app.body == piece * 10


def test_an_empty_body_reaches_the_app() -> None:
    assert through_gate(Client([b""]), length(0)).body == b""
    assert through_gate(Client([b""]), []).body == b""


def test_an_announced_giant_is_refused_unread() -> None:
    client = Client([b"x" * 11])
    app = through_gate(client, length(11))
    assert client.status == 413 and app.body is None
    problem = client.problem()
    assert problem["status"] == 413 and "Nothing was stored" in str(problem["detail"])


def test_an_endless_body_is_refused_while_it_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "DRAIN_BYTES", 20)
    client = Client([b"12345"] * 1000)
    app = through_gate(client, CHUNKED)
    assert client.status == 413 and app.body is None
    assert client.taken < 10
    assert (b"connection", b"close") in client.sent[0]["headers"]


def test_a_cut_off_body_never_reaches_the_app() -> None:
    client = Client([b"12345"], hang_up=True)
    app = through_gate(client, length(10))
    assert app.body is None and client.sent == []


def test_a_silent_sender_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.02)
    client = Client([b"1", b"2"], pause=5)
    monkeypatch.setattr(bodies, "DRAIN_SECONDS", 0.02)
    assert through_gate(client, length(10)).body is None
    assert client.status == 408


def test_a_dripping_sender_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(bodies, "DRAIN_SECONDS", 0.02)
    client = Client([b"1"] * 1000, pause=0.02)
    assert through_gate(client, CHUNKED, largest=2000).body is None
    assert client.status == 408 and client.taken < 20


@pytest.mark.parametrize(
    ("accepted", "code"), [(b"zh-TW,zh;q=0.9,en;q=0.8", "zh-hant"), (b"zh-CN", "zh-hans"), (b"fr", "en"), (b"", "en")]
)
def test_refusals_speak_the_language_of_the_sender(accepted: bytes, code: str) -> None:
    assert bodies.language_of(scope_of(headers=[(b"accept-language", accepted)])) == code


def test_limits_differ_for_forms_and_json() -> None:
    form = asgi.largest_body(scope_of(headers=[(b"content-type", b"multipart/form-data; boundary=x")]))
    assert form > asgi.largest_body(scope_of(headers=[(b"content-type", b"application/json")])) > 2**20


def test_only_streams_of_events_leave_django() -> None:
    stream = [(b"accept", b"text/event-stream")]
    assert wants_events(scope_of("/api/corpora/1/events/", stream, "GET"))
    assert not wants_events(scope_of("/api/corpora/1/events/", stream, "POST"))
    assert not wants_events(scope_of("/api/corpora/1/events/", [(b"accept", b"application/json")], "GET"))
    assert not wants_events(scope_of("/api/corpora/1/statements/", stream, "GET"))
    assert not wants_events(scope_of("/api/corpora/x/events/", stream, "GET"))


def named(name: str, log: list[str]) -> Callable[[Scope, Receive, Send], object]:
    """An app that notes that it was asked."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        log.append(name)

    return app


@pytest.mark.parametrize(("accept", "expected"), [(b"text/event-stream", "events"), (b"*/*", "pages")])
def test_the_dispatcher_chooses(accept: bytes, expected: str) -> None:
    log: list[str] = []
    client = Client()
    dispatcher = Dispatcher(named("pages", log), named("events", log))  # type: ignore[arg-type]
    scope = scope_of("/api/corpora/1/events/", [(b"accept", accept)], "GET")
    asyncio.run(dispatcher(scope, client.receive, client.send))
    assert log == [expected]


def test_lifespan_is_answered() -> None:
    client = Client()
    client.messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    asyncio.run(Dispatcher(Echo())({"type": "lifespan"}, client.receive, client.send))
    assert [message["type"] for message in client.sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_websockets_are_closed() -> None:
    client = Client()
    asyncio.run(Dispatcher(Echo())({"type": "websocket"}, client.receive, client.send))
    assert client.sent == [{"type": "websocket.close", "code": 1000}]


def test_headers_with_underscores_cannot_pose_as_others() -> None:
    scope = without_underscores(scope_of(headers=[(b"x_forwarded_proto", b"https"), (b"x-ok", b"1")]))
    assert scope["headers"] == [(b"x-ok", b"1")]


def test_a_stalled_reader_frees_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "READ_SECONDS", 0.02)
    calls: list[Message] = []

    async def stalled(message: Message) -> None:
        calls.append(message)
        await asyncio.sleep(60)

    async def write() -> None:
        send = patient(stalled)
        for _ in range(100):
            await send({"type": "http.response.body", "body": b"x"})

    asyncio.run(asyncio.wait_for(write(), 5))
    assert len(calls) == 1

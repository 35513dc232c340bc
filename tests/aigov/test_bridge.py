"""From the event loop to WSGI: what is asked, what is answered, streams, errors, and turns of small saves."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from aigov import saves
from aigov.bodies import BODY, BodyGate, Message, Receive, Scope, Send
from aigov.bridge import Bridge, environ_of
from aigov.saves import Turns

SAVE = "/api/documents/1/annotations/"
HEADERS = [("Content-Type", "text/plain"), ("X-Thing", "é")]


def scope_of(path: str = "/x", method: str = "POST", **more: Any) -> Scope:
    """An HTTP scope."""
    bare = {"type": "http", "headers": [], "query_string": b"", "http_version": "1.1"}
    return {**bare, "method": method, "path": path, **more}


class Answer:
    """A WSGI answer: whole, or a stream; it notes whether it was closed."""

    def __init__(self, pieces: Iterable[bytes], streaming: bool) -> None:
        self.pieces, self.streaming, self.closed = pieces, streaming, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def close(self) -> None:
        self.closed = True


def asked(answer: Answer, scope: Scope | None = None) -> tuple[list[Message], dict[str, Any]]:
    """What came back of one request, and the environ that the application got."""
    seen: dict[str, Any] = {}
    sent: list[Message] = []

    def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Answer:
        seen.update(environ, thread=threading.current_thread().name, body=environ["wsgi.input"].read())
        start_response("201 Created", HEADERS)
        return answer

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Bridge(app, 1)(scope or scope_of(), nothing, send))
    return sent, seen


async def nothing() -> Message:
    return {"type": "http.disconnect"}


def test_a_whole_answer_comes_in_one_piece() -> None:
    answer = Answer([b"ab", b"", b"c"], streaming=False)
    sent, seen = asked(answer)
    lines = [(b"content-type", b"text/plain"), (b"x-thing", "é".encode("latin-1"))]
    assert sent[0] == {"type": "http.response.start", "status": 201, "headers": lines}
    assert sent[1:] == [{"type": "http.response.body", "body": b"abc"}]
    assert answer.closed and seen["thread"].startswith("django")


@pytest.mark.parametrize("pieces", [[b"a", b"", b"b"], []])
def test_a_stream_comes_piece_by_piece_and_ends(pieces: list[bytes]) -> None:
    answer = Answer(pieces, streaming=True)
    sent, _ = asked(answer)
    assert [message["type"] for message in sent] == ["http.response.start"] + ["http.response.body"] * (len(sent) - 1)
    assert [message["body"] for message in sent[1:]] == [piece for piece in pieces if piece] + [b""]
    assert [message.get("more_body", False) for message in sent[1:]][-1] is False
    assert answer.closed


def test_a_broken_stream_is_closed_and_told() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a"
        raise OSError("gone")

    answer = Answer(pieces(), streaming=True)
    with pytest.raises(OSError, match="gone"):
        asked(answer)
    assert answer.closed


def test_the_request_as_wsgi_has_it() -> None:
    headers = [
        (b"host", b"x:1"), (b"content-type", b"a/b"), (b"content-length", b"2"), (b"x-a", b"1"), (b"x-a", b"2"),
    ]  # fmt: skip
    scope = scope_of("/风/", headers=headers, query_string=b"q=%E9", client=("10.0.0.1", 7), server=("h", 80))
    _, seen = asked(Answer([], streaming=False), {**scope, BODY: io.BytesIO(b"{}")})
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/风/"
    wanted = {
        "HTTP_HOST": "x:1", "CONTENT_TYPE": "a/b", "CONTENT_LENGTH": "2", "HTTP_X_A": "1,2", "QUERY_STRING": "q=%E9",
        "REMOTE_ADDR": "10.0.0.1", "SERVER_NAME": "h", "SERVER_PORT": "80", "REQUEST_METHOD": "POST", "body": b"{}",
    }  # fmt: skip
    assert {name: seen[name] for name in wanted} == wanted
    assert environ_of(scope_of())["wsgi.input"].read() == b""


def test_the_gate_hands_the_body_over_as_a_file() -> None:
    found: list[bytes] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(scope[BODY].read())

    async def receive() -> Message:
        return {"type": "http.request", "body": b"abc", "more_body": False}

    gate = BodyGate(app, lambda scope: 10)
    asyncio.run(gate(scope_of(headers=[(b"content-length", b"3")]), receive, nothing))  # type: ignore[arg-type]
    assert found == [b"abc"]


class Slow:
    """Counts how many are in it at once."""

    def __init__(self) -> None:
        self.now = self.most = self.done = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        self.done += 1
        if scope.get("fails"):
            raise OSError("broken")


def together(app: Slow, scopes: list[Scope]) -> Turns:
    turns = Turns(app)

    async def all_of_them() -> None:
        await asyncio.gather(*(turns(one, nothing, nothing) for one in scopes), return_exceptions=True)  # type: ignore[arg-type]

    asyncio.run(all_of_them())
    return turns


def test_small_saves_go_two_at_a_time_and_a_broken_one_gives_its_turn_back() -> None:
    app = Slow()
    together(app, [scope_of(SAVE, fails=True) for _ in range(7)])
    assert (app.done, app.most) == (7, saves.AT_ONCE)


@pytest.mark.parametrize(
    ("path", "method"), [(SAVE, "GET"), ("/api/corpora/1/documents/", "POST"), (SAVE + "same/", "POST")]
)
def test_readers_and_large_work_wait_for_nobody(path: str, method: str) -> None:
    app = Slow()
    together(app, [scope_of(path, method) for _ in range(5)])
    assert app.most == 5


def test_who_waited_long_goes_on_without_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saves, "PATIENCE", 0.001)
    app = Slow()
    turns = together(app, [scope_of(SAVE, "PATCH") for _ in range(5)])
    assert app.done == 5 and app.most > saves.AT_ONCE
    assert not turns.free.locked()

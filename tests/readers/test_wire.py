"""What a child says is checked field by field before it is believed."""

import socket
import threading
import time

import orjson
import pytest

from annotations.readers import read
from annotations.readers.problems import unreadable
from annotations.rules.errors import Unreadable
from annotations.sandbox import wire
from tests.readers.vectors import VECTORS, Vector

GOOD = orjson.loads(wire.encode_source(read("标题\n\n".encode() + "一段。".encode() * 90, "a.txt")))
NOTICE = ["lost-bytes", {"count": 1, "charset": "gb18030"}]


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_round_trip(vector: Vector) -> None:
    source = read(vector.data(), vector.name)
    assert wire.decode(wire.encode_source(source), vector.name) == source


def test_problem_round_trip() -> None:
    sent = unreadable("zip-size", "a.docx", limit=100)
    with pytest.raises(Unreadable) as caught:
        wire.decode(wire.encode_problem(sent), "a.docx")
    assert str(caught.value) == str(sent)


def block(*fields: object) -> list[object]:
    return list(fields)


@pytest.mark.parametrize(
    "change",
    [
        {"text": 7},
        {"text": "x"},  # shorter than its blocks
        {"text": "a\r\n" + GOOD["text"]},
        {"text": "a\0" + GOOD["text"]},
        {"reader": "evil"},
        {"rules": ["rm -rf"]},
        {"authors": [1]},
        {"authors": ["x"] * 1001},
        {"authors": None},
        {"facts": {}},
        {"facts": dict(GOOD["facts"], title="x" * 2001)},
        {"facts": dict(GOOD["facts"], title=["x"])},
        {"notices": [["no-such-notice", {}]]},
        {"notices": [["lost-bytes", {}]]},
        {"notices": [["lost-bytes", {"count": 1, "charset": {"a": 1}}]]},
        {"notices": [["lost-bytes", {"count": 1, "charset": "x", "name": "other.txt"}]]},
        {"blocks": [block("title", 0, 2, 1, None, None)]},
        {"blocks": [block("script", 0, 2, 1, None, None, 0)]},
        {"blocks": [block("title", 2, 2, 1, None, None, 0)]},
        {"blocks": [block("title", -1, 2, 1, None, None, 0)]},
        {"blocks": [block("title", 0, 10**9, 1, None, None, 0)]},
        {"blocks": [block("title", 0, 2.5, 1, None, None, 0)]},
        {"blocks": [block("title", True, 2, 1, None, None, 0)]},
        {"blocks": [block("title", 0, 2, 1, None, None, 0), block("paragraph", 1, 3, 0, None, None, 0)]},
        {"blocks": [block("title", 0, 2, 1, None, 0, 0)]},  # a copy of itself
        {"blocks": [block("title", 0, 2, 1, "one", None, 0)]},
        {"blocks": 5},
        {"problem": "no-such-problem", "params": {}},
        {"problem": "zip-size", "params": {}},
        {"problem": "zip-size", "params": {"limit": "x" * 2001}},
        {"problem": ["empty"], "params": {}},
        {"problem": "empty"},
    ],
)
def test_nonsense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Unreadable, match="The reader stopped while reading a.txt"):
        wire.decode(orjson.dumps(GOOD | change), "a.txt")


@pytest.mark.parametrize("answer", [b"", b"{", b"[]", b"7", b"null", b'"x"', b"\xff", b'{"text": "\\ud800"}'])
def test_no_json_is_refused(answer: bytes) -> None:
    with pytest.raises(Unreadable, match="The reader stopped"):
        wire.decode(answer, "a.txt")


def test_good_answers_are_believed() -> None:
    assert wire.decode(orjson.dumps(GOOD | {"notices": [NOTICE]}), "a.txt").notices[0].params["count"] == 1


def test_frames() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        content = b"x" * 3_000_000
        sender = threading.Thread(target=wire.send, args=(theirs, content))
        sender.start()
        assert wire.receive(ours) == content
        sender.join()
        wire.send(theirs, b"")
        assert wire.receive(ours) == b""


def test_frames_that_are_too_long_too_short_or_too_slow() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        wire.send(theirs, b"12345")
        with pytest.raises(ValueError, match="longer than allowed"):
            wire.receive(ours, longest=4)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(wire.LENGTH.pack(10) + b"12345")
        with pytest.raises(TimeoutError):
            wire.receive(ours, deadline=time.monotonic() + 0.05)
        theirs.close()
        with pytest.raises(EOFError):
            wire.exactly(ours, 1)

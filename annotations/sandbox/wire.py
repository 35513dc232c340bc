"""What passes between the server and a reading child: JSON, checked field by field. Never pickle: it would run code.

A child may have been hijacked by the file it read, so nothing it says is believed that decode() has not checked.
"""

import socket
import struct
import time
from typing import Any

import orjson

from annotations.readers import READERS, limits
from annotations.readers.problems import NOTICES, PROBLEMS, notice, unreadable
from annotations.records import Notice, SourceText
from annotations.rules.errors import Unreadable
from annotations.text.blocks import ROLES, Block
from annotations.text.cleaning import normalise

RULES = frozenset(("pdf-lines",))
FACTS = ("charset", "title", "publisher", "published_date", "language", "url")
MAX_FACT = 2000  # code points
MAX_ITEMS = 1000  # authors, notices


HELLO = b"H"  # from the worker: a child will read this file
ANSWER = b"A"  # from the child: a frame of JSON follows
STATUS = b"S"  # from the worker: the child's exit code follows, negative for a signal, LATE when the clock killed it
LATE = 1_000_000
SECONDS = struct.Struct("!d")
LENGTH = struct.Struct("!Q")
CODE = struct.Struct("!i")


def send(connection: socket.socket, content: bytes, mark: bytes = b"") -> None:
    """Write one frame: the mark, eight bytes that say how long the content is, the content."""
    connection.sendall(mark + LENGTH.pack(len(content)))
    connection.sendall(content)


def receive(connection: socket.socket, longest: int | None = None, deadline: float | None = None) -> bytes:
    """Read one frame without its mark. EOFError when the other side stops early, ValueError when it is too long."""
    length = LENGTH.unpack(exactly(connection, LENGTH.size, deadline))[0]
    if longest is not None and length > longest:
        raise ValueError("longer than allowed")
    return exactly(connection, length, deadline)


def exactly(connection: socket.socket, length: int, deadline: float | None = None) -> bytes:
    """Read so many bytes. TimeoutError when the monotonic clock passes `deadline`, EOFError when there are fewer."""
    content = bytearray(length)
    view = memoryview(content)
    while view:
        if deadline is not None:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
        count = connection.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return bytes(content)


def encode_source(source: SourceText) -> bytes:
    """The answer of a child that could read the file."""
    facts = {name: getattr(source, name) for name in FACTS}
    blocks = [[b.role, b.start, b.end, b.level, b.page, b.duplicate_of, b.shift] for b in source.blocks]
    notices = [[n.code, _params(dict(n.params))] for n in source.notices]
    answer = {"text": source.text, "blocks": blocks, "reader": source.reader, "authors": source.authors}
    return orjson.dumps(answer | {"facts": facts, "rules": source.rules, "notices": notices})


def encode_problem(problem: Unreadable) -> bytes:
    """The answer of a child that could not."""
    return orjson.dumps({"problem": problem.code, "params": _params(problem.params)})


def _params(params: dict[str, object]) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in params.items() if name != "name"}


def decode(answer: bytes, filename: str) -> SourceText:
    """The record a child sent. Raises the Unreadable it sent, or "stopped" when the answer makes no sense."""
    try:
        fields = orjson.loads(answer)
        if "problem" in fields:
            raise _problem(fields, filename)
        return _source(fields, filename)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise unreadable("stopped", filename) from error


def _problem(fields: dict[str, Any], filename: str) -> Unreadable:
    if fields["problem"] not in PROBLEMS:
        raise ValueError("unknown problem")
    problem = unreadable(fields["problem"], filename, **_checked_params(fields["params"]))
    str(problem)  # KeyError when a parameter is missing
    return problem


def _source(fields: dict[str, Any], filename: str) -> SourceText:
    text = _text(fields["text"], limits.max_characters())
    _demand(normalise(text) == text)
    reader = fields["reader"]
    _demand(reader in {r.name for r in READERS} and set(fields["rules"]) <= RULES)
    _demand(len(fields["authors"]) <= MAX_ITEMS and len(fields["notices"]) <= MAX_ITEMS)
    facts = {name: _fact(fields["facts"][name]) for name in FACTS}
    authors = tuple(_text(author, MAX_FACT) for author in fields["authors"])
    notices = tuple(_notice(code, params, filename) for code, params in fields["notices"])
    blocks = _blocks(fields["blocks"], len(text))
    return SourceText(text, blocks, reader, authors=authors, rules=tuple(fields["rules"]), notices=notices, **facts)


def _blocks(rows: list[list[Any]], length: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = 0
    for index, (role, start, end, level, page, duplicate_of, shift) in enumerate(rows):
        numbers = (start, end, level, shift, 0 if page is None else page, 0 if duplicate_of is None else duplicate_of)
        _demand(role in ROLES and all(type(number) is int and number >= 0 for number in numbers))
        _demand(at <= start < end <= length and (duplicate_of is None or duplicate_of < index))
        at = end
        blocks.append(Block(role, start, end, level, page, duplicate_of, shift))
    return tuple(blocks)


def _notice(code: str, params: dict[str, Any], filename: str) -> Notice:
    _demand(code in NOTICES)
    found = notice(code, filename, **_checked_params(params))
    str(found)
    return found


def _checked_params(params: dict[str, Any]) -> dict[str, str | int]:
    _demand(len(params) <= 10 and "name" not in params)
    return {name: value if type(value) is int else _text(value, MAX_FACT) for name, value in params.items()}


def _fact(value: object) -> str | None:
    return None if value is None else _text(value, MAX_FACT)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ValueError("no text")
    return value


def _demand(condition: bool) -> None:
    if not condition:
        raise ValueError("the answer contradicts itself")

"""What every export format keeps to: stable names, streaming, flat memory, one reading of the data."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat
from typing import Any

import pytest

from annotations.formats import FORMATS
from annotations.formats.base import CHUNK, chunked
from annotations.records import Export

MANY = 5_000
TEXT_FORMATS = [name for name in FORMATS if name != "xlsx"]


def test_names_programs_rely_on() -> None:
    assert {name: each.extension for name, each in FORMATS.items()} == {
        "csv": "csv",
        "xlsx": "xlsx",
        "json": "json",
        "jsonl": "jsonl",
        "web-annotation": "jsonld",
    }
    assert [name for name, each in FORMATS.items() if each.lossless] == ["json"]
    assert all(each.name == name and each.label and "/" in each.mime for name, each in FORMATS.items())


@pytest.mark.parametrize("name", FORMATS)
def test_writing_twice_gives_the_same(name: str, export: Export) -> None:
    first, second = (b"".join(FORMATS[name].write(export)) for _ in range(2))
    assert first == second if name != "xlsx" else len(first) == len(second)


class Touched(Exception):
    """Somebody has asked for data."""


def touch() -> Iterator[Any]:
    raise Touched


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_read_before_the_first_piece_is_asked_for(name: str, export: Export) -> None:
    untouched = replace(export, rows=touch, passages=touch, tables=dict.fromkeys(export.tables, touch))
    pieces = FORMATS[name].write(untouched)
    with pytest.raises(Touched):
        list(pieces)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_memory_stays_flat(name: str, export: Export) -> None:
    row, passage = next(iter(export.rows())), next(iter(export.passages()))
    (record,) = export.tables["annotations"]()
    many = replace(
        export,
        rows=lambda: repeat(row, MANY),
        passages=lambda: repeat(passage, MANY),
        tables={**export.tables, "annotations": lambda: repeat(record, MANY)},
    )
    tracemalloc.start()
    size = sum(map(len, FORMATS[name].write(many)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 1_500_000
    assert peak < 1_000_000


def test_chunks_are_of_the_size_asked_for() -> None:
    pieces = list(chunked([b"x" * 1000] * 200))
    assert b"".join(pieces) == b"x" * 200_000
    assert all(CHUNK <= len(piece) < CHUNK + 1000 for piece in pieces[:-1])
    assert list(chunked([])) == []

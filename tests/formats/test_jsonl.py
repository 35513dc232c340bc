"""JSON Lines: one object per passage, nothing before, between or after."""

import json
from collections.abc import Callable, Iterator

from annotations.formats.jsonl import write
from annotations.records import Export, PassageRow


def test_one_line_per_passage(export: Export) -> None:
    data = b"".join(write(export))
    assert data.endswith(b"}\n")
    objects = [json.loads(line) for line in data[:-1].split(b"\n")]
    assert objects == [json.loads(json.dumps(row._asdict())) for row in export.passages()]
    assert list(objects[0]) == list(PassageRow._fields)


def test_offsets_are_numbers_and_nothing_is_escaped(export: Export) -> None:
    data = b"".join(write(export))
    assert b'"start":20,"end":32' in data
    assert "=HYPERLINK 𠮷".encode() in data


def test_no_passages_give_an_empty_file(exporting: Callable[..., Export]) -> None:
    assert list(write(exporting(passages=[]))) == []


def test_passages_are_read_while_the_file_is_taken(exporting: Callable[..., Export], export: Export) -> None:
    taken = 0
    row = next(iter(export.passages()))

    def endless() -> Iterator[PassageRow]:
        nonlocal taken
        while True:
            taken += 1
            yield row

    next(write(exporting(passages=endless())))
    assert taken < 200

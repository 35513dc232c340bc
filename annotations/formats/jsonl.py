"""JSON Lines: one object per passage, the fields of PassageRow; for scripts and for machine learning."""

from collections.abc import Iterator
from itertools import islice

import orjson

from annotations.formats import losses
from annotations.formats.base import Format, chunked
from annotations.records import Export, PassageRow
from annotations.rules.errors import noop

_BATCH = 64
_FIELDS = PassageRow._fields


def write(export: Export) -> Iterator[bytes]:
    """One line per passage, each ended by LF, in pieces of about 64 kB; offsets are code points of the raw text."""
    return chunked(_parts(export))


def _parts(export: Export) -> Iterator[bytes]:
    rows = iter(export.passages())
    dumps, option = orjson.dumps, orjson.OPT_APPEND_NEWLINE
    while batch := list(islice(rows, _BATCH)):
        yield b"".join([dumps(dict(zip(_FIELDS, row, strict=True)), option=option) for row in batch])


FORMAT = Format(
    name="jsonl",
    label=noop("JSON Lines, one passage per line"),
    extension="jsonl",
    mime="application/x-ndjson",
    write=write,
    losses=losses.reporter(*losses.PASSAGES),
)

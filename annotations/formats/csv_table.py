"""CSV for analysts: one line per occurrence, every cell quoted, safe to open in a spreadsheet (research/domain.md 5.1).

UTF-8 with a byte order mark and CRLF, because Excel needs both; the columns are the fields of OccurrenceRow in order.
Whole batches of rows are cleaned and quoted by byte operations: twelve million cells cost a few seconds, not a minute.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from annotations.formats import losses
from annotations.formats.base import Format, chunked
from annotations.formats.guard import guard_row, strip_controls
from annotations.records import Export, OccurrenceRow
from annotations.rules.errors import noop

# Separators that cannot stand in a cell: both are control characters, which cells lose.
_CELL_END, _ROW_END = "\x1f", "\x1e"
_CELL_BYTE, _ROW_BYTE = b"\x1f", b"\x1e"
_REMOVED = bytes(set(range(0x20)) - set(b"\t\n\r\x1e\x1f")) + b"\x7f"
# U+0080 to U+009F in UTF-8; 0xC2 is always the first byte of a character.
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_BATCH = 64


def write(export: Export) -> Iterator[bytes]:
    """The whole table in pieces of about 64 kB; rows are read as the pieces are taken."""
    return chunked(_parts(export))


def _parts(export: Export) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + encode_rows([OccurrenceRow._fields])
    rows = iter(export.rows())
    while batch := list(islice(rows, _BATCH)):
        yield encode_rows(batch)


def encode_rows(rows: Sequence[Sequence[str]]) -> bytes:
    """At least one row, as CSV lines (RFC 4180) in UTF-8: guarded, quoted, each ended by CRLF."""
    text = _joined(guard_row(row) for row in rows)
    if text.count(_CELL_END) != sum(map(len, rows)) - len(rows) or text.count(_ROW_END) != len(rows) - 1:
        text = _joined([strip_controls(cell) for cell in guard_row(row)] for row in rows)
    data = text.encode("utf-8", "replace").translate(None, _REMOVED).replace(b'"', b'""')
    if b"\xc2" in data:
        data = _C1.sub(b"", data)
    return b'"' + data.replace(_CELL_BYTE, b'","').replace(_ROW_BYTE, b'"\r\n"') + b'"\r\n'


def _joined(rows: Iterable[Sequence[str]]) -> str:
    return _ROW_END.join(map(_CELL_END.join, rows))


_losses = losses.reporter(losses.BARE_PASSAGES, *losses.TABLE, losses.CONTROLS, losses.APOSTROPHES)
FORMAT = Format("csv", noop("CSV table"), "csv", "text/csv; charset=utf-8", write, _losses)

"""CSV: what a CSV reader and a spreadsheet make of it, and that it streams."""

import csv
import io
from collections.abc import Callable, Iterator

from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.csv_table import encode_rows, write
from annotations.formats.guard import guard
from annotations.records import Export, OccurrenceRow


def parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_bytes_of_a_small_table(export: Export) -> None:
    data = b"".join(write(export))
    assert data.startswith(b'\xef\xbb\xbf"statement_id","kind","type",')
    assert data.endswith(b'"\r\n')
    assert data.count(b"\xef\xbb\xbf") == 1
    assert b'"says ""so""\nand more"' in data
    assert ',"\'=HYPERLINK 𠮷",'.encode() in data
    assert b'"\'-3"' in data


def test_a_csv_reader_gets_the_rows_back(export: Export) -> None:
    header, *rows = parsed(b"".join(write(export)))
    assert header == list(OccurrenceRow._fields)
    assert rows == [[guard(cell) for cell in row] for row in export.rows()]


def test_no_rows_give_a_header_alone(exporting: Callable[..., Export]) -> None:
    assert len(parsed(b"".join(write(exporting(rows=[]))))) == 1


def test_every_cell_is_quoted() -> None:
    assert encode_rows([("", "a"), ("b", "")]) == b'"","a"\r\n"b",""\r\n'


def test_separators_inside_cells_do_not_move_columns() -> None:
    assert parsed(encode_rows([("a\x1fb", "c\x1ed"), ("\x1e", "\x1f")])) == [["ab", "cd"], ["", ""]]


def test_c1_controls_go_and_their_neighbours_stay() -> None:
    assert parsed(encode_rows([("a\x80\x9fb", "·\xa0é")])) == [["ab", "·\xa0é"]]


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_text_comes_back_guarded(rows: list[list[str]]) -> None:
    assert parsed(encode_rows(rows)) == [[guard(cell) for cell in row] for row in rows]


def test_rows_are_read_while_the_file_is_taken(exporting: Callable[..., Export]) -> None:
    taken = 0

    def endless() -> Iterator[OccurrenceRow]:
        nonlocal taken
        while True:
            taken += 1
            yield OccurrenceRow(quote_raw="字" * 1000)

    pieces = write(exporting(rows=endless()))
    first = next(pieces)
    assert 64 * 1024 <= len(first) < 512 * 1024
    assert taken < 200

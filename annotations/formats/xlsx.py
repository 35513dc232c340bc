"""The analysts' table as a workbook: claims and proposals, passages without a statement, and the loss report.

Every cell is text: a quote that begins with = must never become a formula, a date or a long number never be mangled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from annotations.formats import losses
from annotations.formats.base import CHUNK, Format
from annotations.formats.guard import strip_controls
from annotations.records import Export, OccurrenceRow, PassageRow
from annotations.rules.errors import noop

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

#: Limits of the file format itself (ECMA-376, Excel): characters in a cell as UTF-16 units, rows in a sheet.
CELL_UNITS = 32_767
SHEET_ROWS = 1_048_576
_SPOOL = 8 * 1024 * 1024

PASSAGE_COLUMNS = (
    "document_title", "annotation_id", "start", "end", "quote_raw", "quote_clean", "note", "tags", "created_by",
    "created_at", "updated_at",
)  # fmt: skip
_WIDE = {
    "statement_text": 60, "quote_raw": 60, "quote_clean": 60, "justification": 60, "note": 40, "gloss_en": 40,
    "document_title": 32, "source_titles": 32, "what": 100, "tags": 24, "annotation_tags": 24, "statement_tags": 24,
    "source_urls": 32, "archive_urls": 32, "permalink": 32, "attributed_to": 20, "difference": 20,
}  # fmt: skip
_WRAPPED = frozenset(("statement_text", "quote_raw", "quote_clean", "justification", "note", "gloss_en", "what"))


def write(export: Export) -> Iterator[bytes]:
    """The workbook in pieces of 64 kB; it is built in a temporary file, sheet by sheet, not in memory."""
    with cast(BinaryIO, SpooledTemporaryFile(max_size=_SPOOL)) as file:
        _build(export).save(file)
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _build(export: Export) -> Workbook:
    from openpyxl import Workbook  # slow to import, and seldom needed

    book = Workbook(write_only=True)
    _sheets(book, "Claims and proposals", OccurrenceRow._fields, export.rows())
    _sheets(book, "Passages without a statement", PASSAGE_COLUMNS, _bare(export))
    _sheets(book, "Loss report", ("what", "count"), _losses(export))
    return book


def _bare(export: Export) -> Iterator[Sequence[str]]:
    return (_passage_cells(row) for row in export.passages() if not row.statements)


def _passage_cells(row: PassageRow) -> Sequence[str]:
    place = (row.document_title, row.uid, str(row.start), str(row.end), row.exact, row.quote_clean)
    return (*place, row.note, " | ".join(row.tags), row.creator, row.created_at, row.updated_at)


def _losses(export: Export) -> Iterator[Sequence[str]]:
    return ((str(loss), str(loss.count or "")) for loss in FORMAT.losses(export))


def _sheets(book: Workbook, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One sheet, and further ones ("title 2") when the rows are more than a sheet holds."""
    left, number = iter(rows), 1
    first = next(left, None)
    while first is not None or number == 1:
        sheet = _new_sheet(book, title if number == 1 else f"{title} {number}", columns)
        batch = () if first is None else chain((first,), islice(left, SHEET_ROWS - 2))
        count = _fill(sheet, columns, batch)
        sheet.auto_filter.ref = f"A1:{_letter(len(columns))}{count + 1}"
        sheet.close()
        first, number = next(left, None), number + 1


def _new_sheet(book: Workbook, title: str, columns: Sequence[str]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[_letter(index)].width = _WIDE.get(column, max(12, len(column) + 4))
    return sheet


def _fill(sheet: WriteOnlyWorksheet, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write header and rows; how many rows there were."""
    header = _cells(sheet, columns, bold=True)
    cells = _cells(sheet, columns)
    sheet.append([_set(cell, column) for cell, column in zip(header, columns, strict=True)])
    count = 0
    for row in rows:
        sheet.append([_set(cell, text) if text else None for cell, text in zip(cells, row, strict=True)])
        count += 1
    return count


def _cells(sheet: WriteOnlyWorksheet, columns: Sequence[str], bold: bool = False) -> list[Cell]:
    """One cell per column, used again for every row: openpyxl writes a row at once and keeps nothing of it."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cells = []
    for column in columns:
        cell = WriteOnlyCell(sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=column in _WRAPPED)
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    return cells


def _set(cell: Cell, text: str) -> Cell:
    cell.value = fit(text)
    cell.data_type = "s"  # openpyxl has guessed: formula, error value ...
    return cell


def fit(text: str) -> str:
    """The text as a cell can hold it: no control characters, at most CELL_UNITS UTF-16 units, then cut with an …."""
    text = strip_controls(text)
    if len(text) * 2 <= CELL_UNITS or len(text.encode("utf-16-le", "replace")) // 2 <= CELL_UNITS:
        return text
    units = text.encode("utf-16-le", "replace")[: (CELL_UNITS - 1) * 2]
    return units.decode("utf-16-le", "ignore") + "…"


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(index)


FORMAT = Format(
    name="xlsx",
    label=noop("Workbook for Excel and LibreOffice"),
    extension="xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write,
    losses=losses.reporter(*losses.TABLE, losses.CONTROLS, losses.LONG_CELLS),
)

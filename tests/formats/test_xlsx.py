"""The workbook, read again by openpyxl: texts only, three sheets, header frozen, nothing lost at the edges."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from annotations.formats import xlsx
from annotations.formats.guard import strip_controls
from annotations.formats.xlsx import CELL_UNITS, fit, write
from annotations.records import Export, OccurrenceRow


def opened(export: Export) -> Workbook:
    return load_workbook(io.BytesIO(b"".join(write(export))))


def test_the_rows_come_back(export: Export) -> None:
    sheet = opened(export)["Claims and proposals"]
    header, *rows = ([cell or "" for cell in row] for row in sheet.iter_rows(values_only=True))
    assert header == list(OccurrenceRow._fields)
    assert rows == [[strip_controls(cell) for cell in row] for row in export.rows()]


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "#N/A", "-3", "2026-01-02", "1e9", "007", " \n=x", "@a"])
def test_every_cell_is_text(text: str, exporting: Callable[..., Export]) -> None:
    cell = opened(exporting(rows=[OccurrenceRow(statement_id=text)]))["Claims and proposals"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_sheets_and_their_looks(export: Export) -> None:
    book = opened(export)
    assert book.sheetnames == ["Claims and proposals", "Passages without a statement", "Loss report"]
    sheet = book["Claims and proposals"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(OccurrenceRow._fields)).column_letter}4"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold
    assert sheet["D2"].alignment.wrap_text and not sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["D"].width == 60


def test_passages_without_a_statement_have_their_own_sheet(export: Export) -> None:
    sheet = opened(export)["Passages without a statement"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][5:8] == ("標題", "=1+1", "風險 | 數字")


def test_the_loss_report_stands_in_the_workbook(export: Export) -> None:
    lines = [row[0] for row in opened(export)["Loss report"].iter_rows(min_row=2, values_only=True)]
    assert lines == [str(loss) for loss in xlsx.FORMAT.losses(export)]
    assert "Events of the history: 9. Only a backup keeps them." in lines


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch, exporting: Callable[..., Export]) -> None:
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 3)
    book = opened(exporting(rows=[OccurrenceRow(statement_id=f"C-{number}") for number in range(5)], passages=[]))
    names = ["Claims and proposals", "Claims and proposals 2", "Claims and proposals 3"]
    assert book.sheetnames[:3] == names
    found = [row[0] for name in names for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert found == ["C-0", "C-1", "C-2", "C-3", "C-4"]


def test_an_empty_corpus_gives_headers(exporting: Callable[..., Export]) -> None:
    book = opened(exporting(rows=[], passages=[]))
    assert book["Claims and proposals"].max_row == 1
    assert book["Passages without a statement"].max_row == 1


@pytest.mark.parametrize("text", ["字" * CELL_UNITS, "a" * CELL_UNITS, "𠮷" * (CELL_UNITS // 2)])
def test_what_a_cell_can_hold_is_not_cut(text: str) -> None:
    assert fit(text) == text


def test_what_it_cannot_hold_is_cut_between_characters() -> None:
    cut = fit("a" + "𠮷" * 20_000)
    assert cut.endswith("𠮷…")
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_UNITS

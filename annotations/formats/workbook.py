"""Reading one sheet of an XLSX workbook as text: values of formulas, ISO dates, whole numbers without a point."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import openpyxl

from annotations.formats.table import Numbered, Table, tabulate
from annotations.rules.errors import Problem, TooLarge, Unreadable, noop
from annotations.rules.limits import LIMITS, most


def read_workbook(data: bytes, filename: str, sheet: str = "") -> Table:
    """The chosen sheet, else the first visible one that holds something; limits as in `read_table`."""
    _check_size(data, filename)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        names = [each.title for each in book.worksheets if each.sheet_state == "visible" and _holds(each)]
        chosen = sheet or next(iter(names), "")
        if chosen not in names:
            raise Unreadable("sheet-missing", noop("%(name)s has no sheet with a table in it."), name=filename)
        table = tabulate(_records(book[chosen]), filename)
    except Problem:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise anything
        message = noop("%(name)s is damaged or not an Excel workbook. Save it again as XLSX, or as CSV.")
        raise Unreadable("workbook-broken", message, name=filename) from error
    return replace(table, sheet=chosen, other_sheets=tuple(name for name in names if name != chosen))


def _check_size(data: bytes, filename: str) -> None:
    """Before anything is unpacked: the sizes that the archive states, which zipfile then holds it to."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        message = noop("%(name)s is damaged: it begins like a workbook but does not end like one. Send it again.")
        raise Unreadable("workbook-cut", message, name=filename) from error
    if unpacked > most("workbook_bytes"):
        message = noop(
            "%(name)s unpacks to more than %(limit)s MB. Save only the sheet with the table, or save it as CSV."
        )
        raise TooLarge(
            "workbook-unpacked", message, name=filename, limit=LIMITS["workbook_bytes"].shown(most("workbook_bytes"))
        )


def _holds(sheet: Any) -> bool:  # Any: openpyxl's read-only worksheet has no types
    return any(any(cell.strip() for cell in record) for _, record in _records(sheet))


def _records(sheet: Any) -> Iterator[Numbered]:
    sheet.reset_dimensions()  # what a file states about its size is often wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_text(value) for value in row]


def _text(value: object) -> str:
    """A cell as a person sees it, as far as its format does not matter."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)

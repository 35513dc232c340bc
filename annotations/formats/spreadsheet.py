"""Reading the tables that analysts already have: CSV in any usual charset and delimiter, and XLSX.

A table is text only. Its first row that is not empty names the columns; nothing is dropped silently: cells beyond the
last name get a column of their own, further sheets are named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from annotations.formats.guard import unguard
from annotations.formats.table import Numbered, Table, tabulate
from annotations.formats.table_text import decode
from annotations.rules.errors import TooLarge, Unreadable, noop
from annotations.rules.limits import LIMITS, most

_DELIMITERS = ",;\t"
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # Excel's own hint, not part of the table
_OLE = b"\xd0\xcf\x11\xe0"


def read_table(data: bytes, filename: str, sheet: str = "") -> Table:
    """The table in a CSV or XLSX file, told apart by content. `sheet` chooses a sheet, else the first that holds data.

    Raises TooLarge, or Unreadable with a sentence that names the file, the reason and the remedy.
    """
    if len(data) > most("upload_bytes"):
        message = noop("%(name)s is larger than %(limit)s MB. Split it into several files.")
        raise TooLarge("table-bytes", message, name=filename, limit=LIMITS["upload_bytes"].shown(most("upload_bytes")))
    if data.startswith(_OLE):
        message = noop(
            "%(name)s is an old or password-protected workbook. Save it as XLSX without a password, or as CSV."
        )
        raise Unreadable("table-ole", message, name=filename)
    if data.startswith(b"PK\x03\x04"):
        from annotations.formats.workbook import read_workbook  # openpyxl is slow to import

        return read_workbook(data, filename, sheet)
    return tabulate(_records(decode(data, filename), filename), filename)


def _records(text: str, filename: str) -> Iterator[Numbered]:
    """The records of a CSV text, numbered from 1, with the guards against formulas taken off."""
    hint = _SEP_LINE.match(text)
    body = text[hint.end() :] if hint else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=hint[1] if hint else _delimiter(body), strict=True)
    try:
        for number, record in enumerate(reader, 2 if hint else 1):
            yield number, [unguard(_plain_ends(cell)) for cell in record]
    except csv.Error as error:
        message = noop(
            "%(name)s cannot be read as a table at line %(line)s: %(reason)s. A quotation mark there may lack its "
            "partner; correct it, or save the table as XLSX."
        )
        raise Unreadable("table-csv", message, name=filename, line=reader.line_num, reason=str(error)) from error


def _plain_ends(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _delimiter(text: str) -> str:
    """The delimiter that gives the first record the most columns; a comma when none gives more than one."""
    return max(_DELIMITERS, key=lambda delimiter: _width(text, delimiter))


def _width(text: str, delimiter: str) -> int:
    try:
        return next(
            (len(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if record), 0
        )
    except csv.Error:
        return 0

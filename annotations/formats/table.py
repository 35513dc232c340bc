"""A table as text: named columns, rows of cells, each row with its number in the spreadsheet; and its limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.rules.errors import Problem, TooLarge, Unreadable, noop
from annotations.rules.limits import most

#: One row as a reader gives it: its number (from 1) and its cells.
Numbered = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows[i]` has one cell per column and stands in row `lines[i]` of the spreadsheet (the first row is 1)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()  # further sheets that hold something


def tabulate(records: Iterable[Numbered], filename: str) -> Table:
    """A table from numbered records, of which the first that is not empty names the columns."""
    filled = ((line, record) for line, record in records if any(cell.strip() for cell in record))
    head = next(filled, None)
    if head is None:
        raise Unreadable("table-empty", noop("%(name)s holds no table: it is empty."), name=filename)
    max_rows, max_columns = most("import_rows"), most("import_columns")
    lines: list[int] = []
    rows: list[Sequence[str]] = []
    for line, record in filled:
        if len(rows) == max_rows:
            message = noop("%(name)s has more than %(limit)s rows. Split it into several files.")
            raise _too_many(filename, message, max_rows)
        lines.append(line)
        rows.append(record)
    width = max(_filled_width(record) for record in (head[1], *rows))
    if width > max_columns:
        raise _too_many(filename, noop("%(name)s has more than %(limit)s columns. Remove some."), max_columns)
    padded = tuple(tuple(record[:width]) + ("",) * (width - len(record)) for record in rows)
    return Table(_names(head[1], width), padded, tuple(lines))


def _too_many(filename: str, template: str, limit: int) -> Problem:
    return TooLarge("table-size", template, name=filename, limit=limit)


def _filled_width(record: Sequence[str]) -> int:
    """How many cells there are up to the last that is not empty."""
    return next((index for index in range(len(record), 0, -1) if record[index - 1].strip()), 0)


def _names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """One name per column, each different: an unnamed one is "Column 3", a second "Tags" is "Tags (2)"."""
    names: dict[str, None] = {}
    for index in range(width):
        base = " ".join(header[index].split()) if index < len(header) else ""
        name = base = base or f"Column {index + 1}"
        count = 1
        while name in names:
            count += 1
            name = f"{base} ({count})"
        names[name] = None
    return tuple(names)

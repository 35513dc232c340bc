"""Many rows at once without model objects: ids taken beforehand, rows by executemany (SQLite) or COPY (PostgreSQL).

For bulk loading only. Nothing is checked here that the database does not check.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

Value = Any  # what a cursor takes
Row = Sequence[Value]
Field = models.Field
Converter = Callable[[Value], Value]
Differing = tuple[int, Converter]

DIFFERING = (models.UUIDField, models.DateTimeField, models.JSONField)


def fetch(sql: str, before: Sequence[Value], wanted: Collection[Value]) -> list[tuple[Any, ...]]:
    """The rows of a query with `IN ({marks})` as its last values. A tenth of the ORM's time."""
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(marks=", ".join(["%s"] * len(wanted))), [*before, *wanted])
        return cursor.fetchall()


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """The next `count` ids of a table, for rows that are written in the same transaction."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [int(row[0]) for row in cursor.fetchall()]
        # The write lock is held since BEGIN IMMEDIATE, and AUTOINCREMENT counts ids that were given, too.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = int(found[0]) if found else 0
    return list(range(last + 1, last + 1 + count))


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows of a model; `names` are its attributes (`corpus_id`, not `corpus`), in the order of the values."""
    columns, differing = _columns(model, tuple(names), connection.vendor)
    write(model._meta.db_table, columns, (_convert(row, differing) for row in rows) if differing else rows)


def write(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write rows whose values are as the database wants them."""
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({quoted}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def _columns(model: type[models.Model], names: tuple[str, ...], vendor: str) -> tuple[list[str], list[Differing]]:
    """The columns of these attributes, and how those are converted that Python and the database write differently."""
    fields: list[Field] = [model._meta.get_field(name) for name in names]  # type: ignore[misc]
    differing = [(at, _converter(field)) for at, field in enumerate(fields) if isinstance(field, DIFFERING)]
    return [str(field.column) for field in fields], differing


def _convert(row: Row, differing: Sequence[Differing]) -> Row:
    values = list(row)
    for at, convert in differing:
        values[at] = convert(values[at])
    return values


def _converter(field: Field) -> Converter:
    """How one column is written. A batch has many UUIDs, and one moment for all its rows."""
    if isinstance(field, models.UUIDField) and not connection.features.has_native_uuid_field:
        return lambda value: value.hex
    if isinstance(field, models.DateTimeField):
        return lru_cache(maxsize=16)(lambda value: field.get_db_prep_save(value, connection))
    return lambda value: field.get_db_prep_save(value, connection)

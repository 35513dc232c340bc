"""Pieces of SQL that give uids and times as exports write them, on both databases, without a Python object each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Value = str | int | None
CLOSE = 3


def uid(column: str) -> str:
    """SQL for a uid with its hyphens; SQLite keeps 32 hex digits."""
    if connection.vendor == "postgresql":
        return f"{column}::text"
    parts = [f"substr({column}, {start}, {length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))]
    return "(" + " || '-' || ".join(parts) + ")"


def moment(column: str) -> str:
    """SQL for a time as `texts.utc` writes it; '' where there is none."""
    if connection.vendor == "postgresql":
        text = f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
        return f"COALESCE(regexp_replace({text}, '[.]000000$', '') || 'Z', '')"
    return f"COALESCE(replace({column}, ' ', 'T') || 'Z', '')"


def day(column: str) -> str:
    """SQL for a date as text; '' where there is none."""
    kind = "::text" if connection.vendor == "postgresql" else " || ''"
    return f"COALESCE({column}{kind}, '')"


def tag_ids(annotation: str) -> str:
    """SQL for the tags of an annotation, "3,1" in the order in which they were put on, NULL for none: one value a row
    instead of a row a tag."""
    joined = "group_concat(t.tag_id, ',' ORDER BY t.id)"
    if connection.vendor == "postgresql":
        joined = "string_agg(t.tag_id::text, ',' ORDER BY t.id)"
    return f"(SELECT {joined} FROM annotations_annotationtag t WHERE t.annotation_id = {annotation})"


def fetch(sql: str, values: Sequence[Value]) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def among(column: str, ids: Sequence[int]) -> tuple[str, list[int]]:
    """The condition that a column is one of these ids (or near them), with its values.

    Where the ids stand close together a range is asked for, which is several times quicker than a list: the caller
    leaves out what it did not ask for.
    """
    low, high = min(ids), max(ids)
    if high - low < CLOSE * len(ids):
        return f"{column} BETWEEN %s AND %s", [low, high]
    return f"{column} IN ({', '.join(['%s'] * len(ids))})", list(ids)


def ids_of(rows: QuerySet[Any]) -> Sequence[int]:
    """The ids of a queryset in its order, eight bytes each; by cursor, because the ORM takes four times as long."""
    found = array("q")
    try:
        query, values = rows.values_list("pk").query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return found
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        while batch := cursor.fetchmany(5_000):
            found.extend(row[0] for row in batch)
    return found


def chunks(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The ids in pieces of at most `size`."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]

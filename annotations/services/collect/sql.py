"""Pieces of SQL that give uids and times as exports write them, on both databases, without a Python object each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

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


def fetch(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
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


def chunks(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The ids in pieces of at most `size`."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]

"""Tables of runs of words: which sentences, or which wordings, hold the runs of a passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import orjson
from django.db import connection

from annotations.services import bulk_rows
from annotations.text.shelf import COMMON

#: Both databases go through the index once for each run and stop at what tells something; one statement for all runs.
SQLITE = """
SELECT asked.value, (SELECT group_concat(thing) FROM (
    SELECT {column} AS thing FROM {table} WHERE run = asked.value{within} ORDER BY {column} LIMIT {most}
)) AS things FROM json_each(%s) AS asked WHERE things IS NOT NULL
"""
POSTGRESQL = """
SELECT asked.run, array_agg(found.thing ORDER BY found.thing)
FROM unnest(%s::bigint[]) AS asked (run) CROSS JOIN LATERAL (
    SELECT {column} AS thing FROM {table} WHERE run = asked.run{within} ORDER BY {column} LIMIT {most}
) AS found GROUP BY asked.run
"""
WITHIN = " AND {column} >= {first:d} AND {column} < {last:d}"
#: So many runs are asked for by one statement.
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class RunIndex:
    """A table with the columns `run` and `column`, the id of what holds it."""

    table: str
    column: str

    def places(self, runs: Sequence[int], within: tuple[int, int] | None = None) -> dict[int, list[int]]:
        """What holds each of the runs (of the ids from `first` up to before `last`), the first COMMON of each."""
        narrow = WITHIN.format(column=self.column, first=within[0], last=within[1]) if within else ""
        asked = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
        sql = asked.format(table=self.table, column=self.column, within=narrow, most=COMMON)
        found: dict[int, list[int]] = {}
        with connection.cursor() as cursor:
            for at in range(0, len(runs), AT_ONCE):
                some = list(runs[at : at + AT_ONCE])
                if connection.vendor == "postgresql":
                    cursor.execute(sql, [some])
                    found.update(cursor.fetchall())
                else:
                    cursor.execute(sql, [orjson.dumps(some).decode()])
                    found.update((run, [int(thing) for thing in things.split(",")]) for run, things in cursor)
        return found

    def write(self, rows: Iterable[Sequence[int]]) -> None:
        """(run, id) pairs that are not there."""
        bulk_rows.write(self.table, ("run", self.column), rows)

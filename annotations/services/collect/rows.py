"""The analysts' table: one row per occurrence, or per statement without a passage (DESIGN.md 10: 200,000 in 6 s)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from annotations.models import Member, Statement
from annotations.records import OccurrenceRow
from annotations.services.collect import row_parts, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.passages import STATUS
from annotations.services.collect.row_passages import PASSAGE, by_statement
from annotations.services.collect.texts import codes

CHUNK = 400
#: Columns of a statement in the order in which `_query` gives them, then those that are looked up.
SELECTED = (
    "statement_id", "kind", "type", "statement_text", "gloss_en", "work", "public", "checkworthiness", "mechanism",
    "instrument", "bindingness", "deadline", "implementation_status", "implementation_status_date", "published_at",
    "due", "updated_at",
)  # fmt: skip
LOOKED_UP = ("status", "owner", "created_by")
_GIVEN = (*SELECTED, *LOOKED_UP, *row_parts.COLUMNS, *PASSAGE)
_in_order = itemgetter(*(_GIVEN.index(name) for name in OccurrenceRow._fields))
_END = 1 + len(SELECTED)
_TYPE = 1 + SELECTED.index("type")
_WORK = 1 + SELECTED.index("work")


def of(member: Member, statements: QuerySet[Statement], unreviewed: bool) -> Iterator[OccurrenceRow]:
    """Rows in the order of the statements. An unreviewed verdict only for its contributors, and only when asked for."""
    names = Directory(member.corpus)
    ids = sql.ids_of(statements)
    query, having = _query(), row_parts.Having(member)
    for chunk in sql.chunks(ids, CHUNK):
        where, values = sql.among("s.id", chunk)
        found = {row[0]: row for row in sql.fetch(query.format(where=where), values)}
        passages = by_statement(member, chunk, names)
        parts = row_parts.of(having, chunk, names, unreviewed)
        for pk in chunk:
            row = found[pk]
            more, assignee, creator = row[_END : _END + 3]
            given = row[1:_END] if more == "[]" or not more else _typed(row)
            looked_up = (STATUS[row[_WORK : _WORK + 2]], names.members[assignee], names.members[creator])
            own = (*given, *looked_up, *parts.of(pk, row))
            for passage in passages.get(pk) or (row_parts.no_passage(row),):
                yield OccurrenceRow._make(_in_order((*own, *passage)))


def _typed(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The selected columns of a statement that has further types besides its primary one."""
    return (*row[1:_TYPE], codes(row[_TYPE], row[_END]), *row[_TYPE + 1 : _END])


def _query() -> str:
    """id, the columns of SELECTED, further types, assignee, creator; then verdict, its date and the strength, which
    others may replace."""
    return (
        "SELECT s.id, CASE s.kind WHEN 'claim' THEN 'C-' ELSE 'P-' END || s.number, s.kind, s.type, s.text, "
        "s.gloss_en, s.work, s.public, s.checkworthiness, s.mechanism, s.instrument, s.bindingness, s.deadline, "
        f"s.progress, s.progress_date, {sql.moment('s.published_at')}, {sql.day('s.due')}, "
        f"{sql.moment('s.updated_at')}, s.more_types, s.assignee_id, s.created_by_id, s.verdict, "
        "s.verdict_as_of, s.modality FROM annotations_statement s WHERE {where}"
    )

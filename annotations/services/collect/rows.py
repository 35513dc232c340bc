"""The analysts' table: one row per occurrence, or per statement without a passage (DESIGN.md 10: 200,000 in 6 s)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from annotations.models import Member, Statement
from annotations.records import OccurrenceRow
from annotations.rules.workflow import shown_status
from annotations.services.collect import row_parts, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.row_passages import PASSAGE, by_statement
from annotations.services.collect.texts import codes
from annotations.services.passages import LETTER

CHUNK = 1000
#: Columns of every row of a statement, in the order in which `_statement` gives them.
STATEMENT = (
    "statement_id", "kind", "type", "statement_text", "gloss_en", "work", "public", "status", "checkworthiness",
    "mechanism", "instrument", "bindingness", "deadline", "implementation_status", "implementation_status_date",
    "published_at", "owner", "due", "created_by", "updated_at",
)  # fmt: skip
#: Columns that other tables give, in the order of `row_parts.PARTS`; then those of the passage.
_GIVEN = (*STATEMENT, *row_parts.COLUMNS, *PASSAGE)
_in_order = itemgetter(*(_GIVEN.index(name) for name in OccurrenceRow._fields))


def of(member: Member, statements: QuerySet[Statement], unreviewed: bool) -> Iterator[OccurrenceRow]:
    """Rows in the order of the statements. An unreviewed verdict only for its contributors, and only when asked for."""
    names = Directory(member.corpus)
    ids = list(statements.values_list("pk", flat=True))
    query, having = _query(), row_parts.Having(member)
    for chunk in sql.chunks(ids, CHUNK):
        where, values = sql.among("s.id", chunk)
        found = {row[0]: row for row in sql.fetch(query.format(where=where), values)}
        passages = by_statement(member, chunk, names)
        parts = row_parts.of(having, chunk, names, unreviewed)
        for pk in chunk:
            row = found[pk]
            own = (*_statement(row, names), *parts.of(pk, row))
            for passage in passages.get(pk) or (row_parts.no_passage(row),):
                yield OccurrenceRow._make(_in_order((*own, *passage)))


def _query() -> str:
    """Fields as `_statement` takes them; then verdict, its date and the strength, which others may replace."""
    return (
        "SELECT s.id, s.kind, s.number, s.type, s.more_types, s.text, s.gloss_en, s.work, s.public, s.checkworthiness, "
        "s.mechanism, s.instrument, s.bindingness, s.deadline, s.progress, s.progress_date, "
        f"{sql.moment('s.published_at')}, s.assignee_id, {sql.day('s.due')}, s.created_by_id, "
        f"{sql.moment('s.updated_at')}, s.verdict, s.verdict_as_of, s.modality "
        "FROM annotations_statement s WHERE {where}"
    )


def _statement(row: tuple[Any, ...], names: Directory) -> tuple[str, ...]:
    (_, kind, number, type_, more, text, gloss, work, public, worth, mechanism, instrument, binding, deadline, progress,
     progress_date, published_at, owner, due, creator, updated_at, *_rest) = row  # fmt: skip
    return (
        f"{LETTER[kind]}{number}", kind, codes(type_, more), text, gloss, work, public, shown_status(work, public),
        worth, mechanism, instrument, binding, deadline, progress, progress_date, published_at, names.members[owner],
        due, names.members[creator], updated_at,
    )  # fmt: skip

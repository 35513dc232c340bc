"""One page of the Tracker as it is shown: columns, rows under their headings, and what every cell needs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from annotations.models import Member, Statement, Tag
from annotations.services.tracker import counts, groups
from annotations.services.tracker.columns import Column
from annotations.services.tracker.rows import Row, in_order, read

SIZE, MOST = 50, 500


@dataclass(frozen=True, slots=True)
class Look:
    """How cells are shown: script of the texts, language of the page, the address that opens a row, who may edit."""

    columns: Sequence[Column]
    tags: Mapping[int, Tag]
    today: date
    slug: str
    script: str = ""
    language: str = "en"
    opens: str = "?open="
    editable: bool = False
    memo: dict[object, Any] = field(default_factory=dict, compare=False)  # what many cells of the page show alike


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one heading: its key (a code or an id), its words if an id, how many it has over all pages."""

    key: Any
    name: str
    size: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Table:
    """`start` is the place of the first row among all, counted from 0."""

    look: Look
    parts: Sequence[Part]
    start: int
    total: int
    size: int
    grouped: str = ""

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)

    @property
    def last(self) -> int:
        """The place of the last row, counted from 1."""
        return self.start + self.count

    @property
    def page(self) -> int:
        return self.start // self.size + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def tags_of(member: Member) -> dict[int, Tag]:
    """Every tag of the corpus by id, retired ones included: rows may still carry them."""
    found = Tag.objects.filter(corpus_id=member.corpus_id, tag_set__removed_at=None).select_related("tag_set")
    return {tag.pk: tag for tag in found.order_by("tag_set__order", "tag_set_id", "order", "id")}


def build(
    member: Member,
    rows: QuerySet[Statement],
    order: Sequence[str | Combinable],
    look: Look,
    *,
    total: int,
    page: int = 1,
    size: int = SIZE,
    group: str = "",
) -> Table:
    """The asked page of these statements, in the order in which they were settled, if they were. A page beyond the last
    gives the last."""
    page = min(page, max(1, -(-total // size)))
    start = (page - 1) * size
    codes = [column.code for column in look.columns]
    if not group:
        found = _page(rows, order, start, size)
        parts = [Part(None, "", total, read(member, found, codes))] if found else []
        return Table(look, parts, start, total, size)
    keyed = groups.keyed(member, rows, group)
    sizes = groups.sizes(keyed)
    names = groups.names(member, group, sizes)
    rank = groups.rank(group, groups.in_order(group, sizes, names))
    found = list(keyed.select_related("assignee").order_by(rank, *order)[start : start + size])
    read_rows = read(member, found, codes)
    parts = [
        Part(key, names.get(key, ""), sizes[key], list(under))
        for key, under in groupby(read_rows, key=lambda row: row.statement.group_key)  # type: ignore[attr-defined]
    ]
    return Table(look, parts, start, total, size, group)


def _page(rows: QuerySet[Statement], order: Sequence[str | Combinable], start: int, size: int) -> list[Statement]:
    """Of settled statements the order is known: only those of the page are read."""
    known = counts.known_of(rows)
    if known is None:
        return list(rows.select_related("assignee").order_by(*order)[start : start + size])
    pks = known.pks[start : start + size]
    return in_order(list(Statement.objects.filter(pk__in=pks).select_related("assignee")), pks)

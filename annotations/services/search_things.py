"""Search in what people made: annotations, statements, sources and comments that hold some words, with exact counts.

The index finds, the rules of sight and the filters decide. Where neither says anything about a kind, the index alone
counts it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from annotations.models import Annotation, Comment, Document, Layer, Member, Source, Statement
from annotations.services import search_entries, search_filters
from annotations.services.search_entries import CORPUS, KINDS, OBJECT
from annotations.services.search_query import Asked
from annotations.text import query_hits, query_terms
from annotations.text.query import Node

#: Ids that the index gave, for the database to go through row by row.
IDS = {"sqlite": "SELECT value FROM json_each(%s)", "postgresql": "SELECT unnest(%s::bigint[])"}
WHOLE, AROUND = 240, 80  # characters of a field that is shown as a whole, and around the first place of a longer one

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """One row that was found, with the fields in which the words stand, in pieces: True where they do."""

    kind: str
    row: Any
    fields: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Things:
    """How many there are, exactly, and one page of them, the newest first."""

    count: int
    rows: tuple[Thing, ...]


def counts(member: Member, asked: Asked) -> dict[str, int]:
    """How many of each kind that is asked for, passages apart."""
    return {kind: find(member, asked, kind, size=0).count for kind in asked.kinds() if kind in KINDS}


def find(member: Member, asked: Asked, kind: str, *, page: int = 1, size: int = 20) -> Things:
    """One page of a kind."""
    first, last = (page - 1) * size, page * size
    if asked.words is None:
        rows = visible(member, asked, kind)
        rows = BASE[kind](member) if rows is None else rows
        count, pks = rows.count(), list(rows.order_by("-pk").values_list("pk", flat=True)[first:last] if size else ())
        return Things(count, _things(kind, pks, None))
    found = _matching(member.corpus_id, kind, asked) if asked.tree.filters else None  # a filter goes through them all
    rows = visible(member, asked, kind) if found is None or found else None
    if rows is not None:
        found = _among(rows, _matching(member.corpus_id, kind, asked) if found is None else found)
    if found is not None:
        return Things(len(found), _things(kind, found[first:last], asked.words))
    pks = _matching(member.corpus_id, kind, asked, first, size)
    return Things(_counted(member.corpus_id, kind, asked), _things(kind, pks, asked.words))


def visible(member: Member, asked: Asked, kind: str) -> QuerySet[Any] | None:
    """The rows that this member may see and the filters leave; None when that is all that the index holds. With words
    only what the index holds is asked about: it is there, and of this corpus."""
    words = asked.words is not None
    wanted = search_filters.condition(member, kind, asked.tree.filters, few=words)
    hides = kind == "comment" or (kind == "annotation" and _hides_layers(member))
    if wanted is None and not hides:
        return None
    rows = BASE[kind](member) if hides or not words else MODELS[kind].objects.all()
    return rows.filter(wanted or Q())


def _hides_layers(member: Member) -> bool:
    open_ones = Layer.objects.filter(round__corpus_id=member.corpus_id, round__closed_at=None, round__blind=True)
    return open_ones.exclude(member=member).exists()


def _among(rows: QuerySet[Any], pks: Sequence[int]) -> list[int]:
    """Those of these ids, in their order, whose rows are among these."""
    if not pks:
        return []
    ids = RawSQL(IDS[connection.vendor], [json.dumps(pks) if connection.vendor == "sqlite" else list(pks)])
    allowed = set(rows.filter(pk__in=ids).order_by().values_list("pk", flat=True))
    return [pk for pk in pks if pk in allowed]


def _counted(corpus_id: int, kind: str, asked: Asked) -> int:
    return int(_fetch("count(*)", corpus_id, kind, asked)[0][0])


def _matching(corpus_id: int, kind: str, asked: Asked, first: int = 0, size: int | None = None) -> list[int]:
    """Ids of what holds the words, the newest first: all of them, or one page."""
    if size == 0:
        return []
    limit = "" if size is None else f" LIMIT {int(size)} OFFSET {int(first)}"
    return [
        pk % OBJECT for (pk,) in _fetch(NUMBER[connection.vendor], corpus_id, kind, asked, " ORDER BY 1 DESC" + limit)
    ]


NUMBER = {"sqlite": "rowid", "postgresql": "id"}


def _fetch(columns: str, corpus_id: int, kind: str, asked: Asked, tail: str = "") -> list[tuple[Any, ...]]:
    assert asked.words is not None
    first = corpus_id * CORPUS + KINDS[kind] * OBJECT
    if connection.vendor == "postgresql":
        table, matches = "annotations_entry", "tokens @@ %s::tsquery AND id"
        wanted = query_terms.tsquery(asked.words, asked.known)
    else:
        table, matches = "annotations_entry_fts", "annotations_entry_fts MATCH %s AND rowid"
        wanted = query_terms.fts5(asked.words, asked.known)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {table} WHERE {matches} BETWEEN %s AND %s{tail}",
            [wanted, first, first + OBJECT - 1],
        )
        return cursor.fetchall()


def _annotations(member: Member) -> QuerySet[Annotation]:
    """Layers and documents are asked about only where one is hidden or removed: no row is read for it elsewhere."""
    live = Annotation.objects.filter(corpus_id=member.corpus_id, removed_at=None)
    rows = Annotation.objects.visible_to(member) if _hides_layers(member) else live
    gone = Document.objects.filter(corpus_id=member.corpus_id, removed_at__isnull=False)
    return rows.exclude(document__in=list(gone.values_list("pk", flat=True)))


def _statements(member: Member) -> QuerySet[Statement]:
    return Statement.objects.visible_to(member).filter(redirect_to=None)


def _sources(member: Member) -> QuerySet[Source]:
    return Source.objects.filter(corpus_id=member.corpus_id, removed_at=None)


MODELS: Mapping[str, Any] = {"annotation": Annotation, "statement": Statement, "source": Source, "comment": Comment}
#: What a member may see of a kind.
BASE: Mapping[str, Any] = {
    "annotation": _annotations, "statement": _statements, "source": _sources,
    "comment": Comment.objects.visible_to,
}  # fmt: skip
SHOWN: Mapping[str, QuerySet[Any]] = {
    "annotation": Annotation.objects.select_related("document", "created_by"),
    "statement": Statement.objects.all(), "source": Source.objects.all(),
    "comment": Comment.objects.select_related("created_by", "statement", "verification__statement"),
}  # fmt: skip


def _things(kind: str, pks: Sequence[int], words: Node | None) -> tuple[Thing, ...]:
    rows = SHOWN[kind].in_bulk(pks)
    fields = search_entries.READ[kind](pks)
    first = 1 if kind == "statement" else 0  # its number stands before it
    return tuple(Thing(kind, rows[pk], _fields(fields.get(pk, ())[first:], words)) for pk in pks if pk in rows)


def _fields(texts: Sequence[str], words: Node | None) -> tuple[Pieces, ...]:
    """The fields in which a word stands, and always the first that is not empty."""
    found = [(text, query_hits.marks(text, words) if words is not None else []) for text in texts if text]
    return tuple(pieces(text, spans) for at, (text, spans) in enumerate(found) if spans or not at)


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    """A text cut at some places in order, shortened when it is long; overlapping places are one."""
    begin, stop = 0, len(text)
    if stop > WHOLE:
        begin = max(0, (spans[0][0] if spans else 0) - AROUND)
        stop = min(stop, begin + WHOLE)
    found: list[tuple[str, bool]] = [("…" if begin else "", False)]
    at = begin
    for first, last in spans:
        if last <= at or first >= stop:
            continue
        found += [(text[at : max(first, at)], False), (text[max(first, at) : min(last, stop)], True)]
        at = min(last, stop)
    found += [(text[at:stop], False), ("…" if stop < len(text) else "", False)]
    return tuple(piece for piece in found if piece[0])

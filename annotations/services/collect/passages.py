"""Passages, flat and cheap: one row per annotation, by cursor in chunks (DESIGN.md 10: 200,000 in 3 CPU seconds)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from annotations.models import Member, Occurrence, Statement
from annotations.records import PassageRow
from annotations.rules.vocabulary import PUBLIC, WORK
from annotations.rules.workflow import shown_status
from annotations.services.collect import anchors, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.scope import Scope
from annotations.services.passages import LETTER, VISIBLE

CHUNK = 400
Link = dict[str, object]
Row = tuple[Any, ...]
STATUS = {(work, public): shown_status(work, public) for work in WORK.codes for public in PUBLIC.codes}


def of(scope: Scope) -> Iterator[PassageRow]:
    """Every passage of the scope, each with the statements that the scope lets through; by id. Memory: one chunk."""
    names = Directory(scope.member.corpus)
    chosen = None if scope.chosen is None else set(sql.ids_of(scope.chosen))
    for rows in _whole(scope.member) if scope.chosen is None else _narrowed(sql.ids_of(scope.annotations)):
        yield from _together(rows, names, chosen)


def some(ids: Sequence[int], names: Directory) -> Iterator[PassageRow]:
    """The passages with these ids, by id; that they may be seen was decided before."""
    for rows in _narrowed(ids):
        yield from _together(rows, names, None)


def _whole(member: Member) -> Iterator[list[Row]]:
    """All that this member may see, chunk after chunk: no list of ids is needed."""
    after = 0
    query = _query(
        "LEFT JOIN annotations_layer l ON l.id = a.layer_id LEFT JOIN annotations_round r ON r.id = l.round_id "
        f"WHERE {VISIBLE} AND a.corpus_id = %s AND a.id > %s",
        f" LIMIT {CHUNK}",
    )
    while rows := sql.fetch(query, [member.pk, member.corpus_id, after]):
        yield rows
        after = rows[-1][0]


def _narrowed(ids: Sequence[int]) -> Iterator[list[Row]]:
    for chunk in sql.chunks(ids, CHUNK):
        where, values = sql.among("a.id", chunk)
        wanted = set(chunk)
        yield [row for row in sql.fetch(_query(f"WHERE {where}"), values) if row[0] in wanted]


def _query(where: str, limit: str = "") -> str:
    """id, document, version, creator, tags; then the fields of PassageRow from its uid on, but those looked up."""
    return (
        f"SELECT a.id, a.document_id, x.version_id, a.created_by_id, {sql.tag_ids('a.id')}, {sql.uid('a.uid')}, "
        f"{anchors.PLACE}, {sql.moment('a.created_at')}, {sql.moment('a.updated_at')}, a.note "
        f"FROM annotations_annotation a {anchors.JOINS} {where} ORDER BY a.id{limit}"
    )


def _together(rows: Sequence[Row], names: Directory, chosen: set[int] | None) -> Iterator[PassageRow]:
    """Rows put together from slices, with their links, which come in the same order."""
    lost = anchors.last([row[0] for row in rows if row[2] is None])
    links = _links([row[0] for row in rows], names, chosen)
    following = next(links, None)
    for row in rows:
        pk = row[0]
        mine: tuple[Link, ...] = ()
        while following is not None and following[0] <= pk:
            if following[0] == pk:
                mine = (*mine, following[1])
            following = next(links, None)
        version, anchor = (row[2], row[6:13]) if row[2] is not None else (lost[pk][0], lost[pk][1:8])
        yield PassageRow._make((
            row[5], *names.text(row[1], version), *anchor, names.members[row[3]], *row[13:], names.labels(row[4]), mine,
            names.shares.get(row[1]),
        ))  # fmt: skip


def _links(ids: Sequence[int], names: Directory, chosen: set[int] | None) -> Iterator[tuple[int, Link]]:
    """What each passage expresses, by annotation. A variant does not inherit the verdict (UX.md 4.8)."""
    where, values = sql.among("o.annotation_id", ids) if ids else ("1 = 0", [])
    query = (
        f"SELECT o.annotation_id, s.id, {sql.uid('s.uid')}, s.kind, s.number, s.text, s.type, s.mechanism, s.work, "
        "s.public, s.verdict, o.fit, o.voice, o.attributed_to_id, o.modality FROM annotations_occurrence o "
        "JOIN annotations_statement s ON s.id = o.statement_id AND s.removed_at IS NULL "
        f"WHERE {where} AND o.removed_at IS NULL AND +o.corpus_id = %s ORDER BY o.annotation_id, o.id"
    )
    for row in sql.fetch(query, [*values, names.corpus.pk]):
        (annotation, pk, uid, kind, number, text, type_, mechanism, work, public, verdict, fit, voice, agent,
         modality) = row  # fmt: skip
        if chosen is None or pk in chosen:
            yield annotation, {
                "id": f"{LETTER[kind]}{number}", "uid": uid, "kind": kind, "text": text, "type": type_ or mechanism,
                "status": STATUS[work, public], "verdict": verdict if fit == "same" else "", "fit": fit,
                "voice": voice, "speaker": names.agents[agent], "modality": modality,
            }  # fmt: skip


def count(scope: Scope) -> tuple[int, int]:
    """Passages of the scope, and those of them that express nothing."""
    rows = scope.annotations.order_by()
    if scope.chosen is not None:
        return rows.count(), 0
    live = Occurrence.objects.filter(corpus_id=scope.member.corpus_id, removed_at=None)
    return rows.count(), rows.exclude(pk__in=live.values("annotation_id")).count()


def bare_statements(member: Member, statements: QuerySet[Statement]) -> int:
    """Statements without a passage that this member may see."""
    visible = Scope(member).annotations.order_by().values("pk")
    linked = Occurrence.objects.filter(removed_at=None, annotation__in=visible)
    return statements.order_by().exclude(pk__in=linked.values("statement_id")).count()

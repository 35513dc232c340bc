"""Passages, flat and cheap: one row per annotation, by cursor in chunks (DESIGN.md 10: 200,000 in 3 CPU seconds)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from annotations.models import Member, Occurrence, Statement
from annotations.records import PassageRow
from annotations.rules.vocabulary import PUBLIC, WORK
from annotations.rules.workflow import shown_status
from annotations.services.collect import anchors, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.scope import Scope
from annotations.services.passages import LETTER

CHUNK = 400
Link = dict[str, object]
STATUS = {(work, public): shown_status(work, public) for work in WORK.codes for public in PUBLIC.codes}


def of(scope: Scope) -> Iterator[PassageRow]:
    """Every passage of the scope, each with the statements that the scope lets through. Memory: ids and one chunk."""
    names = Directory(scope.member.corpus)
    ids = sql.ids_of(scope.annotations)
    chosen = None if scope.chosen is None else set(sql.ids_of(scope.chosen))
    for chunk in sql.chunks(ids, CHUNK):
        yield from _chunk(chunk, names, chosen)


def some(ids: Sequence[int], names: Directory) -> Iterator[PassageRow]:
    """The passages with these ids, by id; that they may be seen was decided before."""
    return _chunk(ids, names, None) if ids else iter(())


def _chunk(chunk: Sequence[int], names: Directory, chosen: set[int] | None) -> Iterator[PassageRow]:
    """SQL gives the fields in the order of PassageRow, so that a row is put together from slices."""
    where, values = sql.among("a.id", chunk)
    rows, wanted = sql.fetch(_query().format(where=where), values), set(chunk)
    lost = anchors.last([row[0] for row in rows if row[2] is None and row[0] in wanted])
    links = _links(chunk, wanted, names, chosen)
    for row in rows:
        pk = row[0]
        if pk in wanted:
            version, anchor = (row[2], row[6:13]) if row[2] is not None else (lost[pk][0], lost[pk][1:8])
            yield PassageRow._make((
                row[5], *names.text(row[1], version), *anchor, names.members[row[3]], *row[13:], names.labels(row[4]),
                tuple(links[pk]) if pk in links else (),
            ))  # fmt: skip


def _query() -> str:
    return (
        f"SELECT a.id, a.document_id, x.version_id, a.created_by_id, {sql.tag_ids('a.id')}, {sql.uid('a.uid')}, "
        f"{anchors.PLACE}, {sql.moment('a.created_at')}, {sql.moment('a.updated_at')}, a.note "
        f"FROM annotations_annotation a {anchors.JOINS} WHERE {{where}} ORDER BY a.id"
    )


def _links(chunk: Sequence[int], wanted: set[int], names: Directory, chosen: set[int] | None) -> dict[int, list[Link]]:
    """What each passage expresses. A variant does not inherit the verdict (UX.md 4.8)."""
    where, values = sql.among("o.annotation_id", chunk)
    query = (
        f"SELECT o.annotation_id, s.id, {sql.uid('s.uid')}, s.kind, s.number, s.text, s.type, s.mechanism, s.work, "
        "s.public, s.verdict, o.fit, o.voice, o.attributed_to_id, o.modality FROM annotations_occurrence o "
        "JOIN annotations_statement s ON s.id = o.statement_id AND s.removed_at IS NULL "
        f"WHERE {where} AND o.removed_at IS NULL ORDER BY o.annotation_id, o.id"
    )
    found: dict[int, list[Link]] = {}
    status = STATUS
    for row in sql.fetch(query, values):
        (annotation, pk, uid, kind, number, text, type_, mechanism, work, public, verdict, fit, voice, agent,
         modality) = row  # fmt: skip
        if annotation in wanted and (chosen is None or pk in chosen):
            link: Link = {
                "id": f"{LETTER[kind]}{number}", "uid": uid, "kind": kind, "text": text, "type": type_ or mechanism,
                "status": status[work, public], "verdict": verdict if fit == "same" else "", "fit": fit,
                "voice": voice, "speaker": names.agents[agent], "modality": modality,
            }  # fmt: skip
            if annotation in found:
                found[annotation].append(link)
            else:
                found[annotation] = [link]
    return found


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

"""Passages, flat and cheap: one row per annotation, by cursor in chunks (DESIGN.md 10: 200,000 in 3 CPU seconds)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from annotations.models import Member, Occurrence, Statement
from annotations.records import PassageRow
from annotations.rules.workflow import shown_status
from annotations.services.collect import anchors, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.scope import Scope
from annotations.services.passages import LETTER

CHUNK = 1000
Link = dict[str, object]
TAGS = "SELECT annotation_id, tag_id FROM annotations_annotationtag WHERE annotation_id IN ({marks}) ORDER BY id"


def of(scope: Scope) -> Iterator[PassageRow]:
    """Every passage of the scope, each with the statements that the scope lets through. Memory: ids and one chunk."""
    names = Directory(scope.member.corpus)
    ids = list(scope.annotations.values_list("pk", flat=True))
    chosen = None if scope.chosen is None else set(scope.chosen.values_list("pk", flat=True))
    query = _query()
    for chunk in sql.chunks(ids, CHUNK):
        rows = sql.fetch(query.format(marks=sql.marks(chunk)), chunk)
        tags: dict[int, list[str]] = defaultdict(list)
        for annotation_id, tag_id in sql.fetch(TAGS.format(marks=sql.marks(chunk)), chunk):
            tags[annotation_id].append(names.tags[tag_id])
        places, links = anchors.of(chunk), _links(chunk, names, chosen)
        for row in rows:
            if row[0] in places:
                yield _row(row, places[row[0]], tags[row[0]], links[row[0]], names)


def _query() -> str:
    return (
        f"SELECT a.id, {sql.uid('a.uid')}, a.document_id, a.created_by_id, {sql.moment('a.created_at')}, "
        f"{sql.moment('a.updated_at')}, a.note FROM annotations_annotation a WHERE a.id IN ({{marks}}) ORDER BY a.id"
    )


def _row(
    row: tuple[Any, ...], anchor: anchors.Anchor, tags: Sequence[str], links: Sequence[Link], names: Directory
) -> PassageRow:
    _, uid, document_id, creator, created_at, updated_at, note = row
    _, version_id, start, end, exact, quote, prefix, suffix, state, _ = anchor
    document = names.documents[document_id]
    version, version_at = names.versions[version_id]
    return PassageRow(
        uid, document.uid, document.title, document.url, version, version_at, start, end, exact, quote, prefix, suffix,
        state, names.members[creator], created_at, updated_at, note, tuple(tags), tuple(links),
    )  # fmt: skip


def _links(chunk: Sequence[int], names: Directory, chosen: set[int] | None) -> dict[int, list[Link]]:
    """What each passage expresses. A variant does not inherit the verdict (UX.md 4.8)."""
    query = (
        f"SELECT o.annotation_id, s.id, {sql.uid('s.uid')}, s.kind, s.number, s.text, s.type, s.mechanism, s.work, "
        "s.public, s.verdict, o.fit, o.voice, o.attributed_to_id, o.modality FROM annotations_occurrence o "
        "JOIN annotations_statement s ON s.id = o.statement_id AND s.removed_at IS NULL "
        f"WHERE o.annotation_id IN ({sql.marks(chunk)}) AND o.removed_at IS NULL ORDER BY o.id"
    )
    found: dict[int, list[Link]] = defaultdict(list)
    for row in sql.fetch(query, chunk):
        (annotation, pk, uid, kind, number, text, type_, mechanism, work, public, verdict, fit, voice, agent,
         modality) = row  # fmt: skip
        if chosen is None or pk in chosen:
            found[annotation].append({
                "id": f"{LETTER[kind]}{number}", "uid": uid, "kind": kind, "text": text, "type": type_ or mechanism,
                "status": shown_status(work, public), "verdict": verdict if fit == "same" else "", "fit": fit,
                "voice": voice, "speaker": names.agents[agent], "modality": modality,
            })  # fmt: skip
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

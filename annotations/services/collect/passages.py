"""Passages, flat and cheap: one row per annotation on the current version of its document, read by cursor in chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from annotations.models import Member, Statement, Tag
from annotations.records import PassageRow
from annotations.rules.workflow import shown_status
from annotations.services.collect.texts import utc
from annotations.services.passages import LETTER, VISIBLE

CHUNK = 2000
ROWS = f"""
SELECT a.id, a.uid, d.uid, d.title, d.id, v.uid, v.created_at, x.start, x."end", x.exact, x.quote, x.prefix, x.suffix,
       x.state, m.name, a.created_at, a.updated_at, a.note
FROM annotations_annotation a
JOIN annotations_document d ON d.id = a.document_id AND d.removed_at IS NULL
JOIN annotations_anchor x ON x.annotation_id = a.id AND x.version_id = d.current_id
JOIN annotations_version v ON v.id = x.version_id
LEFT JOIN annotations_member m ON m.id = a.created_by_id
LEFT JOIN annotations_layer l ON l.id = a.layer_id
LEFT JOIN annotations_round r ON r.id = l.round_id
WHERE {VISIBLE} AND a.corpus_id = %s AND a.id > %s {{narrow}}
ORDER BY a.id LIMIT {CHUNK}
"""
TAGS = "SELECT annotation_id, tag_id FROM annotations_annotationtag WHERE annotation_id BETWEEN %s AND %s AND corpus_id = %s"
LINKS = """
SELECT o.annotation_id, s.id, s.uid, s.kind, s.number, s.text, s.type, s.work, s.public, s.verdict, o.fit, o.voice,
       g.name, o.modality
FROM annotations_occurrence o
JOIN annotations_statement s ON s.id = o.statement_id
LEFT JOIN annotations_agent g ON g.id = o.attributed_to_id
WHERE o.annotation_id BETWEEN %s AND %s AND o.corpus_id = %s AND o.removed_at IS NULL ORDER BY o.id
"""


def of(member: Member, statements: QuerySet[Statement] | None) -> Iterator[PassageRow]:
    """Every visible passage; with `statements`, only those that express one of them. Memory: one chunk."""
    labels = {tag.pk: tag.label for tag in Tag.objects.filter(corpus_id=member.corpus_id)}
    wanted = None if statements is None else set(statements.values_list("pk", flat=True))
    slug, after = member.corpus.slug, 0
    while True:
        found = _fetch(ROWS.format(narrow=""), [member.pk, member.corpus_id, after])
        if not found:
            return
        span = [found[0][0], found[-1][0], member.corpus_id]
        tags: dict[int, list[str]] = {}
        for annotation_id, tag_id in _fetch(TAGS, span):
            tags.setdefault(annotation_id, []).append(labels[tag_id])
        links: dict[int, list[tuple[Any, ...]]] = {}
        for link in _fetch(LINKS, span):
            links.setdefault(link[0], []).append(link)
        for row in found:
            mine = links.get(row[0], ())
            if wanted is None or any(link[1] in wanted for link in mine):
                yield _row(row, tags.get(row[0], ()), mine, slug)
        after = found[-1][0]


def _fetch(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _row(row: tuple[Any, ...], tags: Sequence[str], links: Sequence[tuple[Any, ...]], slug: str) -> PassageRow:
    return PassageRow(
        str(row[1]), str(row[2]), row[3], f"{settings.BASE_URL}/c/{slug}/documents/{row[4]}/", str(row[5]), utc(row[6]),
        row[7], row[8], row[9], row[10], row[11], row[12], row[13], row[14] or "", utc(row[15]), utc(row[16]), row[17],
        tuple(tags), tuple(_link(link) for link in links),
    )  # fmt: skip


def _link(link: tuple[Any, ...]) -> dict[str, object]:
    return {
        "id": f"{LETTER[link[3]]}{link[4]}", "uid": str(link[2]), "kind": link[3], "text": link[5], "type": link[6],
        "status": shown_status(link[7], link[8]), "verdict": link[9], "fit": link[10], "voice": link[11],
        "speaker": link[12] or "", "modality": link[13],
    }  # fmt: skip

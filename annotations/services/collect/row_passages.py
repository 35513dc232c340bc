"""The half of a table row that tells of the passage: where it stands, what it says, who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings

from annotations.models import Member
from annotations.services.collect import anchors, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.texts import SEPARATOR
from annotations.services.passages import VISIBLE

#: Columns of a passage, in the order in which `by_statement` gives them.
PASSAGE = (
    "document_id", "document_title", "document_language", "published_date", "annotation_id", "permalink", "paragraph",
    "start", "end", "quote_raw", "quote_clean", "note", "annotation_tags", "fit", "difference", "voice",
    "attributed_to", "reported_via", "author_stance", "modality",
)  # fmt: skip
TAGS = """
SELECT t.annotation_id, t.tag_id FROM annotations_annotationtag t WHERE t.annotation_id IN ({marks}) ORDER BY t.id
"""


def by_statement(member: Member, ids: Sequence[int], names: Directory) -> dict[int, list[tuple[str, ...]]]:
    """The passages of each statement that this member may see, in the order in which they were linked."""
    rows = sql.fetch(_query().format(marks=sql.marks(ids)), [member.pk, *ids])
    annotation_ids = list(dict.fromkeys(row[1] for row in rows))
    places, tags = anchors.of(annotation_ids), _tags(annotation_ids, names)
    base = f"{settings.BASE_URL}/a/"
    found: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        (statement_id, annotation_id, uid, document_id, note, fit, difference, voice, speaker, via, stance, modality,
         strongest) = row  # fmt: skip
        document, anchor = names.documents.get(document_id), places.get(annotation_id)
        if document is None or anchor is None:
            continue
        _, _, start, end, exact, quote, _, _, _, block = anchor
        found[statement_id].append((
            document.uid, document.title, document.language, document.published_date, uid, f"{base}{annotation_id}/",
            str(block + 1), str(start), str(end), exact, quote, note, tags.get(annotation_id, ""), fit, difference,
            voice, names.agents[speaker], via, stance, modality or strongest,
        ))  # fmt: skip
    return found


def _query() -> str:
    return (
        f"SELECT o.statement_id, a.id, {sql.uid('a.uid')}, a.document_id, a.note, o.fit, o.difference, o.voice, "
        "o.attributed_to_id, o.reported_via, o.author_stance, o.modality, s.modality FROM annotations_occurrence o "
        "JOIN annotations_statement s ON s.id = o.statement_id JOIN annotations_annotation a ON a.id = o.annotation_id "
        "LEFT JOIN annotations_layer l ON l.id = a.layer_id LEFT JOIN annotations_round r ON r.id = l.round_id "
        f"WHERE {VISIBLE} AND o.removed_at IS NULL AND o.statement_id IN ({{marks}}) ORDER BY o.id"
    )


def _tags(annotation_ids: Sequence[int], names: Directory) -> dict[int, str]:
    if not annotation_ids:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    for annotation_id, tag_id in sql.fetch(TAGS.format(marks=sql.marks(annotation_ids)), annotation_ids):
        found[annotation_id].append(names.tags[tag_id])
    return {pk: SEPARATOR.join(labels) for pk, labels in found.items()}

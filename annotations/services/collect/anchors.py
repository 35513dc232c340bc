"""Where passages stand: the anchor on the current version, or the last one of a passage that lost its place there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from annotations.services.collect import sql

FIELDS = 'x.annotation_id, x.version_id, x.start, x."end", x.exact, x.quote, x.prefix, x.suffix, x.state, x.block'
CURRENT = f"""
SELECT {FIELDS} FROM annotations_anchor x
JOIN annotations_annotation a ON a.id = x.annotation_id
JOIN annotations_document d ON d.id = a.document_id AND d.current_id = x.version_id
WHERE x.annotation_id IN ({{marks}})
"""
LAST = f"""
SELECT {FIELDS} FROM annotations_anchor x JOIN annotations_version v ON v.id = x.version_id
WHERE x.annotation_id IN ({{marks}}) ORDER BY v.number
"""
ORPHANED = "orphaned"

#: annotation, version, start, end, exact, quote, prefix, suffix, state, block
Anchor = tuple[Any, ...]


def of(annotation_ids: Sequence[int]) -> dict[int, Anchor]:
    """The place of each annotation. None is left out because a new version no longer holds its words."""
    if not annotation_ids:
        return {}
    rows = sql.fetch(CURRENT.format(marks=sql.marks(annotation_ids)), annotation_ids)
    found = {row[0]: row for row in rows}
    if len(found) < len(annotation_ids):
        found.update(_last(pk for pk in annotation_ids if pk not in found))
    return found


def _last(lost: Iterable[int]) -> dict[int, Anchor]:
    ids = list(lost)
    rows = sql.fetch(LAST.format(marks=sql.marks(ids)), ids)
    return {row[0]: (*row[:8], ORPHANED, row[9]) for row in rows}

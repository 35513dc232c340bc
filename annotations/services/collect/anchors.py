"""Where passages stand: the anchor on the current version, or the last one of a passage that lost its place there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.services.collect import sql

ORPHANED = "orphaned"
#: Fields of an anchor in the order of PassageRow; `x.version_id` goes before, the paragraph behind.
PLACE = 'x.start, x."end", x.exact, x.quote, x.prefix, x.suffix, x.state'
#: Joins of a query over annotations `a` that tell documents `d` and anchors `x`; no x: the current version has none.
JOINS = (
    "JOIN annotations_document d ON d.id = a.document_id AND d.removed_at IS NULL "
    "LEFT JOIN annotations_anchor x ON x.annotation_id = a.id AND x.version_id = d.current_id"
)
LAST = f"""
SELECT x.annotation_id, x.version_id, {PLACE}, x.block FROM annotations_anchor x
JOIN annotations_version v ON v.id = x.version_id
WHERE {{where}} ORDER BY v.number
"""

#: version, the fields of PLACE, paragraph
Anchor = tuple[Any, ...]


def last(annotation_ids: Sequence[int]) -> dict[int, Anchor]:
    """The newest place of annotations that the current version does not hold. None is left out for that."""
    if not annotation_ids:
        return {}
    where, values = sql.among("x.annotation_id", annotation_ids)
    rows = sql.fetch(LAST.format(where=where), values)
    return {row[0]: (*row[1:8], ORPHANED, row[9]) for row in rows}

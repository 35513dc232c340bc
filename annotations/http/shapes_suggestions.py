"""The shape in which a suggestion leaves over HTTP."""

from __future__ import annotations

from typing import Any

from annotations.models import Suggestion

#: Fields that leave as they are stored.
STORED = (
    "version", "start", "end", "clean_start", "clean_end", "block", "quote", "suggester", "kind", "score", "fit",
    "difference", "reasons", "state", "created_at",
)  # fmt: skip


def suggestion(row: Suggestion) -> dict[str, Any]:
    """One suggestion; `statement` is the one that it repeats."""
    return {
        "id": row.pk, "uid": str(row.uid), "document": row.document_id, "text_version": row.text_version_id,
        **{name: getattr(row, name) for name in STORED},
        "statement": repeated(row), "annotation": row.annotation_id, "decided_by": row.decided_by_id,
    }  # fmt: skip


def repeated(row: Suggestion) -> dict[str, Any] | None:
    if row.statement is None:
        return None
    one = row.statement
    return {"id": one.pk, "label": one.label, "kind": one.kind, "text": one.text}

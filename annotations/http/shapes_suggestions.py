"""The shape in which a suggestion leaves over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from annotations.models import Suggestion
from annotations.rules.reasons import told

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
        "why": why(row), "statement": repeated(row), "annotation": row.annotation_id, "decided_by": row.decided_by_id,
    }  # fmt: skip


def why(row: Suggestion) -> list[str]:
    """The reasons in the words of whoever asks."""
    return [one for one in (told(reason, gettext) for reason in row.reasons) if one]


def repeated(row: Suggestion) -> dict[str, Any] | None:
    if row.statement is None:
        return None
    one = row.statement
    return {"id": one.pk, "label": one.label, "kind": one.kind, "text": one.text}

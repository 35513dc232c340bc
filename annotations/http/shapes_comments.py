"""The shape in which comments leave over HTTP."""

from __future__ import annotations

from typing import Any

from annotations.http.sanitize import rich
from annotations.models import Comment


def comment(row: Comment) -> dict[str, Any]:
    """A comment as typed (`body`) and as HTML; of a removed one that has answers only that it was there."""
    gone = row.removed_at is not None
    author = row.created_by
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "annotation": row.annotation_id,
        "statement": row.statement_id, "verification": row.verification_id, "parent": row.parent_id,
        "removed": gone, "body": "" if gone else row.body, "html": "" if gone else str(rich(row.body)),
        "mentions": [] if gone else [one.member_id for one in row.mentions.all()],
        "author": {"id": author.pk, "name": author.name} if author else {"id": None, "name": ""},
        "resolved": row.resolved_at is not None, "resolved_at": row.resolved_at, "resolved_by": row.resolved_by_id,
        "created_at": row.created_at, "updated_at": row.updated_at,
    }  # fmt: skip

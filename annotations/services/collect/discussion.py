"""Comments for exports: those that this member may read, first comments before their answers. An answer to a removed
comment begins a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator

from annotations import records as r
from annotations.services.collect.scope import Scope
from annotations.services.collect.texts import uid, utc

CHUNK = 500


def comments(scope: Scope) -> Iterator[r.CommentRecord]:
    rows = scope.comments.select_related(
        "annotation", "statement", "verification", "parent", "created_by", "resolved_by"
    ).prefetch_related("mentions__member")
    for row in rows.iterator(CHUNK):
        parent = row.parent if row.parent and row.parent.removed_at is None else None
        named = sorted((one.member for one in row.mentions.all()), key=lambda member: member.pk)
        yield r.CommentRecord(
            uid=str(row.uid), annotation=uid(row.annotation), statement=uid(row.statement),
            verification=uid(row.verification), parent=uid(parent), body=row.body,
            mentions=tuple(str(member.uid) for member in named), created_at=utc(row.created_at),
            created_by=uid(row.created_by), updated_at=utc(row.updated_at), resolved_at=utc(row.resolved_at),
            resolved_by=uid(row.resolved_by),
        )  # fmt: skip

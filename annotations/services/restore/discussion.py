"""Importing comments: threads first, then their answers, then who is named in them."""

from __future__ import annotations

from collections.abc import Sequence

from annotations import models as m
from annotations import records as r
from annotations.services.restore.context import Restoring, moment, some_moment


def comments(job: Restoring, records: Sequence[r.CommentRecord]) -> None:
    def build(record: r.CommentRecord) -> m.Comment:
        return m.Comment(
            corpus=job.corpus, uid=record.uid, annotation_id=job.id("annotations", record.annotation),
            statement_id=job.id("statements", record.statement), parent_id=job.id("comments", record.parent),
            verification_id=job.id("verifications", record.verification), body=record.body,
            created_at=moment(record.created_at), updated_at=job.when(record.updated_at),
            created_by_id=job.member(record.created_by), resolved_at=some_moment(record.resolved_at),
            resolved_by_id=job.member(record.resolved_by),
        )  # fmt: skip

    pairs = job.write("comments", m.Comment, [record for record in records if record.parent is None], build)
    pairs += job.write("comments", m.Comment, [record for record in records if record.parent is not None], build)
    members = job.ids["members"]
    named = [(row, pk) for record, row in pairs for pk in dict.fromkeys(members[uid] for uid in record.mentions)]
    job.link(m.Mention, [m.Mention(comment=row, member_id=pk) for row, pk in named])

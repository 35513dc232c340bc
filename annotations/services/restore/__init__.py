"""Importing a lossless dump: every table in order, by uid, so that a second import adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection

from annotations.records import TABLES
from annotations.rules.errors import Invalid, noop
from annotations.services.op import Op
from annotations.services.restore import checks, codebook, passages, statements
from annotations.services.restore.context import Restoring

STEPS: Mapping[str, Callable[[Restoring, Sequence[Any]], None]] = {
    "members": codebook.members, "agents": codebook.agents, "tag_sets": codebook.tag_sets, "tags": codebook.tags,
    "sources": codebook.sources, "documents": passages.documents, "annotations": passages.annotations,
    "statements": statements.statements, "occurrences": statements.occurrences, "relations": statements.relations,
    "verifications": checks.verifications, "evidence": checks.evidence, "milestones": checks.milestones,
    "saved_views": codebook.saved_views,
}  # fmt: skip


def restore(op: Op, tables: Mapping[str, Sequence[Any]]) -> Restoring:
    """Write every record that the corpus does not have yet; one `bulk` event tells how many of each."""
    op.check("import_corpus")
    job = Restoring(op)
    for name in TABLES:
        try:
            STEPS[name](job, tables.get(name, ()))
        except KeyError as error:
            message = noop("The dump names %(uid)s in “%(table)s”, but does not hold it. Export it again.")
            raise Invalid("dump_dangling", message, uid=str(error.args[0]), table=name) from None
    _raise_counters(op.corpus.pk)
    if job.made:
        op.log("bulk.imported", op.corpus, {"made": dict(job.made)}, touched=job.touched)
    return job


def _raise_counters(corpus_id: int) -> None:
    """Numbers that came in are taken: the next statement gets the one after the highest."""
    with connection.cursor() as cursor:
        for kind, column in (("claim", "last_claim"), ("proposal", "last_proposal")):
            cursor.execute(
                f"UPDATE annotations_corpushead SET {column} = (SELECT COALESCE(MAX(n), 0) FROM "
                f"(SELECT {column} AS n UNION ALL SELECT MAX(number) FROM annotations_statement "
                "WHERE corpus_id = %s AND kind = %s) x) WHERE corpus_id = %s",
                [corpus_id, kind, corpus_id],
            )

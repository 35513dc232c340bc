"""Importing a lossless dump: table by table and by uid, so that a second import adds nothing; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection

from annotations import models as m
from annotations.records import TABLES, CorpusRecord
from annotations.services import corpora, editions, search_entries
from annotations.services.op import Op
from annotations.services.restore import checks, codebook, discussion, passages, statements
from annotations.services.restore.context import Restoring, moment
from annotations.services.restore.prepare import Ready, prepare

__all__ = ["Ready", "Restoring", "is_empty", "prepare", "restore"]

STEPS: Mapping[str, Callable[[Restoring, Sequence[Any]], None]] = {
    "members": codebook.members, "agents": codebook.agents, "tag_sets": codebook.tag_sets, "tags": codebook.tags,
    "sources": codebook.sources, "documents": passages.documents, "annotations": passages.annotated,
    "statements": statements.statements, "occurrences": statements.occurrences, "relations": statements.relations,
    "verifications": checks.verifications, "evidence": checks.evidence, "milestones": checks.milestones,
    "saved_views": codebook.saved_views, "comments": discussion.comments,
}  # fmt: skip


def restore(op: Op, ready: Ready) -> Restoring:
    """Write every record that the corpus does not have yet; one `bulk` event tells how many of each.

    An empty corpus becomes the one that was exported: its name, description, language, age and codebook.
    """
    op.check("import_corpus")
    if is_empty(op.corpus):
        _become(op, ready.corpus)
    job = Restoring(op, ready)
    for name in TABLES:
        STEPS[name](job, ready.tables[name])
    _raise_counters(op.corpus.pk)
    _index(job)
    if job.made:
        op.log("bulk.imported", op.corpus, {"made": dict(job.made), "format": "json"}, touched=job.touched)
    return job


def _index(job: Restoring) -> None:
    """What came without being named by the event can be searched, too."""
    quoted = m.Evidence.objects.filter(pk__in=job.ids.get("evidence", {}).values()).values_list("source_id", flat=True)
    search_entries.refresh(job.corpus.pk, "source", set(quoted))
    search_entries.refresh(job.corpus.pk, "comment", set(job.ids.get("comments", {}).values()))


def is_empty(corpus: m.Corpus) -> bool:
    """Whether nobody has put anything into it: nothing but members and the codebook it started with."""
    tables = (m.Document, m.Annotation, m.Statement, m.Source, m.Agent, m.SavedView)
    return not any(model.objects.filter(corpus=corpus).exists() for model in tables)


def _become(op: Op, corpus: CorpusRecord) -> None:
    """Take over the facts of the exported corpus. The starter codebook goes: nothing carries its tags."""
    editions.close(op)
    m.Tag.objects.filter(corpus=op.corpus).delete()
    m.TagSet.objects.filter(corpus=op.corpus).delete()
    corpora.update(
        op, name=corpus.name, description=corpus.description, language=corpus.language,
        created_at=moment(corpus.created_at), publisher_name=corpus.publisher_name,
        publisher_contact=corpus.publisher_contact, publisher_policy=corpus.publisher_policy,
    )  # fmt: skip


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

"""Importing documents with their versions, and annotations with their anchors, each checked against the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from annotations import models as m
from annotations import records as r
from annotations.rules.errors import Invalid, noop
from annotations.services import search_index, texts
from annotations.services.annotations import make_anchor
from annotations.services.restore.context import Restoring, moment
from annotations.text.offsets import OffsetMap


def documents(job: Restoring, records: Sequence[r.DocumentRecord]) -> None:
    batches: dict[str, m.Batch] = {}
    for record in job.new("documents", m.Document, records):
        row = m.Document.objects.create(
            corpus=job.corpus, uid=record.uid, title=record.title, language=record.language, genre=record.genre,
            authors=list(record.authors), affiliation=record.affiliation, publisher=record.publisher,
            source_note=record.source_note, url=record.url, published_date=record.published_date,
            not_before=record.not_before, reference_year=record.reference_year, rights=record.rights,
            proposed=list(record.proposed), note=record.note, batch=_batch(job, batches, record),
            created_at=moment(record.created_at), updated_at=job.op.at, created_by_id=job.member(record.created_by),
        )  # fmt: skip
        job.keep("documents", record.uid, row)
        for tag in record.tags:
            m.DocumentTag.objects.create(document=row, tag_id=job.ids["tags"][tag])
        for version in sorted(record.versions, key=lambda one: one.number):
            row.current = _version(job, row, version)
        row.save(update_fields=["current"])


def _batch(job: Restoring, batches: dict[str, m.Batch], record: r.DocumentRecord) -> m.Batch | None:
    if not record.batch:
        return None
    if record.batch not in batches:
        batches[record.batch] = m.Batch.objects.create(
            corpus=job.corpus, label=record.batch, created_at=job.op.at, created_by=job.op.by
        )
    return batches[record.batch]


def _version(job: Restoring, document: m.Document, record: r.VersionRecord) -> m.Version:
    """One stored text, as exported: the hash must be the text's, the map must fit both texts."""
    offsets = _offsets(record)
    rows = [[b.role, b.start, b.end, b.level, b.page, b.duplicate_of, b.shift] for b in record.blocks]
    folded = sum(1 for block in record.blocks if block.duplicate_of is not None)
    version = m.Version.objects.create(
        corpus=job.corpus, uid=record.uid, document=document, number=record.number, sha256=record.sha256,
        length=len(record.raw_text), clean_length=len(record.clean_text), cleaner=record.cleaner, reader=record.reader,
        file=_file(job, record), file_name=record.file_name, folded_blocks=folded, block_count=len(rows),
        created_at=moment(record.created_at), created_by_id=job.member(record.created_by),
    )  # fmt: skip
    m.VersionText.objects.create(
        version=version, raw=record.raw_text, clean=record.clean_text, offsets=record.offset_map, block_rows=rows
    )
    texts.keep(texts.build(version.pk, record.raw_text, record.clean_text, offsets, rows))
    found = search_index.rows(record.clean_text, offsets, record.blocks)
    search_index.add(job.corpus.pk, document.pk, version.pk, found)
    job.ids.setdefault("versions", {})[record.uid] = version.pk
    return version


def _offsets(record: r.VersionRecord) -> OffsetMap:
    offsets = OffsetMap.decode(record.offset_map)
    fits = (offsets.raw_length, offsets.clean_length) == (len(record.raw_text), len(record.clean_text))
    if not fits or hashlib.sha256(record.raw_text.encode()).hexdigest() != record.sha256:
        message = noop("The text of version %(uid)s was changed after the export: its hash or its map do not fit.")
        raise Invalid("dump_text_changed", message, uid=record.uid)
    return offsets


def _file(job: Restoring, record: r.VersionRecord) -> m.StoredFile | None:
    """The row of the file, whose bytes a dump does not carry."""
    if not record.file_sha256:
        return None
    row, _ = m.StoredFile.objects.get_or_create(
        corpus=job.corpus, sha256=record.file_sha256, defaults={"size": 0, "created_at": job.op.at}
    )
    return row


def annotations(job: Restoring, records: Sequence[r.AnnotationRecord]) -> None:
    versions = m.Version.objects.filter(corpus=job.corpus).values_list("uid", "pk")
    job.ids.setdefault("versions", {}).update({str(uid): pk for uid, pk in versions})
    for record in job.new("annotations", m.Annotation, records):
        row = m.Annotation.objects.create(
            corpus=job.corpus, uid=record.uid, document_id=job.ids["documents"][record.document], note=record.note,
            confidence=record.confidence, created_at=moment(record.created_at),
            updated_at=moment(record.updated_at), created_by_id=job.member(record.created_by),
        )  # fmt: skip
        job.keep("annotations", record.uid, row)
        for anchor in record.anchors:
            _anchor(job, row, anchor)
        m.AnnotationTag.objects.bulk_create(
            m.AnnotationTag(
                annotation=row, tag_id=job.ids["tags"][tag], document_id=row.document_id, corpus=job.corpus
            )
            for tag in record.tags
        )
    _count(job)


def _anchor(job: Restoring, row: m.Annotation, record: r.AnchorRecord) -> None:
    text = texts.get(job.ids["versions"][record.version])
    if text.raw[record.start : record.end] != record.exact or record.start >= record.end:
        message = noop("Annotation %(uid)s does not quote what stands at %(start)s–%(end)s.")
        raise Invalid("dump_anchor", message, uid=str(row.uid), start=record.start, end=record.end)
    make_anchor(
        row.pk, text, record.start, record.end, state=record.state, method=record.method, similarity=record.similarity
    ).save(force_insert=True)


def _count(job: Restoring) -> None:
    """The number of live annotations of each document that came in."""
    for pk in {job.ids["documents"][uid] for uid in job.ids["documents"]}:
        count = m.Annotation.objects.filter(document_id=pk, removed_at=None).count()
        m.Document.objects.filter(pk=pk).update(annotation_count=count)

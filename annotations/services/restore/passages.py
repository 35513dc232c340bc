"""Importing documents with their versions, and annotations with their anchors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q

from annotations import models as m
from annotations import records as r
from annotations.rules.errors import Invalid, noop
from annotations.services import search_index, texts
from annotations.services.anchors import make_anchor
from annotations.services.restore.context import Restoring, moment
from annotations.services.restore.prepare import check_quote


def documents(job: Restoring, records: Sequence[r.DocumentRecord]) -> None:
    batches: dict[str, m.Batch] = {str(row.uid): row for row in m.Batch.objects.filter(corpus=job.corpus)}

    def build(record: r.DocumentRecord) -> m.Document:
        return m.Document(
            corpus=job.corpus, uid=record.uid, title=record.title, language=record.language, genre=record.genre,
            authors=list(record.authors), affiliation=record.affiliation, publisher=record.publisher,
            source_note=record.source_note, url=record.url, published_date=record.published_date,
            not_before=record.not_before, reference_year=record.reference_year, rights=record.rights,
            proposed=list(record.proposed), note=record.note, batch=_batch(job, batches, record),
            author_note=record.author_note, created_at=moment(record.created_at),
            updated_at=job.when(record.updated_at), created_by_id=job.member(record.created_by),
        )  # fmt: skip

    job.know("versions", m.Version)
    for record, row in job.write("documents", m.Document, records, build):
        tags = [m.DocumentTag(document=row, tag_id=tag) for tag in job.tags(record.tags)]
        job.link(m.DocumentTag, tags)
        _versions(job, row, record)
    _translations(job, records)


def _translations(job: Restoring, records: Sequence[r.DocumentRecord]) -> None:
    """Which document translates which, once all are here; an original that did not come along is not named."""
    ids = job.ids["documents"]
    for record in records:
        if record.translation_of in ids:
            rows = m.Document.objects.filter(pk=ids[record.uid], translation_of=None)
            rows.update(translation_of_id=ids[record.translation_of])


def _batch(job: Restoring, batches: dict[str, m.Batch], record: r.DocumentRecord) -> m.Batch | None:
    """What the document came with. Older dumps tell the label only: then the same label is the same batch."""
    if not record.batch and record.came_with is None:
        return None
    told = record.came_with
    key = told.uid if told else record.batch
    if key not in batches:
        known = {"uid": told.uid, "created_at": moment(told.created_at)} if told else {"created_at": job.op.at}
        by = job.member(told.created_by) if told else None
        batches[key] = m.Batch.objects.create(
            corpus=job.corpus, label=record.batch, created_by_id=by or job.op.by.pk, **known
        )
    return batches[key]


def _versions(job: Restoring, document: m.Document, record: r.DocumentRecord) -> None:
    """Every stored text, as exported; the newest is the current one and can be searched."""
    in_order = sorted(record.versions, key=lambda one: one.number)
    pairs = job.write("versions", m.Version, in_order, lambda one: _version(job, document, one))
    rows = [_text(job, version, row) for version, row in pairs]
    job.link(m.VersionText, rows)
    newest, document.current = pairs[-1]
    document.save(update_fields=["current"])
    found = job.ready.texts[newest.uid]
    search_index.add(job.corpus.pk, document.pk, document.current.pk, found.sentences)


def _version(job: Restoring, document: m.Document, record: r.VersionRecord) -> m.Version:
    found = job.ready.texts[record.uid]
    return m.Version(
        corpus=job.corpus, uid=record.uid, document=document, number=record.number, sha256=record.sha256,
        length=len(record.raw_text), clean_length=len(record.clean_text), cleaner=record.cleaner, reader=record.reader,
        file=job.file(record.file_sha256), file_name=record.file_name, repairs=found.repairs,
        folded_blocks=found.folded, block_count=len(found.block_rows), charset=record.charset,
        notices=list(record.notices),
        created_at=moment(record.created_at), created_by_id=job.member(record.created_by),
    )  # fmt: skip


def _text(job: Restoring, record: r.VersionRecord, row: m.Version) -> m.VersionText:
    found = job.ready.texts[record.uid]
    job.texts[record.uid] = texts.build(row.pk, record.raw_text, record.clean_text, found.offsets, found.block_rows)
    return m.VersionText(
        version=row, raw=record.raw_text, clean=record.clean_text, offsets=record.offset_map,
        block_rows=found.block_rows,
    )  # fmt: skip


def annotated(job: Restoring, records: Sequence[r.AnnotationRecord]) -> None:
    def build(record: r.AnnotationRecord) -> m.Annotation:
        return m.Annotation(
            corpus=job.corpus, uid=record.uid, document_id=job.ids["documents"][record.document], note=record.note,
            confidence=record.confidence, created_at=moment(record.created_at), updated_at=moment(record.updated_at),
            created_by_id=job.member(record.created_by), lost_in=record.lost_in,
        )  # fmt: skip

    pairs = job.write("annotations", m.Annotation, records, build)
    by_version = sorted(_anchors(job, pairs), key=lambda anchor: (anchor.version_id, anchor.annotation_id))
    job.link(m.Anchor, by_version)
    job.link(
        m.AnnotationTag,
        (
            m.AnnotationTag(annotation=row, tag_id=tag, document_id=row.document_id, corpus=job.corpus)
            for record, row in pairs
            for tag in job.tags(record.tags)
        ),
    )
    _count(job, {row.document_id for _, row in pairs})


def _anchors(job: Restoring, pairs: Sequence[tuple[r.AnnotationRecord, m.Annotation]]) -> Iterator[m.Anchor]:
    """What a text says about a passage is worked out again; words and state are as exported."""
    ordered = [(anchor, row) for record, row in pairs for anchor in record.anchors]
    for anchor, row in sorted(ordered, key=lambda pair: pair[0].version):  # each text is read once
        if anchor.version not in job.ids["versions"]:
            message = noop(
                "Annotation %(uid)s stands in a version of its document that this corpus does not have, because the "
                "document came here earlier. Import the dump into an empty corpus."
            )
            raise Invalid("dump_other_state", message, uid=row.uid)
        text = job.texts.get(anchor.version) or texts.get(job.ids["versions"][anchor.version])
        check_quote(str(row.uid), text.raw, anchor)
        made = make_anchor(
            row.pk, text, anchor.start, anchor.end,
            state=anchor.state, method=anchor.method, similarity=anchor.similarity,
        )  # fmt: skip
        made.quote, made.prefix, made.suffix = anchor.quote_clean, anchor.prefix, anchor.suffix
        yield made


def _count(job: Restoring, documents: set[int]) -> None:
    """The number of live annotations of each document that got some."""
    live = Count("annotations", filter=Q(annotations__removed_at=None))
    rows = m.Document.objects.filter(corpus=job.corpus, pk__in=documents).annotate(live=live)
    for row in rows:
        row.annotation_count = row.live
    m.Document.objects.bulk_update(rows, ["annotation_count"], batch_size=200)

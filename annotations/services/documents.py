"""Documents: load a text, keep its file, propose its facts, edit them, note what was read."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from annotations.models import Batch, Corpus, Document, ReadingState, StoredFile, Version, VersionText
from annotations.rules import dates, vocabulary
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import coverage, queue, search_index, texts
from annotations.services.op import Op, changes
from annotations.services.preparing import Prepared as Prepared
from annotations.services.preparing import prepare as prepare
from annotations.text.offsets import OffsetMap

FACTS = (
    "title",
    "language",
    "genre",
    "authors",
    "author_note",
    "affiliation",
    "publisher",
    "source_note",
    "url",
    "published_date",
    "not_before",
    "reference_year",
    "rights",
)
REPAIRS = ("gloss", "lost-bytes", "broken-entity")


def same(corpus: Corpus, prepared_sha: str, file_sha: str = "") -> Document | None:
    """A live document with this very text or this very file in any of its versions."""
    live = Version.objects.filter(corpus=corpus, document__removed_at=None).select_related("document")
    found = live.filter(sha256=prepared_sha).first()
    if found is None and file_sha:
        found = live.filter(file__sha256=file_sha).first()
    return found.document if found else None


def namesake(corpus: Corpus, file_name: str, url: str = "") -> Document | None:
    """The one live document with this address, or any version of which came from a file of this name; None when there
    is none, or more than one."""
    live = Document.objects.filter(corpus=corpus, removed_at=None)
    named = Q(versions__file_name=file_name[:300]) if file_name else Q(pk__in=())
    found = list(live.filter(url=url)[:2]) if url else []
    found = found or list(live.filter(named).distinct()[:2])
    return found[0] if len(found) == 1 else None


def _check_name(op: Op, file_name: str, url: str) -> None:
    other = namesake(op.corpus, file_name, url)
    if other is not None:
        message = noop("“%(title)s” has the same name or address. Is this a new version of it, or another document?")
        raise Refused("document_named", message, title=other.title, id=other.pk)


def load(
    op: Op,
    prepared: Prepared,
    *,
    file: StoredFile | None = None,
    file_name: str = "",
    batch: Batch | None = None,
    again: bool = False,
    ask: bool = False,
    **given: object,
) -> Document:
    """A new document of this text. Refused when the corpus has it already, unless `again`, and, with `ask`, when it may
    be a new version of one with the same file name or address; `given` facts are not proposals."""
    op.check("add_document")
    present = None if again else same(op.corpus, prepared.sha256, file.sha256 if file else "")
    if present:
        raise Refused("document_exists", noop("Already here: “%(title)s”."), title=present.title, id=present.pk)
    fields = {**prepared.facts, **check_facts(given)}
    if ask:
        _check_name(op, file_name, str(fields.get("url") or ""))
    fields["proposed"] = [name for name in prepared.facts.get("proposed", ()) if name not in given]  # type: ignore[attr-defined]
    document = Document.objects.create(
        corpus=op.corpus, batch=batch, created_at=op.at, updated_at=op.at, created_by=op.by, **fields
    )
    version = add_text(op, document, prepared, number=1, file=file, file_name=file_name)
    document.current = version
    document.save(update_fields=["current"])
    op.log(
        "document.loaded",
        document,
        {
            "title": document.title,
            "repairs": sum(prepared.repairs.get(k, 0) for k in REPAIRS),
            "folded": prepared.folded,
            "characters": len(prepared.source.text),
        },
        document_id=document.pk,
    )
    return document


def add_text(
    op: Op, document: Document, prepared: Prepared, *, number: int, file: StoredFile | None, file_name: str
) -> Version:
    """Store one immutable text as a Version and index its sentences."""
    source, cleaned = prepared.source, prepared.cleaned
    version = Version.objects.create(
        corpus=op.corpus,
        document=document,
        number=number,
        file=file,
        created_at=op.at,
        created_by=op.by,
        **version_values(prepared, file_name),
    )
    VersionText.objects.create(version=version, **text_values(prepared))
    texts.keep(texts.build(version.pk, source.text, cleaned.text, cleaned.map, prepared.block_rows))
    search_index.add(op.corpus.pk, document.pk, version.pk, prepared.sentences)
    if settings.AIGOV_SUGGEST and op.corpus.suggests:
        queue.enqueue("claims", op.corpus.pk)
        if op.corpus.sends_to:
            queue.enqueue("asks", op.corpus.pk)
    queue.enqueue("repeats", op.corpus.pk)
    return version


def version_values(prepared: Prepared, file_name: str) -> dict[str, object]:
    """The columns of a Version that follow from its text."""
    source, cleaned = prepared.source, prepared.cleaned
    return {
        "sha256": prepared.sha256,
        "length": len(source.text),
        "clean_length": len(cleaned.text),
        "cleaner": cleaned.cleaner,
        "reader": source.reader,
        "charset": source.charset or "",
        "file_name": file_name[:300],
        "repairs": prepared.repairs,
        "folded_blocks": prepared.folded,
        "block_count": len(prepared.block_rows),
        "notices": [[n.code, n.template, dict(n.params)] for n in source.notices],
    }


def text_values(prepared: Prepared) -> dict[str, object]:
    """The columns of its VersionText."""
    cleaned = prepared.cleaned
    return {
        "raw": prepared.source.text,
        "clean": cleaned.text,
        "offsets": cleaned.map.encode(),
        "block_rows": prepared.block_rows,
    }


def new_batch(op: Op, label: str) -> Batch:
    return Batch.objects.create(corpus=op.corpus, label=label[:120], created_at=op.at, created_by=op.by)


def check_facts(values: dict[str, object]) -> dict[str, object]:
    for name, value in values.items():
        if name not in FACTS:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
        if name == "title" and not str(value).strip():
            raise Invalid("document_needs_title", noop("Give the document a title."), field="title")
        if name == "language":
            vocabulary.LANGUAGES.check(str(value), "language")
        if name == "genre" and value:
            vocabulary.GENRES.check(str(value), "genre")
        if name in ("published_date", "not_before") and value:
            dates.check_date(str(value), name)
    return values


def update_facts(op: Op, document: Document, *, confirm: Iterable[str] = (), **values: object) -> Document:
    """Edit facts; a fact that a person set or confirmed is no longer proposed."""
    op.check("edit_document_facts")
    touched = {*check_facts(values), *confirm}
    changed = changes(document, {**values, "proposed": [n for n in document.proposed if n not in touched]})
    if changed:
        document.version += 1
        document.updated_at = op.at
        document.save()
        op.log("document.updated", document, {"title": document.title, "changes": changed}, document_id=document.pk)
    return document


def set_note(op: Op, document: Document, note: str) -> None:
    """The document-level note."""
    op.check("annotate")
    changed = changes(document, {"note": note})
    if changed:
        document.version += 1
        document.updated_at = op.at
        document.save()
        op.log("document.noted", document, {"title": document.title, "changes": changed}, document_id=document.pk)


def remove(op: Op, document: Document) -> None:
    op.check("remove_document")
    if document.removed_at is None:
        document.removed_at = op.at
        document.version += 1
        document.save()
        search_index.drop(document.pk)
        op.log("document.removed", document, {"title": document.title}, document_id=document.pk)


def set_reading(op: Op, document: Document, state: str, paragraph: int = 0) -> ReadingState:
    """Where this member stands in this document. Only the end of reading is history; scrolling is not."""
    op.check("mark_read")
    vocabulary.READING_STATES.check(state, "state")
    row, _ = ReadingState.objects.get_or_create(
        document=document, member=op.by, defaults={"state": "unread", "updated_at": op.at}
    )
    finished = state in ("read", "nothing") and row.state != state
    row.state, row.updated_at = state, op.at
    if paragraph:
        row.paragraph = paragraph
    row.save()
    if state == "unread":
        coverage.forget(op.by, document)
    if finished:
        op.log("document.read", document, {"title": document.title, "state": state}, document_id=document.pk)
    return row


def map_of(version: Version) -> OffsetMap:
    return texts.get(version.pk).map

"""Many documents at once, with annotations if they have any: the same rows as documents.load, written without the ORM.

All that is slow happens in `ready`, outside any transaction and in whatever process; `store` only writes. One `bulk`
Event tells of a batch, its EventObjects name the documents and annotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from annotations.models import Anchor, Annotation, AnnotationTag, Batch, Document, StoredFile, Version, VersionText
from annotations.models.base import Folded
from annotations.services import bulk_rows, codebook, documents, limits, search_entries, search_index, texts
from annotations.services.anchors import place
from annotations.services.annotations import Span, raw_span
from annotations.services.documents import REPAIRS, Prepared
from annotations.services.op import Op

Values = dict[str, object]
ANCHOR = (
    "start", "end", "clean_start", "clean_end", "home_start", "home_end", "exact", "quote", "prefix", "suffix", "block",
    "fold_hash",
)  # fmt: skip
QUOTE = ANCHOR.index("quote")
FILES = "SELECT sha256, id FROM annotations_storedfile WHERE corpus_id = %s AND sha256 IN ({marks})"
TAGS = """SELECT t.id FROM annotations_tag t JOIN annotations_tagset s ON s.id = t.tag_set_id
WHERE t.corpus_id = %s AND s.scope = 'annotation' AND t.id IN ({marks})"""
LIVE = """SELECT v.{column}, d.title FROM annotations_version v JOIN annotations_document d ON d.id = v.document_id
WHERE v.corpus_id = %s AND v.{column} IN ({{marks}}) AND d.removed_at IS NULL"""
BY_TEXT, BY_FILE = LIVE.format(column="sha256"), LIVE.format(column="file_id")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to annotate: raw code points of the text, ids of tags of the corpus."""

    start: int
    end: int
    tags: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A document as plain values, cheap to send between processes. `anchors` belong to `marks`, one each."""

    name: str
    file_sha256: str
    file_size: int
    facts: Values
    version: Values
    text: Values
    sentences: list[search_index.Row]
    marks: tuple[Mark, ...] = ()
    anchors: tuple[tuple[object, ...], ...] = ()
    entries: tuple[search_entries.Words, ...] = ()

    @property
    def sha256(self) -> str:
        """Of the raw text."""
        return str(self.version["sha256"])

    @property
    def repaired(self) -> int:
        """How many places were mended."""
        found = self.version["repairs"]
        return sum(found.get(kind, 0) for kind in REPAIRS) if isinstance(found, dict) else 0


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: how many documents were made, and which were here already, with the title there."""

    made: int
    present: list[tuple[Ready, str]]


def ready(
    prepared: Prepared, name: str = "", file_sha256: str = "", file_size: int = 0, marks: Sequence[Mark] = ()
) -> Ready:
    """Everything of one document that can be worked out before writing (no database)."""
    anchors: list[tuple[object, ...]] = []
    if marks:
        cleaned = prepared.cleaned
        text = texts.build(0, prepared.source.text, cleaned.text, cleaned.map, prepared.block_rows)
        anchors = [_anchor(text, mark) for mark in marks]
    words = (search_entries.words_of((str(a[QUOTE]), mark.note)) for a, mark in zip(anchors, marks, strict=True))
    return Ready(
        name, file_sha256, file_size, prepared.facts, documents.version_values(prepared, name),
        documents.text_values(prepared), prepared.sentences, tuple(marks), tuple(anchors), tuple(words),
    )  # fmt: skip


def _anchor(text: texts.Text, mark: Mark) -> tuple[object, ...]:
    start, end = raw_span(text, Span(mark.start, mark.end))
    limits.check("passage", end - start, "end")
    limits.check("tags_per_annotation", len(mark.tags), "tags")
    limits.check("note", len(mark.note), "note")
    values = place(text, start, end)
    return tuple(values[name] for name in ANCHOR)


def store(op: Op, items: Sequence[Ready], batch: Batch, *, again: bool = False) -> Stored:
    """Write these documents in the transaction of `op`, leaving out those that the corpus has (unless `again`)."""
    op.check("add_document")
    if any(item.marks for item in items):
        op.check("annotate")
        _check_tags(op, items)
    files = _files_of(op, items)
    new, present = (list(items), []) if again else _split(op, items, files)
    if new:
        _Writer(op, new, batch, files).write()
    return Stored(len(new), present)


def _files_of(op: Op, items: Sequence[Ready]) -> dict[str, int]:
    """The ids of those files of the items that are stored in this corpus, by hash."""
    return dict(bulk_rows.fetch(FILES, [op.corpus.pk], {item.file_sha256 for item in items if item.file_sha256}))


def _check_tags(op: Op, items: Sequence[Ready]) -> None:
    wanted = {tag for item in items for mark in item.marks for tag in mark.tags}
    known = {pk for (pk,) in bulk_rows.fetch(TAGS, [op.corpus.pk], wanted)}
    if wanted - known:
        codebook.tags_of(op.corpus, sorted(wanted - known), "annotation")  # says which is wrong


def _split(op: Op, items: Sequence[Ready], files: Mapping[str, int]) -> tuple[list[Ready], list[tuple[Ready, str]]]:
    """Those the corpus does not have yet, each once, and the others with the title of the document that is here."""
    known = dict(bulk_rows.fetch(BY_TEXT, [op.corpus.pk], {item.sha256 for item in items}))
    hashes = {pk: sha256 for sha256, pk in files.items()}
    known |= {hashes[pk]: title for pk, title in bulk_rows.fetch(BY_FILE, [op.corpus.pk], hashes)}
    new: list[Ready] = []
    present: list[tuple[Ready, str]] = []
    for item in items:
        title = known.get(item.sha256) or known.get(item.file_sha256)
        if title is None:
            new.append(item)
            known[item.sha256] = known[item.file_sha256 or item.sha256] = str(item.facts["title"])
        else:
            present.append((item, title))
    return new, present


class _Writer:
    """The rows of one batch, table by table."""

    def __init__(self, op: Op, items: Sequence[Ready], batch: Batch, files: Mapping[str, int]) -> None:
        self.op, self.items, self.batch, self.files = op, items, batch, files
        self.corpus_id, self.by_id = op.corpus.pk, op.by.pk
        self.documents = bulk_rows.take_ids(Document, len(items))
        self.versions = bulk_rows.take_ids(Version, len(items))
        self.touched = [("document", pk) for pk in self.documents]

    def write(self) -> None:
        self._documents()
        self._versions()
        self._sentences()
        if any(item.marks for item in self.items):
            self._annotations()
        told = [
            {"id": pk, "title": item.facts["title"], "characters": item.version["length"],
             "repairs": item.repaired, "folded": item.version["folded_blocks"]}
            for pk, item in zip(self.documents, self.items, strict=True)
        ]  # fmt: skip
        self.op.log("bulk", self.batch, {"count": len(told), "documents": told}, touched=self.touched)

    def _documents(self) -> None:
        at, names = self.op.at, list(self.items[0].facts)
        own = ("id", "uid", "corpus_id", "batch_id", "current_id", "version", "created_at", "updated_at")
        rest = ("created_by_id", "note", "genre", "rights", "annotation_count", "fold")
        bulk_rows.insert(
            Document, [*own, *rest, *names],
            (
                (pk, uuid4(), self.corpus_id, self.batch.pk, version, 1, at, at,
                 self.by_id, "", "", "", len(item.marks), Folded.of_text(str(item.facts["title"])),
                 *item.facts.values())
                for pk, version, item in zip(self.documents, self.versions, self.items, strict=True)
            ),
        )  # fmt: skip

    def _versions(self) -> None:
        files = self._files()
        own = ("id", "uid", "corpus_id", "document_id", "number", "file_id", "created_at", "created_by_id")
        bulk_rows.insert(
            Version, [*own, *self.items[0].version],
            (
                (pk, uuid4(), self.corpus_id, document, 1, files.get(item.file_sha256), self.op.at, self.by_id,
                 *item.version.values())
                for pk, document, item in zip(self.versions, self.documents, self.items, strict=True)
            ),
        )  # fmt: skip
        rows = zip(self.versions, self.items, strict=True)
        bulk_rows.insert(
            VersionText, ["version_id", *self.items[0].text], ((pk, *item.text.values()) for pk, item in rows)
        )

    def _files(self) -> dict[str, int]:
        """The ids of the stored files by hash; those that are missing are noted now."""
        sizes = {item.file_sha256: item.file_size for item in self.items if item.file_sha256}
        missing = [sha256 for sha256 in sizes if sha256 not in self.files]
        ids = bulk_rows.take_ids(StoredFile, len(missing))
        bulk_rows.insert(
            StoredFile, ("id", "uid", "corpus_id", "sha256", "size", "created_at"),
            ((pk, uuid4(), self.corpus_id, one, sizes[one], self.op.at) for pk, one in zip(ids, missing, strict=True)),
        )  # fmt: skip
        return {**self.files, **dict(zip(missing, ids, strict=True))}

    def _sentences(self) -> None:
        found = [
            (document, version, row)
            for document, version, item in zip(self.documents, self.versions, self.items, strict=True)
            for row in item.sentences
        ]
        search_index.write(self.corpus_id, found)

    def _annotations(self) -> None:
        ids = bulk_rows.take_ids(Annotation, sum(len(item.marks) for item in self.items))
        found = list(zip(ids, self._marks(), strict=True))
        at = self.op.at
        bulk_rows.insert(
            Annotation,
            ("id", "uid", "corpus_id", "document_id", "version", "created_at", "updated_at", "created_by_id", "note",
             "state", "kinds"),
            ((pk, uuid4(), self.corpus_id, document, 1, at, at, self.by_id, mark.note, "draft", "")
             for pk, (document, _, mark, _) in found),
        )  # fmt: skip
        bulk_rows.insert(
            Anchor, ("annotation_id", "version_id", *ANCHOR, "state", "method", "similarity"),
            ((pk, version, *values, "ok", "made", 1.0) for pk, (_, version, _, values) in found),
        )  # fmt: skip
        bulk_rows.insert(
            AnnotationTag, ("annotation_id", "tag_id", "document_id", "corpus_id"),
            ((pk, tag, document, self.corpus_id) for pk, (document, _, mark, _) in found for tag in mark.tags),
        )  # fmt: skip
        self.touched += [("annotation", pk) for pk in ids]
        words = (entry for item in self.items for entry in item.entries)
        entries = [search_entries.entry_id(self.corpus_id, "annotation", pk) for pk in ids]
        search_entries.write(self.corpus_id, list(zip(entries, words, strict=True)))

    def _marks(self) -> Iterator[tuple[int, int, Mark, tuple[object, ...]]]:
        for document, version, item in zip(self.documents, self.versions, self.items, strict=True):
            for mark, values in zip(item.marks, item.anchors, strict=True):
                yield document, version, mark, values

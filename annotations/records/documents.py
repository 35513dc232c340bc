"""Records of documents with their versions, and of annotations with their anchors."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.text.blocks import Block


@dataclass(frozen=True, slots=True)
class VersionRecord:
    uid: str
    number: int
    sha256: str
    raw_text: str
    clean_text: str
    cleaner: str
    offset_map: str
    blocks: tuple[Block, ...]
    file_name: str
    file_sha256: str
    reader: str
    created_at: str
    created_by: str | None
    charset: str = ""
    notices: tuple[object, ...] = ()  # what the reader had to say: code, English template, parameters


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """The files that came together with a document; its label is the document's `batch`."""

    uid: str
    created_at: str
    created_by: str | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    uid: str
    title: str
    language: str
    genre: str
    authors: tuple[str, ...]
    affiliation: str
    publisher: str
    source_note: str
    url: str
    published_date: str
    not_before: str
    reference_year: int | None
    rights: str
    proposed: tuple[str, ...]  # names of the facts nobody has confirmed yet
    batch: str
    tags: tuple[str, ...]
    note: str
    created_at: str
    created_by: str | None
    versions: tuple[VersionRecord, ...] = ()
    author_note: str = ""
    updated_at: str = ""
    came_with: BatchRecord | None = None
    translation_of: str | None = None  # uid of the original


@dataclass(frozen=True, slots=True)
class AnchorRecord:
    version: str
    start: int
    end: int
    exact: str
    quote_clean: str
    prefix: str
    suffix: str
    state: str  # ok | moved | changed | ambiguous | orphaned
    method: str
    similarity: float


@dataclass(frozen=True, slots=True)
class AnnotationRecord:
    uid: str
    document: str
    created_by: str | None
    created_at: str
    updated_at: str
    note: str
    confidence: int | None
    tags: tuple[str, ...]
    anchors: tuple[AnchorRecord, ...]
    lost_in: int | None = None  # number of the version of which somebody said that it no longer holds the passage

"""Records of sources, evidence and checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """What a source said at a moment: the text that was taken from it, and the hash of its bytes. `blocks` are rows of
    text.blocks.Block; `proposed` is what it states about itself; the bytes in the file do not travel."""

    uid: str
    retrieved_at: str
    sha256: str
    mime: str
    text: str
    http_status: int | None
    archive_url: str
    way: str = "pasted"
    blocks: tuple[tuple[object, ...], ...] = ()
    proposed: Mapping[str, object] = field(default_factory=dict)
    final_url: str = ""
    redirects: tuple[Mapping[str, object], ...] = ()
    file_sha256: str = ""
    file_name: str = ""
    created_by: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    uid: str
    title: str
    type: str
    publisher: str
    authors: tuple[str, ...]
    published_date: str
    url: str
    identifier: str
    language: str
    reliability_note: str
    interests_note: str
    independent_group: str
    created_at: str
    created_by: str | None
    updated_at: str = ""
    no_snapshot_reason: str = ""
    snapshots: tuple[SnapshotRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    uid: str
    statement: str
    answer: str | None
    source: str
    quote: str
    locator: str
    stance: str  # supports | refutes | context
    medium: str
    note: str
    created_at: str
    created_by: str | None
    updated_at: str = ""
    snapshot: str | None = None
    start: int | None = None  # code points of the snapshot's text; None when the quote was typed
    end: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    uid: str
    text: str
    type: str  # extractive | abstractive | boolean | unanswerable
    boolean_explanation: str


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    uid: str
    text: str
    order: int
    answers: tuple[AnswerRecord, ...]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    uid: str
    reviewer: str | None
    blind_verdict: str
    after_discussion: bool
    decision: str  # approve | changes_requested
    comment: str
    created_at: str
    blind_reason: str = ""


@dataclass(frozen=True, slots=True)
class VerificationRecord:
    uid: str
    statement: str
    number: int
    author: str | None
    state: str
    verdict: str
    flags: tuple[str, ...]
    justification: str
    as_of_date: str
    limitations: str
    claimant_contacted: str
    sole_source_reason: str
    search_log: tuple[Mapping[str, str], ...]
    questions: tuple[QuestionRecord, ...]
    reviews: tuple[ReviewRecord, ...]
    created_at: str
    updated_at: str = ""
    approved_at: str = ""
    created_by: str | None = None
    claimant_note: str = ""
    contributors: tuple[str, ...] = ()  # members besides the author who wrote in it

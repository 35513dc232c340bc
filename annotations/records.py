"""Frozen records: what readers give and formats take; plain data, no database, no Django.

References between records are `uid` strings (UUIDs, unique per corpus), the only ids that leave the house. Dates are ISO 8601 strings:
`YYYY-MM-DD` (or `YYYY-MM`, `YYYY`), times in UTC with a trailing Z. Offsets are code points, half-open. None means "not known".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from annotations.text.blocks import Block


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about a file or an export that a person should see: code, English template, parameters."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.params


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader made of one file: normalised raw text, its blocks (raw offsets) and the facts the file states about itself."""

    text: str
    blocks: tuple[Block, ...]
    reader: str
    charset: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_date: str | None = None
    language: str | None = None
    url: str | None = None
    rules: tuple[str, ...] = ()  # cleaner rules that the format asks for, e.g. "pdf-lines"
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusRecord:
    uid: str
    slug: str
    name: str
    description: str
    language: str
    created_at: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    uid: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class AgentRecord:
    uid: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TagSetRecord:
    uid: str
    name: str
    scope: str  # annotation | statement | document
    many: bool
    closed: bool
    order: int


@dataclass(frozen=True, slots=True)
class TagRecord:
    uid: str
    tag_set: str
    code: str
    label: str
    label_zh_hans: str
    label_zh_hant: str
    definition: str
    colour: str
    key: str
    parent: str | None
    deprecated: bool
    order: int


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


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """Anatomy of a proposal (research/domain.md 2.5); agents by uid."""

    proposer: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    beneficiary: tuple[str, ...] = ()
    enforcer: tuple[str, ...] = ()
    monitor: tuple[str, ...] = ()
    mechanism: str = ""
    instrument: str = ""
    bindingness: str = ""
    target: str = ""
    deadline: str = ""
    specificity: int | None = None


@dataclass(frozen=True, slots=True)
class StatementRecord:
    uid: str
    number: int
    kind: str  # claim | proposal
    text: str
    gloss_en: str
    language: str
    types: tuple[str, ...]  # the first is the primary one
    wording: str  # as_quoted | stands_alone
    work: str
    public: str  # none | published | paused | withdrawn
    verdict: str
    verdict_as_of: str
    progress: str
    progress_date: str
    triage_reason: str
    checkworthiness: str
    triage_answers: Mapping[str, object]
    priority: int | None
    assignee: str | None
    due: str
    about_date: str
    reference_year: int | None
    resolve_by: str
    resolution_criteria: str
    note: str
    redirect_to: str | None
    tags: tuple[str, ...]
    created_at: str
    created_by: str | None
    updated_at: str
    proposal: ProposalRecord | None = None


@dataclass(frozen=True, slots=True)
class OccurrenceRecord:
    uid: str
    annotation: str
    statement: str
    voice: str
    attributed_to: str | None  # agent uid
    reported_via: str
    author_stance: str
    modality: str
    utterance_date: str
    fit: str  # same | variant
    difference: str
    prefilled: tuple[str, ...]  # fields nobody has touched yet
    created_at: str
    created_by: str | None


@dataclass(frozen=True, slots=True)
class RelationRecord:
    uid: str
    source: str
    target: str
    type: str
    state: str
    rationale: str
    created_at: str
    created_by: str | None


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


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    uid: str
    statement: str
    status: str
    date: str
    source: str | None
    note: str
    created_by: str | None
    confirmed_by: str | None
    created_at: str


@dataclass(frozen=True, slots=True)
class SavedViewRecord:
    uid: str
    name: str
    owner: str | None
    shared: bool
    query: str
    columns: tuple[str, ...]


class OccurrenceRow(NamedTuple):
    """One line of the analysts' table: one occurrence (research/domain.md 5.1), or one statement that has no passage. All strings."""

    statement_id: str = ""
    kind: str = ""
    type: str = ""
    statement_text: str = ""
    gloss_en: str = ""
    work: str = ""
    public: str = ""
    status: str = ""
    checkworthiness: str = ""
    verdict: str = ""
    verdict_label: str = ""
    verdict_state: str = ""
    flags: str = ""
    justification: str = ""
    as_of_date: str = ""
    checker: str = ""
    reviewer: str = ""
    published_at: str = ""
    document_id: str = ""
    document_title: str = ""
    document_language: str = ""
    published_date: str = ""
    annotation_id: str = ""
    permalink: str = ""
    paragraph: str = ""
    start: str = ""
    end: str = ""
    quote_raw: str = ""
    quote_clean: str = ""
    note: str = ""
    fit: str = ""
    difference: str = ""
    voice: str = ""
    attributed_to: str = ""
    reported_via: str = ""
    author_stance: str = ""
    annotation_tags: str = ""
    statement_tags: str = ""
    mechanism: str = ""
    proposer: str = ""
    actor: str = ""
    addressee: str = ""
    beneficiary: str = ""
    instrument: str = ""
    bindingness: str = ""
    modality: str = ""
    deadline: str = ""
    implementation_status: str = ""
    implementation_status_date: str = ""
    source_titles: str = ""
    source_urls: str = ""
    archive_urls: str = ""
    relation_supports: str = ""
    relation_attacks: str = ""
    relation_restates: str = ""
    owner: str = ""
    due: str = ""
    created_by: str = ""
    updated_at: str = ""


class PassageRow(NamedTuple):
    """One annotation on the current version of its document, flat and cheap: the row of JSON Lines and of Web Annotation."""

    uid: str
    document: str
    document_title: str
    document_url: str
    version: str
    version_created_at: str
    start: int
    end: int
    exact: str
    quote_clean: str
    prefix: str
    suffix: str
    anchor_state: str
    creator: str
    created_at: str
    updated_at: str
    note: str
    tags: tuple[str, ...]  # tag labels
    statements: tuple[
        Mapping[str, object], ...
    ]  # {"id": "C-12", "uid", "kind", "text", "type", "status", "verdict", "fit", "voice", "speaker", "modality"}


#: Tables of the lossless dump, in the order in which an import must write them, with the record type of each.
TABLES: Mapping[str, type] = {
    "members": MemberRecord,
    "agents": AgentRecord,
    "tag_sets": TagSetRecord,
    "tags": TagRecord,
    "sources": SourceRecord,
    "documents": DocumentRecord,
    "annotations": AnnotationRecord,
    "statements": StatementRecord,
    "occurrences": OccurrenceRecord,
    "relations": RelationRecord,
    "verifications": VerificationRecord,
    "evidence": EvidenceRecord,
    "milestones": MilestoneRecord,
    "saved_views": SavedViewRecord,
}


@dataclass(frozen=True, slots=True)
class Export:
    """Everything an exporter may ask for. Each table is a callable, so that it can be read twice and streams."""

    corpus: CorpusRecord
    base_url: str  # e.g. "https://host", no trailing slash
    generated_at: str
    filters: str  # the query string in words, "" = everything
    tables: Mapping[str, Callable[[], Iterable[object]]]  # keys of TABLES
    rows: Callable[[], Iterable[OccurrenceRow]]
    passages: Callable[[], Iterable[PassageRow]]
    counts: Mapping[str, int]  # per table, plus "passages", "rows", "events", "comments", "snapshots", "reading"


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing an export cannot carry: what, how many of them (unit named in the template), why."""

    code: str
    template: str
    count: int = 0
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % {"count": self.count, **self.params}

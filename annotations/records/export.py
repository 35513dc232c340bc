"""Everything an exporter may ask for, and what it has to say about what it left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from annotations.records.checks import EvidenceRecord, SourceRecord, VerificationRecord
from annotations.records.corpus import AgentRecord, CorpusRecord, MemberRecord, SavedViewRecord, TagRecord, TagSetRecord
from annotations.records.discussion import CommentRecord
from annotations.records.documents import AnnotationRecord, DocumentRecord
from annotations.records.rows import OccurrenceRow, PassageRow
from annotations.records.statements import MilestoneRecord, OccurrenceRecord, RelationRecord, StatementRecord

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
    "comments": CommentRecord,
}
#: Tables that the first dumps did not have: they may be missing.
ADDED = frozenset({"comments"})


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
    counts: Mapping[str, int]  # per table, and what loss reports count besides (services/collect)


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing an export cannot carry: what, how many of them (unit named in the template), why."""

    code: str
    template: str
    count: int = 0
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % {"count": self.count, **self.params}

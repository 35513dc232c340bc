"""Frozen records: what readers give and formats take; plain data, no database, no Django.

References between records are `uid` strings (UUIDs, unique per corpus), the only ids that leave the house.
Dates are ISO 8601 strings: `YYYY-MM-DD` (or `YYYY-MM`, `YYYY`), times in UTC with a trailing Z.
Offsets are code points, half-open. None means "not known".
"""

from annotations.records.checks import (
    AnswerRecord,
    EvidenceRecord,
    QuestionRecord,
    ReviewRecord,
    SnapshotRecord,
    SourceRecord,
    VerificationRecord,
)
from annotations.records.corpus import AgentRecord, CorpusRecord, MemberRecord, SavedViewRecord, TagRecord, TagSetRecord
from annotations.records.discussion import CommentRecord
from annotations.records.documents import (
    AnchorRecord,
    AnnotationRecord,
    BatchRecord,
    DocumentRecord,
    VersionRecord,
)
from annotations.records.export import ADDED, TABLES, Export, Loss
from annotations.records.rows import OccurrenceRow, PassageRow
from annotations.records.source import Notice, SourceText
from annotations.records.statements import (
    CorrectionRecord,
    MilestoneRecord,
    OccurrenceRecord,
    PartRecord,
    ProposalRecord,
    RelationRecord,
    StatementRecord,
)

__all__ = [
    "ADDED",
    "AgentRecord",
    "AnchorRecord",
    "AnnotationRecord",
    "AnswerRecord",
    "BatchRecord",
    "CommentRecord",
    "CorpusRecord",
    "CorrectionRecord",
    "DocumentRecord",
    "EvidenceRecord",
    "Export",
    "Loss",
    "MemberRecord",
    "MilestoneRecord",
    "Notice",
    "OccurrenceRecord",
    "OccurrenceRow",
    "PartRecord",
    "PassageRow",
    "ProposalRecord",
    "QuestionRecord",
    "RelationRecord",
    "ReviewRecord",
    "SavedViewRecord",
    "SnapshotRecord",
    "SourceRecord",
    "SourceText",
    "StatementRecord",
    "TABLES",
    "TagRecord",
    "TagSetRecord",
    "VerificationRecord",
    "VersionRecord",
]

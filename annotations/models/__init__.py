"""The tables, one noun per file. Only services write them."""

from annotations.models.annotation import Anchor, Annotation, AnnotationTag, DocumentTag
from annotations.models.codebook import CodebookVersion, Tag, TagSet
from annotations.models.comment import Comment, Mention
from annotations.models.corpus import Corpus, CorpusHead, Invitation, Member
from annotations.models.document import Batch, Coverage, Document, ReadingState, StoredFile, Version, VersionText
from annotations.models.history import Event, EventObject, SavedView, Undone
from annotations.models.notice import Notice
from annotations.models.recoding import Recoding, RecodingList
from annotations.models.round import Assignment, Layer, Round, Ruling
from annotations.models.sentence import Entry, Sentence, Word
from annotations.models.sketch import Due, Lookalike, Recurrence, Sketch, Wording, WordingRun
from annotations.models.source import Capture, Evidence, Snapshot, Source
from annotations.models.statement import (
    Agent,
    Milestone,
    Occurrence,
    Relation,
    Statement,
    StatementAgent,
    StatementTag,
)
from annotations.models.suggestion import Asked, Suggestion
from annotations.models.user import ApiToken, User
from annotations.models.vector import Embedded, Vector
from annotations.models.verification import Answer, Correction, Question, Review, Verification
from annotations.models.watch import Delivery, Watch, WatchHit, Webhook

__all__ = [
    "Embedded",
    "Vector",
    "Webhook",
    "WatchHit",
    "Watch",
    "Delivery",
    "Agent",
    "Anchor",
    "Annotation",
    "AnnotationTag",
    "Answer",
    "ApiToken",
    "Asked",
    "Assignment",
    "Batch",
    "Capture",
    "CodebookVersion",
    "Comment",
    "Corpus",
    "CorpusHead",
    "Correction",
    "Coverage",
    "Document",
    "DocumentTag",
    "Due",
    "Entry",
    "Event",
    "EventObject",
    "Evidence",
    "Invitation",
    "Layer",
    "Lookalike",
    "Member",
    "Mention",
    "Milestone",
    "Notice",
    "Occurrence",
    "Question",
    "ReadingState",
    "Recoding",
    "RecodingList",
    "Recurrence",
    "Relation",
    "Review",
    "Round",
    "Ruling",
    "SavedView",
    "Sentence",
    "Sketch",
    "Snapshot",
    "Source",
    "Statement",
    "StatementAgent",
    "StatementTag",
    "StoredFile",
    "Suggestion",
    "Tag",
    "TagSet",
    "Undone",
    "User",
    "Verification",
    "Version",
    "VersionText",
    "Word",
    "Wording",
    "WordingRun",
]

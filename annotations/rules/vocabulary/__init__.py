"""Every small enum that state machines, forms and exports depend on (domain.md 2, UX.md 3). One noun per module."""

from __future__ import annotations

from annotations.rules.vocabulary.checks import (
    ANSWER_TYPES,
    BEST_RATING,
    CAPTURE_STATES,
    CONTACTED,
    CORRECTION_KINDS,
    DECISIONS,
    EVIDENCE_STANCES,
    FLAGS,
    MEDIUMS,
    OPEN_CAPTURES,
    PRIMARY_SOURCES,
    QUOTATION_FLAGS,
    QUOTATION_KINDS,
    REPUBLISHED_AS,
    SECONDARY_SOURCES,
    SNAPSHOT_WAYS,
    SOURCE_TYPES,
    VERDICT_STATES,
    VERDICTS,
    WORST_RATING,
    Verdict,
)
from annotations.rules.vocabulary.claims import (
    AUTHOR_STANCES,
    CHECKABLE_TYPES,
    CLAIM_TYPES,
    MODALITIES,
    QUOTED_VOICES,
    SELF_EVIDENT_TYPES,
    VOICES,
    strongest,
)
from annotations.rules.vocabulary.codebook import (
    CODEBOOK_CHANGES,
    CODEBOOKS,
    PALETTE,
    TAG_SCOPES,
    Codebook,
    StarterTag,
)
from annotations.rules.vocabulary.cues import CUES
from annotations.rules.vocabulary.documents import (
    AGENT_TYPES,
    ANCHOR_STATES,
    ASSIGNMENT_STATES,
    BLOCK_ROLES,
    GENRES,
    IMPORTS,
    LANGUAGES,
    PASSAGE_STATES,
    PRECISIONS,
    READING_STATES,
    REPAIRS,
)
from annotations.rules.vocabulary.people import ROLES
from annotations.rules.vocabulary.proposals import (
    BINDINGNESS,
    FINISHED_PROGRESS,
    INSTRUMENTS,
    MECHANISMS,
    MILESTONE_STATES,
    PROGRESS,
    PROPOSAL_ROLES,
    SPECIFICITY,
    TRACKABLE_SPECIFICITY,
    Mechanism,
)
from annotations.rules.vocabulary.statements import (
    CHECKWORTHINESS,
    CLAIM_WORK,
    DIFFERENCES,
    FITS,
    KINDS,
    OCCASIONS,
    PROPOSAL_REASONS,
    PROPOSAL_WORK,
    PUBLIC,
    RELATION_STATES,
    RELATIONS,
    RELATIONS_BACK,
    REWORDINGS,
    STATUSES,
    SYMMETRIC_RELATIONS,
    TRIAGE_REASONS,
    VERIFIABLE,
    WORDING_PROBLEMS,
    WORDINGS,
    WORK,
    WORTH_CHECKING,
)
from annotations.rules.vocabulary.suggestions import (
    ALIKE_DECISIONS,
    DUPLICATE_DECISIONS,
    DUPLICATE_STATES,
    SUGGESTERS,
    SUGGESTION_STATES,
)
from annotations.rules.vocabulary.terms import Term, Vocabulary

__all__ = [
    "AGENT_TYPES", "ALIKE_DECISIONS", "ANCHOR_STATES", "ANSWER_TYPES", "ASSIGNMENT_STATES", "AUTHOR_STANCES",
    "BEST_RATING", "BINDINGNESS", "BLOCK_ROLES",
    "CHECKABLE_TYPES", "CHECKWORTHINESS", "CLAIM_TYPES", "CLAIM_WORK", "CODEBOOKS", "CONTACTED", "CORRECTION_KINDS",
    "CUES",
    "DECISIONS", "DIFFERENCES", "DUPLICATE_DECISIONS", "DUPLICATE_STATES",
    "EVIDENCE_STANCES", "FINISHED_PROGRESS", "FITS", "FLAGS", "GENRES", "IMPORTS",
    "INSTRUMENTS", "KINDS", "LANGUAGES", "MECHANISMS", "MEDIUMS", "MILESTONE_STATES", "MODALITIES", "PALETTE",
    "PRECISIONS", "PRIMARY_SOURCES", "PROGRESS", "PROPOSAL_REASONS", "PROPOSAL_ROLES", "PROPOSAL_WORK", "PUBLIC",
    "QUOTED_VOICES", "READING_STATES", "RELATIONS", "RELATION_STATES", "REPAIRS", "ROLES", "SECONDARY_SOURCES",
    "OCCASIONS", "PASSAGE_STATES", "RELATIONS_BACK", "REWORDINGS", "REPUBLISHED_AS",
    "SELF_EVIDENT_TYPES", "SOURCE_TYPES", "SPECIFICITY", "STATUSES", "SUGGESTERS", "SUGGESTION_STATES",
    "SYMMETRIC_RELATIONS", "TAG_SCOPES",
    "TRACKABLE_SPECIFICITY", "TRIAGE_REASONS", "VERDICTS", "VERDICT_STATES", "VERIFIABLE", "VOICES", "WORDINGS",
    "WORDING_PROBLEMS", "WORK", "WORST_RATING", "WORTH_CHECKING", "Codebook", "Mechanism", "StarterTag", "Term",
    "Verdict", "Vocabulary", "strongest",
    "CAPTURE_STATES", "CODEBOOK_CHANGES", "OPEN_CAPTURES", "QUOTATION_FLAGS", "QUOTATION_KINDS", "SNAPSHOT_WAYS",
]  # fmt: skip

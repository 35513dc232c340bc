"""Records of statements, their anatomy, occurrences, relations and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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

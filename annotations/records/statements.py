"""Records of statements, their anatomy, occurrences, relations and milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartRecord:
    """What is known of an agent in a role of a proposal beyond that it has the role."""

    role: str
    agent: str
    rests_on: str  # the words of the passage it rests on
    prefilled: bool


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
    parts: tuple[PartRecord, ...] = ()  # only those of which there is something to say


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """What changed in a published check, in words."""

    uid: str
    from_version: int
    to_version: int
    kind: str
    public_note: str
    requested_by: str
    created_at: str
    created_by: str | None


@dataclass(frozen=True, slots=True)
class StatementRecord:
    uid: str
    number: int
    kind: str  # claim | proposal
    text: str
    gloss_en: str
    language: str
    types: tuple[str, ...]  # the first is the primary one, "" when only further ones were chosen
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
    published_version: int | None = None  # number of the check that is public
    published_at: str = ""
    corrections: tuple[CorrectionRecord, ...] = ()


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
    updated_at: str = ""


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
    updated_at: str = ""


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
    updated_at: str = ""
    confirmed_at: str = ""
    refused_by: str | None = None
    refused_reason: str = ""

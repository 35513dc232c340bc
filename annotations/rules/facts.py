"""What the workflow needs to know about one statement, one person, one request: services fill it in, rules read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.rules.evidence import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """The latest verification (v_n) of a claim."""

    verdict: str = ""
    justification: str = ""
    as_of: str = ""  # ISO date
    answered_questions: int = 0  # questions with at least one answer
    answers_without_evidence: int = 0  # unanswerable ones are not counted
    booleans_unexplained: int = 0
    evidence: Counts = field(default_factory=Counts)
    sole_source_reason: str = ""
    search_log: int = 0  # complete entries, see evidence.searches
    own_verdict: str = ""  # what this reviewer recorded last on v_n, blind or after discussion
    other_verdicts: tuple[str, ...] = ()  # the latest one of every other reviewer of v_n


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One statement (work, public, type ...), the person who asks (role, is_...), and what came with the request.

    `occasion` is set instead of a person when something happens by itself: a code of OCCASIONS.
    """

    kind: str = "claim"
    work: str = "untriaged"
    public: str = "none"
    # the person
    role: str = "viewer"
    is_assignee: bool = False
    has_assignee: bool = False
    is_author: bool = False  # of v_n
    is_sole_contributor: bool = False  # every piece of evidence of v_n comes from this person
    occasion: str = ""
    # the statement
    occurrences: int = 0
    type: str = ""
    checkworthiness: str = ""
    wording: str = "as_quoted"
    mechanism: str = ""
    specificity: int | None = None
    duplicate_of: bool = False  # the link to the other statement is set, or comes with the request
    resolve_by: str = ""  # ISO date
    resolution_criteria: str = ""
    open_comments: int = 0
    # the request
    reason: str = ""  # a code when setting aside, else free text
    note: str = ""  # free text
    # the check, and what is public already
    check: CheckFacts = field(default_factory=CheckFacts)
    newer_version: bool = True  # the latest approved version is not the one that is public
    changed: bool = False  # verdict or justification differ from the public version
    correction_note: str = ""  # public
    publisher_named: bool = True  # the corpus says who publishes and where corrections go

    @property
    def words(self) -> str:
        """The free text that came with the request, in whichever of the two fields."""
        return self.note.strip() or self.reason.strip()

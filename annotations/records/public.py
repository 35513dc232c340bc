"""What the public page of a published check shows, and nothing else: no names of the team, no internal words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from annotations.text.quotation import Piece


@dataclass(frozen=True, slots=True)
class PublicEvidence:
    """A quotation of a source with what it says about the claim. Remarks on it are internal."""

    stance: str
    quote: str
    locator: str
    title: str
    type: str
    publisher: str
    date: str
    url: str  # http or https, else empty
    archive: str
    language: str
    archived_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicQuotation:
    """Quoted words beside the source that has most of them: `kind` of QUOTATION_KINDS, and what differs."""

    words: str
    kind: str
    marked: bool
    pieces: tuple[Piece, ...]
    title: str
    language: str
    url: str
    archived_at: datetime


@dataclass(frozen=True, slots=True)
class PublicPassage:
    """Where the claim stands, in whose voice. A variant does not inherit the verdict."""

    quote: str
    title: str
    language: str
    authors: tuple[str, ...]
    date: str
    publisher: str
    url: str
    paragraph: int
    voice: str
    speaker: str
    speaker_type: str
    speaker_url: str
    said_on: str
    via: str
    variant: bool


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line of the public record. `verdict` and `as_of` of the version that it made public; empty while no verdict
    is told."""

    at: datetime
    kind: str  # CORRECTION_KINDS
    version: int
    note: str
    replaced: int = 0  # the version that was public before; 0 for the first
    verdict: str = ""
    as_of: str = ""

    @property
    def publishes(self) -> bool:
        """Whether a version became the public one with it."""
        return self.kind not in ("paused", "reopened", "withdrawn")

    @property
    def replaces(self) -> bool:
        """Whether another version had been public until then."""
        return self.publishes and self.replaced not in (0, self.version)


@dataclass(frozen=True, slots=True)
class PublicCheck:
    """`state`: published, paused or withdrawn. While paused nothing of the check itself is here."""

    label: str
    uid: str
    text: str
    gloss: str
    language: str
    type: str
    state: str
    rechecking: bool
    version: int
    current: bool  # this version is the public one, not an earlier one that was replaced
    first_published: datetime
    published: datetime
    verdict: str
    flags: tuple[str, ...]
    as_of: str
    why: str
    limits: str
    contacted: str
    evidence: tuple[PublicEvidence, ...]
    quotations: tuple[PublicQuotation, ...]
    passages: tuple[PublicPassage, ...]
    record: tuple[PublicLine, ...]

    @property
    def last_note(self) -> PublicLine | None:
        """Why it is in the state in which it is."""
        return next((line for line in reversed(self.record) if line.kind == self.state), None)

    @property
    def corrections(self) -> tuple[PublicLine, ...]:
        """What replaced another version, the newest first; each stays for ever."""
        return tuple(line for line in reversed(self.record) if line.replaces)

    @property
    def replaced_at(self) -> datetime | None:
        """When a later version took the place of this one; None while it stands."""
        return next((line.at for line in self.record if line.replaces and line.replaced == self.version), None)

    @property
    def earlier(self) -> tuple[int, ...]:
        """Numbers of the other versions that were public, the newest first."""
        return tuple(sorted({line.version for line in self.record if line.version} - {self.version}, reverse=True))


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A line of the list of published checks."""

    label: str
    text: str
    gloss: str
    language: str
    state: str
    rechecking: bool
    verdict: str
    as_of: str
    published: datetime

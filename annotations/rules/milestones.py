"""Milestones of a proposal (domain.md 2.5, UX.md 4.3): one person enters one, another confirms or refuses it.

Any order of moves is allowed, except out of superseded. Dates are ISO 8601, of a day, a month or a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.rules.errors import Forbidden, Invalid, Msgid, Problem, Refused, noop
from annotations.rules.vocabulary import FINISHED_PROGRESS, MILESTONE_STATES, PROGRESS

#: Steps that nobody documents, because nothing happened: they need a note instead of a source.
WITHOUT_SOURCE = frozenset({"not_yet_rated", "stalled", "not_trackable"})


@dataclass(frozen=True, slots=True)
class Milestone:
    """One entered step; `state` is a code of MILESTONE_STATES."""

    status: str
    date: str
    state: str = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFacts:
    """The proposal (kind, its progress so far) and the milestone somebody wants to enter."""

    status: str
    date: str = ""
    kind: str = "proposal"
    progress: str = "not_yet_rated"
    has_source: bool = False
    note: str = ""
    has_successor: bool = False  # a supersedes relation points at the proposal, or comes with the request
    today: str = ""  # ISO date; "" = do not compare


def check_milestone(facts: MilestoneFacts) -> None:
    """Raises Invalid (no such status), or Refused: a claim, out of superseded, or with `reasons` what is missing."""
    PROGRESS.check(facts.status, "status")
    if facts.kind != "proposal":
        sentence = noop("A claim has a verdict, not progress. To follow a demand, mark the passage as a proposal too.")
        raise Refused("claim_has_verdict", sentence)
    if facts.progress == "superseded" and facts.status != "superseded":
        raise Refused("superseded", noop("This proposal is superseded; follow the one that took its place."))
    if missing := tuple(_missing(facts)):
        template = noop("The milestone “%(status)s” still needs something.")
        raise Refused("needs", template, reasons=missing, status=Msgid(PROGRESS.label(facts.status)))


def _missing(facts: MilestoneFacts) -> Iterable[Problem]:
    if not facts.date:
        yield Refused("date", noop("Give the date on which it happened."), field="date")
    elif facts.today and facts.date > facts.today:
        yield Invalid("future", noop("A milestone is something that has happened; this date is to come."), field="date")
    if facts.status in WITHOUT_SOURCE:
        if not facts.note.strip():
            yield Refused("note", noop("Add a note that says why."), field="note")
    elif not facts.has_source:
        yield Refused("source", noop("Name the source that shows it."), field="source")
    if facts.status == "superseded" and not facts.has_successor:
        yield Refused("successor", noop("Link the proposal that took its place."), field="superseded_by")


def check_confirmation(state: str, *, is_author: bool) -> None:
    """Raises Refused when the milestone is settled already, Forbidden for the person who entered it."""
    if state != "proposed":
        label = Msgid(MILESTONE_STATES.label(state))
        raise Refused("settled", noop("This milestone is settled already: %(state)s."), state=label)
    if is_author:
        sentence = noop("You entered this milestone; another person has to confirm or refuse it.")
        raise Forbidden("own_milestone", sentence)


def current(milestones: Iterable[Milestone]) -> Milestone | None:
    """The latest confirmed one by date, given in the order of entry. None while nothing is confirmed.

    Where the dates do not tell (equal ones, or a day within the month or year of the other), the later entry counts.
    """
    latest: Milestone | None = None
    for milestone in milestones:
        if milestone.state == "confirmed" and (latest is None or not _before(milestone.date, latest.date)):
            latest = milestone
    return latest


def _before(date: str, other: str) -> bool:
    shared = min(len(date), len(other))
    return date[:shared] < other[:shared]


def _last_day(date: str) -> str:
    return date + "-12-31"[len(date) - 4 :] if len(date) in (4, 7) else date


def overdue(deadline: str, progress: str, today: str) -> bool:
    """Computed, never stored: the deadline is past and something is still awaited."""
    return bool(deadline) and _last_day(deadline) < today and progress not in FINISHED_PROGRESS

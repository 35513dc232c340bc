"""The evidence minimum of each verdict (domain.md 3), over counts of independent pieces placed under answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotations.rules.errors import Msgid, Problem, Refused, noop
from annotations.rules.vocabulary import PRIMARY_SOURCES, SECONDARY_SOURCES, SELF_EVIDENT_TYPES, VERDICTS

#: A justification says why in at least this many sentences or characters (code points).
JUSTIFICATION_SENTENCES = 2
JUSTIFICATION_CHARACTERS = 80

_SENTENCE_END = re.compile(r"[。！？!?]+|\.(?=\s|$)")

#: Which stances bear on the verdict. A mixed verdict may rest on support plus context (cherry-picking).
_BEARING: Mapping[str, frozenset[str]] = {
    "supported": frozenset({"supports"}),
    "mostly_supported": frozenset({"supports"}),
    "refuted": frozenset({"refutes"}),
    "mixed": frozenset({"supports", "refutes", "context"}),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence. `group`: independent_group, "" = the source stands for itself (two articles that quote
    one report are one source); `placed`: under an answer; `archived`: a snapshot exists, or the reason why not."""

    stance: str
    source: str
    source_type: str = ""
    group: str = ""
    placed: bool = True
    archived: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """Independent sources per stance (each counted once), and how many of them are primary."""

    supports: int = 0
    refutes: int = 0
    either: int = 0  # of any stance
    primary_supports: int = 0
    primary_refutes: int = 0
    primary_either: int = 0
    not_archived: int = 0  # sources in use without snapshot
    unused: int = 0  # pieces that wait as "not used yet"
    secondary_only: bool = False


def count(items: Iterable[Item]) -> Counts:
    """Counts over the evidence of one verification; only placed pieces count towards the minimum."""
    everything = list(items)
    placed = [item for item in everything if item.placed]

    primary = [item for item in placed if item.source_type in PRIMARY_SOURCES]
    return Counts(
        supports=_independent(placed, "supports"),
        refutes=_independent(placed, "refutes"),
        either=_independent(placed),
        primary_supports=_independent(primary, "supports"),
        primary_refutes=_independent(primary, "refutes"),
        primary_either=_independent(primary),
        not_archived=len({item.source for item in placed if not item.archived}),
        unused=len(everything) - len(placed),
        secondary_only=bool(placed) and all(item.source_type in SECONDARY_SOURCES for item in placed),
    )


def _independent(items: Iterable[Item], stance: str = "") -> int:
    wanted = [item for item in items if not stance or item.stance == stance]
    return len({("group", item.group) if item.group else ("source", item.source) for item in wanted})


def implied_flags(counts: Counts) -> tuple[str, ...]:
    """Flags that the evidence itself calls for; the service adds them, nobody has to remember."""
    return ("secondary_only",) if counts.secondary_only else ()


def searches(log: Iterable[Mapping[str, str]]) -> int:
    """Entries of a search log that say where, with which terms and when; others do not count."""
    return sum(all(entry.get(key, "").strip() for key in ("where", "terms", "date")) for entry in log)


def justified(text: str) -> bool:
    """Whether a justification is long enough: two sentences, or 80 code points."""
    body = text.strip()
    sentences = [part for part in _SENTENCE_END.split(body) if part.strip()]
    return len(body) >= JUSTIFICATION_CHARACTERS or len(sentences) >= JUSTIFICATION_SENTENCES


def shortfall(
    verdict: str, counts: Counts, *, claim_type: str = "", sole_source_reason: str = "", search_log: int = 0
) -> list[Problem]:
    """What the evidence lacks for this verdict, a sentence each; [] when it suffices or no verdict is chosen."""
    if verdict == "not_enough_evidence":
        return [] if search_log else [_search_log_missing()]
    if verdict == "conflicting":
        return [] if counts.supports and counts.refutes else [_both_sides_missing()]
    if verdict not in _BEARING:
        return []
    pieces, primary = _bearing(verdict, counts)
    if pieces >= 2 or (primary and (sole_source_reason.strip() or claim_type in SELF_EVIDENT_TYPES)):
        return []
    return [_reason_missing() if primary else _pieces_missing(verdict, pieces)]


def _bearing(verdict: str, counts: Counts) -> tuple[int, int]:
    stances = _BEARING[verdict]
    if stances == {"supports"}:
        return counts.supports, counts.primary_supports
    if stances == {"refutes"}:
        return counts.refutes, counts.primary_refutes
    return counts.either, counts.primary_either


def _search_log_missing() -> Problem:
    return Refused(
        "search_log", noop("Log at least one search: where, with which terms, on which day."), field="search_log"
    )


def _both_sides_missing() -> Problem:
    return Refused(
        "both_sides",
        noop("Conflicting evidence needs at least one piece that supports and one that refutes, placed under answers."),
        field="evidence",
    )


def _reason_missing() -> Problem:
    return Refused(
        "sole_source_reason",
        noop("One primary source stands alone: say why it is enough, or add a second independent one."),
        field="sole_source_reason",
    )


def _pieces_missing(verdict: str, pieces: int) -> Problem:
    template = noop(
        "“%(verdict)s” needs two independent pieces of evidence for it, placed under answers (now: %(count)d), "
        "or one primary source."
    )
    return Refused("evidence_minimum", template, field="evidence", verdict=Msgid(VERDICTS.label(verdict)), count=pieces)

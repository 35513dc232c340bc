"""Every passage of a text with what speaks for it: its cues, its place in its sentence, the score of each kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from annotations.text.suggest.cues import Cue, cues
from annotations.text.suggest.learner import NOTHING, Teaching
from annotations.text.suggest.units import LATIN, Unit, is_han, units
from annotations.text.suggest.weights import WEIGHTS, Signs, chance, odds

#: Roles of blocks in which nobody asserts or proposes anything.
SILENT = frozenset({"title", "heading", "byline", "source-line", "footnote", "page-head"})
IN_LIST = re.compile(
    r"^\W*(?:第[一二三四五六七八九十]|[一二三四五六]是|首先|其次|最[后後]|一方面|另一方面|(?:first|second|third|finally)\b)",
    re.IGNORECASE,
)
NAME = re.compile(r"(?<=[a-z,;’'] )[A-Z][\w-]+")
ASKED = re.compile(r"[?？][”’」』\"'）)]*\s*$")
MEASURES = frozenset({"measure", "institution", "should", "recommend"})
BRIEF, LONG = 7, 20  # Chinese characters
REASONS = 4
#: Signs that are reasons though they rest on no words of the passage.
WORDLESS = ("attributed", "in_list", "after_measure")
TELLING = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A block of clean text: its number, its role, text[start:end]."""

    number: int
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that could be suggested: clean text[start:end], as what, how likely (0 to 1), and why."""

    block: int
    start: int
    end: int
    sentence: int  # where its sentence begins
    kind: str
    score: float
    worth: float  # that it is a statement of either kind
    reasons: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit with its cues and signs."""

    unit: Unit
    cues: tuple[Cue, ...]
    signs: Signs


def candidates(text: str, parts: Iterable[Part], learned: Teaching = NOTHING) -> list[Candidate]:
    """All passages of the blocks that speak, in order; `learned` is what the corpus has taught."""
    return [
        candidate(text, seen, learned)
        for part in parts
        if part.role not in SILENT
        for seen in look(text, list(units(text, part.number, part.start, part.end)))
    ]


def look(text: str, found: Sequence[Unit]) -> Iterator[Seen]:
    """Units with their signs; what stands before one in its sentence counts for it."""
    for _, group in groupby(found, key=lambda unit: unit.first):
        before: Signs = {}
        for unit in group:
            why = tuple(cues(text[unit.start : unit.end]))
            signs = {**{cue.code: 1.0 for cue in why}, **looks(text, unit), **context(before)}
            yield Seen(unit, why, signs)
            before = signs


def signs(passage: str) -> Signs:
    """The signs of a passage by itself, as somebody marked it."""
    [seen] = look(passage, [Unit(0, 0, len(passage), 0, len(passage))])
    return seen.signs


def looks(text: str, unit: Unit) -> dict[str, float]:
    """The signs that are no words: length, names, place in a list, a question."""
    passage, sentence = text[unit.start : unit.end], text[unit.first : unit.last]
    length = len(passage) / (1 if is_han(passage) else LATIN)
    signs = {"bias": 1.0, "long": max(0.0, min(2.0, length / LONG - 1)), "brief": float(length < BRIEF)}
    signs["name"] = min(2, len(NAME.findall(passage))) / 2
    if ASKED.search(sentence):
        signs["question"] = 1.0
    if IN_LIST.match(sentence):
        signs["in_list"] = 1.0
    return signs


def context(before: Signs) -> dict[str, float]:
    """What the unit before, in the same sentence, says about this one."""
    signs = {}
    if "introduces" in before:
        signs["attributed"] = 1.0
    if not MEASURES.isdisjoint(before):
        signs["after_measure"] = 1.0
    return signs


def candidate(text: str, seen: Seen, learned: Teaching) -> Candidate:
    """A unit as the kind that it is more likely to be."""
    unit = seen.unit
    taught = learned.odds(text[unit.start : unit.end], seen.signs)
    scores = {kind: chance(odds(kind, seen.signs) + taught[kind]) for kind in WEIGHTS}
    kind = max(scores, key=lambda one: scores[one])
    missed = 1.0
    for score in scores.values():
        missed *= 1 - score
    place = (unit.block, unit.start, unit.end, unit.first)
    return Candidate(*place, kind, scores[kind], 1 - missed, reasons(kind, seen, taught[kind]))


def reasons(kind: str, seen: Seen, taught: float = 0.0) -> tuple[Cue, ...]:
    """The cues that speak for this kind, the strongest first; what was learned, when it counts as much as a cue."""
    weights = {**WEIGHTS[kind], "learned": taught}
    telling = [*seen.cues, *(Cue(sign, "") for sign in WORDLESS if sign in seen.signs)]
    telling += [Cue("learned", "")] if taught > TELLING else []
    found = [cue for cue in telling if weights.get(cue.code, 0.0) > 0]
    return tuple(sorted(found, key=lambda cue: -weights[cue.code])[:REASONS])

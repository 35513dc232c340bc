"""Cues: what in a passage speaks for a claim or a proposal, by code, with the words it rests on.

Cues are matched on folded text, so one table serves both scripts. What stands in 《》 is a name and no wording.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from annotations.text.folding import fold
from annotations.text.speech import without_titles
from annotations.text.suggest.chinese import CHINESE
from annotations.text.suggest.english import ENGLISH

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile("|".join(f"(?:{expression})" for expression in expressions)))
    for code, expressions in (
        (code, (*CHINESE.get(code, ()), *ENGLISH.get(code, ()))) for code in dict.fromkeys([*CHINESE, *ENGLISH])
    )
)
MOST_WORDS = 3  # of one cue


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a passage: its code and the words it rests on, as they are written."""

    code: str
    words: str


@cache
def codes() -> tuple[str, ...]:
    """The codes of all cues, in the order of the tables."""
    return tuple(code for code, _ in PATTERNS)


def cues(text: str) -> list[Cue]:
    """The cues of one passage of clean text, each code with each of its words once."""
    folded = fold(text)
    plain = without_titles(folded.text)
    found: dict[Cue, None] = {}
    for code, pattern in PATTERNS:
        matches = (match.span() for match in pattern.finditer(folded.text if code == "document" else plain))
        for start, end in first(matches):
            found[Cue(code, text[slice(*folded.span(start, end))].strip())] = None
    return list(found)


def first(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first few that hold anything."""
    left = MOST_WORDS
    for span in spans:
        if left and span[0] < span[1]:
            left -= 1
            yield span

"""An annotation that another program wrote, as far as it can be taken over, and the sign of one that cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.rules.errors import Problem

CODE_POINTS = "code-points"
UTF16 = "utf-16"


@dataclass(frozen=True, slots=True)
class ForeignAnnotation:
    """A passage somewhere else. An annotation with several targets gives one of these per target.

    `selectors` are W3C objects that mean the same passage: TextPositionSelector {start, end}, TextQuoteSelector
    {exact, prefix, suffix}. `units` says what the positions are meant to count; many programs write UTF-16 units
    where the model asks for code points, so the finder should keep the count whose slice equals the quote.
    `note` is text as it came, HTML included when that is what it was.
    """

    id: str = ""  # address in the other program, "" when it has none; "#2" is added for a second target
    source: str = ""  # address of the annotated text
    selectors: tuple[Mapping[str, object], ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    creator: str = ""
    created: str = ""  # UTC with Z, "" when unknown
    modified: str = ""
    units: str = CODE_POINTS
    version: str = ""  # address of the version of the text (TimeState.cached)
    title: str = ""  # of the annotated text
    left: tuple[str, ...] = ()  # parts that could not be taken over, each in a few words


@dataclass(frozen=True, slots=True)
class Rejected:
    """One item that cannot be taken over: the how-manieth it is in the file (from 1), its id, and why."""

    number: int
    id: str
    problem: Problem

"""What a walk is made of: two documents, the passages that are marked in them, and the figures that must come out.

The figures of the seed documents are those of the specification, written down. Those of the demo corpus are counted
from its files by the simplest means, apart from the services that the pages use.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """One document and what loading it must report."""

    path: Path
    paragraphs: int
    repairs: int
    repairs_by_kind: dict[str, int]
    folded: int
    facts: dict[str, object]  # proposed facts that the facts page must show
    proposed: frozenset[str]


@dataclass(frozen=True)
class Passages:
    """Words of the clean texts that the walk marks. a = the damaged document, b = the one with a repeated body."""

    repeated: str  # a: P-1 and C-1; stands again further on
    damaged: str  # a: P-2, with glosses inside
    second: str  # a: P-3
    third: str  # a: P-4
    around: tuple[str, str]  # a: from these words to those lies the passage that is only tagged
    inside: str  # a: words of P-2 that lie in both
    number: str  # b: C-2, inside the repeated body
    share: str  # a: C-3
    variant: str  # b: said alike, with another number
    share_query: str  # what is typed to find C-3, in the other script
    forecast: str  # a: C-4
    leaning: str  # b: C-5, cannot stand alone
    leaning_on: str  # the word of C-5 that needs something before it


@dataclass(frozen=True)
class Search:
    """A query and the counts it must give; `repeated` are those in repeated bodies, named but not counted."""

    query: str
    hits: int
    documents: int
    repeated: int
    shown: str = ""  # the very words marked in the text, when there is one hit


@dataclass(frozen=True)
class Plan:
    """Everything a walk needs to know of its two documents."""

    a: Text
    b: Text
    passages: Passages
    searches: tuple[Search, ...]
    title: str  # given to document a
    repeats: tuple[int, ...]  # paragraphs in which `repeated` stands, the first one first
    damaged_span: tuple[int, int]  # raw code points of `damaged`
    damaged_exact: str
    damaged_paragraph: int
    actor: str
    proposer: str
    author: str
    speaker: str  # of C-2, proposed from the text
    via: str
    number_paragraph: int
    dates: tuple[str, str]  # not before, of a and b

    @property
    def rows(self) -> int:
        """One row of the CSV per passage and statement: P-1 and C-1 at each repeat, three proposals, four claims, one
        variant."""
        return 2 * len(self.repeats) + 3 + 4 + 1

    @property
    def passages_with_statements(self) -> int:
        return len(self.repeats) + 3 + 4 + 1

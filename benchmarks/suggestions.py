"""Suggested claims and proposals against what an expert would mark, in documents on which no rule was settled.

    python -m benchmarks.suggestions [--json]

For each gold set: how many of the passages that an expert would mark a suggestion points at (recall: half of the
shorter of the two lies in the other), of how many at least half is covered (mostly covered), the share of the text that
is suggested, how many suggestions point at a passage (precision). With the rules alone, after 20 and 50 decisions about
suggestions in the other documents of the set, and, to compare, for the same share of the text drawn by chance.
Promise: recall at least 0.8 with the rules alone, covering at most 40 % of the text.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

SETS = {"suggestions_unseen": "unseen", "suggestions_unseen_2": "second"}
DECISIONS = (20, 50)
DRAWS = 20


@dataclass
class Tally:
    """Counts over documents."""

    marked: int = 0
    found: int = 0
    mostly: int = 0
    suggested: int = 0
    right: int = 0
    covered: int = 0
    length: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def figures(self) -> dict[str, float]:
        return {
            "recall": round(self.found / self.marked, 3),
            "mostly covered": round(self.mostly / self.marked, 3),
            "share of the text": round(self.covered / self.length, 3),
            "precision": round(self.right / max(1, self.suggested), 3),
        }


def run() -> dict[str, object]:
    """Figures of each set by its name: in all, of each document with the rules alone, and what a text costs."""
    return {name: measured(folder) for folder, name in SETS.items()}


def measured(folder: str) -> dict[str, object]:
    """The figures of one set."""
    from tests.text import suggest_gold as gold

    documents = gold.written(folder)
    began = time.process_time()
    alone = {name: tally(one, one.suggested()) for name, one in documents.items()}
    spent = time.process_time() - began
    drawn = (tally(one, gold.by_chance(one, at)) for at in range(DRAWS) for one in documents.values())
    return {
        **total(alone.values()),
        **{f"after {number} decisions": total(taught(documents, number)) for number in DECISIONS},
        "by chance": total(drawn),
        **{name.partition(".")[0]: one.figures() for name, one in alone.items()},
        "CPU ms for 1,000 characters": round(1_000_000 * spent / sum(one.length for one in documents.values()), 1),
    }


def taught(documents: Mapping[str, Any], decisions: int) -> Iterable[Tally]:
    """Each document after so many decisions in the others."""
    from tests.text import suggest_gold as gold

    for name, document in documents.items():
        learned = gold.taught([other for key, other in documents.items() if key != name], decisions)
        yield tally(document, document.suggested(learned=learned))


def tally(document: Any, suggested: Sequence[Any]) -> Tally:
    from tests.text import suggest_gold as gold

    return Tally(
        marked=len(document.passages), found=gold.found(document, suggested), mostly=gold.mostly(document, suggested),
        suggested=len(suggested), right=gold.right(document, suggested),
        covered=sum(one.end - one.start for one in suggested), length=document.length,
    )  # fmt: skip


def total(tallies: Iterable[Tally]) -> dict[str, float]:
    return sum(tallies, Tally()).figures()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = run()
    print(json.dumps(found) if asked.json else json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

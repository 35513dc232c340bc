"""What changed between two texts: sentences that are gone or new, and inside a reworded one the words that differ.

Sentences are compared folded, so another script, width or line break is no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from annotations.text.folding import fold_text
from annotations.text.sentences import split

ALIKE = 50  # of 100: below that a sentence is another one, not the same reworded
MOST = 20_000  # sentences of each text that are compared
WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W⺀-鿿豈-﫿\U00020000-\U0003ffff]+|\s+|.", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that changed, as pieces in reading order; without pieces: `same` sentences in a row that did not."""

    pieces: tuple[Piece, ...] = ()
    same: int = 0


def compare(before: str, after: str) -> list[Line]:
    """What changed, in the order of the texts; [] when nothing did."""
    old, new = _sentences(before), _sentences(after)
    keys = [[fold_text(one).strip() for one in side] for side in (old, new)]
    found: list[Line] = []
    at = 0
    for start, end, first, last in changed_runs(*keys):
        if start > at:
            found.append(Line(same=start - at))
        found += _lines(old[start:end], new[first:last])
        at = end
    if found and at < len(old):
        found.append(Line(same=len(old) - at))
    return found


def _sentences(text: str) -> list[str]:
    found = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        found += [text[a:b] for a, b in split(text, start, end)] if line.strip() else []
        start = end + 1
    return found[:MOST]


def changed_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of sentences or words that differ: old[start:end] became new[first:last], one of which may be empty."""
    run: tuple[int, int, int, int] | None = None
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            if run:
                yield run
            run = None
        else:
            start, first = (run[0], run[2]) if run else (step.src_start, step.dest_start)
            run = (start, step.src_end, first, step.dest_end)
    if run:
        yield run


def _lines(old: list[str], new: list[str]) -> Iterator[Line]:
    """Sentences that were reworded side by side, the others whole. Both are few: a run between equal sentences."""
    rest = list(new)
    for sentence in old:
        scores = [fuzz.ratio(sentence, other) for other in rest[:50]]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < ALIKE:
            yield Line((Piece("gone", sentence),))
            continue
        yield from (Line((Piece("new", one),)) for one in rest[:best])
        yield Line(tuple(_words(sentence, rest[best])))
        rest = rest[best + 1 :]
    yield from (Line((Piece("new", one),)) for one in rest)


def _words(old: str, new: str) -> Iterator[Piece]:
    """One sentence beside its new wording, by words, and by characters where words are not parted."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    at = 0
    for start, end, first, last in changed_runs(before, after):
        pieces = (("same", before[at:start]), ("gone", before[start:end]), ("new", after[first:last]))
        yield from (Piece(kind, "".join(words)) for kind, words in pieces if words)
        at = end
    if at < len(before):
        yield Piece("same", "".join(before[at:]))

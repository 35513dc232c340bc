"""Fold text for search and matching, with the way back to the input; and what a hit is, by brute force.

Folding is never shown and never stored as text: glosses go, every code point becomes its class (see classes.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from annotations.text.classes import CLASSES, fold_text
from annotations.text.han import glosses
from annotations.text.units import GAP, WORD, Unit, phrases

__all__ = ["Folded", "find", "fold", "fold_text"]

FEW = 64


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its code points, the offset in the input that it came from, then the input's length.

    `index` has len(text) + 1 entries and never falls.
    """

    text: str
    index: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The input span of folded[start:end]; what counts as nothing goes with the code point before it."""
        if start >= end:
            return self.index[start], self.index[start]
        return self.index[start], max(self.index[end], self.index[end - 1] + 1)


def fold(text: str) -> Folded:
    """Fold text; the index is a plain range where no code point went or became several."""
    gone = list(glosses(text))
    folded = fold_text(text)
    odd = present(text, CLASSES.odd)
    if not gone and not odd:
        return Folded(folded, range(len(text) + 1))
    cuts = [(start, end, 0) for start, end in gone]
    if odd:
        taken = iter([*gone, (len(text), len(text))])
        cut = next(taken)
        for match in re.finditer(f"[{re.escape(''.join(odd))}]", text):
            while cut[1] <= match.start():
                cut = next(taken)
            if match.start() < cut[0]:
                cuts.append((match.start(), match.end(), len(CLASSES[ord(match[0])])))
        cuts.sort()
    index: list[int] = []
    at = 0
    for start, end, width in cuts:
        index.extend(range(at, start))
        index.extend([start] * width)
        at = end
    index.extend(range(at, len(text) + 1))
    return Folded(folded, index)


def present(text: str, chars: set[str]) -> list[str]:
    """Which of `chars` occur in the text."""
    return sorted(chars.intersection(text) if len(chars) > FEW else [char for char in chars if char in text])


def find(text: str, query: str) -> list[tuple[int, int]]:
    """Every hit of a query in a text (one sentence, as a rule): the definition that the index must match.

    Unspaced characters are found anywhere, words as whole words, one right after the other by the rule of units.py.
    Each phrase of the query must occur; the answer holds the input spans of all occurrences of all of them, in order.
    """
    folded = fold(text)
    found: set[tuple[int, int]] = set()
    for phrase in phrases(query):
        hits = {folded.span(*match.span()) for match in pattern(phrase).finditer(folded.text)}
        if not hits:
            return []
        found |= hits
    return sorted(found)


@lru_cache(maxsize=256)
def pattern(phrase: tuple[Unit, ...]) -> re.Pattern[str]:
    """A regular expression for a phrase, over folded text."""
    parts = [part(phrase[0])]
    for left, right in pairwise(phrase):
        parts += [between(left.kind, right.kind), part(right)]
    return re.compile("".join(parts))


def part(unit: Unit) -> str:
    """The expression of one unit."""
    if unit.kind == "gap":
        return f"{GAP}+"
    text = re.escape(unit.text)
    return f"(?<!{WORD}){text}(?!{WORD})" if unit.kind == "word" else text


def between(left: str, right: str) -> str:
    """What may stand between two units that follow each other."""
    if "gap" in (left, right):
        return ""
    return f"{GAP}+" if left == right == "word" else f"{GAP}*"

"""Which statements are most like a text (UX.md 4.8, 4.14), and what makes one a variant. Suggests, never merges.

Everything is compared folded: 发达国家 finds 發達國家. The most similar pairs can mean the opposite: see `differences`.
"""

import heapq
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from annotations.text.classes import fold_text
from annotations.text.variants import differences

__all__ = ["Match", "differences", "most_similar"]

K = TypeVar("K", bound=Hashable)

#: Below this share (0 to 1) of agreement a candidate is not offered at all.
ENOUGH = 0.35
#: Candidates that get past the cheap comparison (shared pairs of characters) to the dearer ones.
LOOKED_AT = 200
#: Code points compared of each text; a statement is shorter.
LONGEST = 500
#: A query of up to this many characters is somebody typing: a near miss of it says nothing.
TYPED = 4

GAPS = re.compile(r"[\s,.;:!?\"'()\[\]<>-]+")


@dataclass(frozen=True, slots=True)
class Match(Generic[K]):
    """A candidate with its score: 1 = the same words, above 0.9 = contains the query."""

    key: K
    score: float


def most_similar(query: str, candidates: Iterable[tuple[K, str]], limit: int = 20) -> list[Match[K]]:
    """The candidates (key, text) most like the query, best first; those given first win ties. [] for a blank query."""
    wanted = _plain(query[:LONGEST])
    if not wanted:
        return []
    pairs = [wanted[at : at + 2] for at in range(len(wanted) - 1)]
    texts = [(key, _plain(text[:LONGEST])) for key, text in candidates]
    cheap = ((_contained(wanted, pairs, text), -at) for at, (_, text) in enumerate(texts))
    likely = heapq.nlargest(max(limit, LOOKED_AT), (entry for entry in cheap if entry[0] >= ENOUGH / 2))
    scored = ((_score(wanted, texts[-at][1], shared), at) for shared, at in likely)
    best = heapq.nlargest(limit, (entry for entry in scored if entry[0] >= ENOUGH))
    return [Match(texts[-at][0], round(score, 4)) for score, at in best]


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    # Marks and spaces tell nothing, and converters change them.
    return GAPS.sub("", fold_text(text)) or fold_text(text).strip()


def _contained(query: str, pairs: list[str], text: str) -> float:
    if query in text:
        return 1.0
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _score(query: str, text: str, shared: float) -> float:
    if query in text:
        return 1.0 if query == text else 0.9 + 0.09 * len(query) / len(text)
    near = fuzz.partial_ratio(query, text) / 100 if len(query) > TYPED else 0.0
    return 0.89 * max(fuzz.ratio(query, text) / 100, 0.95 * shared, 0.8 * near)

"""Runs of words that two texts share, wherever they stand: what was copied, in either script.

Texts are compared as bare words (text/reuse.py): marks, white space, case, width and script make no difference. A run
goes on as long as the words agree; shorter ones than LEAST are chance. Linear but for words that stand many times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotations.text import bare
from annotations.text.reuse import LOCAL, local

#: What a run weighs at least: twelve Han characters (2 each), or eight words (3 each).
LEAST = 24
HAN, WORD = 2, 3
#: Tokens by which a run is found, and how far apart they are looked up: a run of LEAST holds eight tokens at least.
SEED, STEP = 5, 4
#: Places of one seed that are tried.
MOST = 16
#: The most code points of a text that are compared.
LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that both texts have: code points of each, half-open."""

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some parts of a text: folded, with their code points and the part that each is of."""

    texts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    parts: tuple[int, ...]


def words_of(text: str, parts: Iterable[tuple[int, int]]) -> Words:
    """The words of these parts of a text, in order; a run never crosses from one part to the next."""
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    where: list[int] = []
    for number, (start, end) in enumerate(parts):
        if start >= LONGEST:
            break
        found = bare.strip(LOCAL.sub(local, text[start : min(end, LONGEST)]))
        for token in found.tokens(0, len(found.words)) if found.words else ():
            texts.append(token.text)
            spans.append((start + token.start, start + token.end))
            where.append(number)
    return Words(tuple(texts), tuple(spans), tuple(where))


def weight(texts: Iterable[str]) -> int:
    """What some words weigh: a character that stands for itself less than a word of letters."""
    return sum(HAN if len(one) == 1 else WORD for one in texts)


def runs(one: Words, other: Words) -> list[Run]:
    """The longest runs that both share, in the order of the first text, none inside another. What stands in the first
    text twice and in the other once is told once, at its first place."""
    seeds = _seeds(other)
    found: list[Run] = []
    used = bytearray(len(other.texts))
    at = floor = 0
    while at + SEED <= len(one.texts):
        best = max(
            (_grown(one, other, at, place, floor) for place in seeds.get(one.texts[at : at + SEED], ())),
            key=lambda grown: grown[1] - grown[0], default=None,
        )  # fmt: skip
        if best is None or weight(one.texts[best[0] : best[1]]) < LEAST:
            at += 1
            continue
        start, end, first = best
        last = first + end - start
        if sum(used[first:last]) * 2 < last - first:
            found.append(
                Run(one.spans[start][0], one.spans[end - 1][1], other.spans[first][0], other.spans[last - 1][1])
            )
        used[first:last] = b"\x01" * (last - first)
        at = floor = end
    return found


def _seeds(words: Words) -> dict[tuple[str, ...], list[int]]:
    """Where each seed stands: every STEP-th place, the first MOST of each."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at in range(0, len(words.texts) - SEED + 1, STEP):
        places = found.setdefault(words.texts[at : at + SEED], [])
        if len(places) < MOST:
            places.append(at)
    return found


def _grown(one: Words, other: Words, at: int, place: int, floor: int) -> tuple[int, int, int]:
    """A seed as far as the words agree, both ways, within its part of each text and not before `floor`: (start, end,
    start in the other)."""
    start, first = at, place
    while start > floor and first and _agree(one, other, start - 1, first - 1, at, place):
        start, first = start - 1, first - 1
    end, last = at, place
    while end < len(one.texts) and last < len(other.texts) and _agree(one, other, end, last, at, place):
        end, last = end + 1, last + 1
    return start, end, first


def _agree(one: Words, other: Words, left: int, right: int, at: int, place: int) -> bool:
    return (
        one.texts[left] == other.texts[right]
        and one.parts[left] == one.parts[at]
        and other.parts[right] == other.parts[place]
    )


def share(found: Sequence[Run], words: Words) -> float:
    """How much of the first text the runs are, 0 to 1, by what its words weigh."""
    whole = weight(words.texts)
    spans = iter(sorted((run.start, run.end) for run in found))
    inside = weight(_inside(words, spans))
    return inside / whole if whole else 0.0


def _inside(words: Words, spans: Iterator[tuple[int, int]]) -> Iterator[str]:
    span = next(spans, None)
    for text, (start, end) in zip(words.texts, words.spans, strict=True):
        while span is not None and span[1] <= start:
            span = next(spans, None)
        if span is None:
            return
        if span[0] <= start and end <= span[1]:
            yield text

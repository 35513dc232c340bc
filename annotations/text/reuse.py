"""Whether a passage repeats another one: sketches that find candidates, where they stand, and what has changed.

Everything is compared as bare words (text/bare.py), so script, width, marks and case make no difference. A passage is
cut into runs of tokens that overlap; a sketch keeps some of them, so that whatever shares a stretch of words with it
shares a run. What differs, and whether it means the same, is told by text/restating.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from rapidfuzz import fuzz

from annotations.text import bare

#: What a run weighs at least: four characters, or two words (text/bare.py says what a token weighs).
RUN = 4
#: Of so many runs in a row a sketch keeps one at least.
WINDOW = 3
#: A passage of less than this says too little to be known again: 全球治理 stands everywhere.
LEAST = 7
#: From this share of agreement on a passage is called a repeat; the score is a share of the same characters.
ENOUGH = 0.72
#: The most code points of a passage that are compared.
LONGEST = 1200
#: The same word as it is said in Taiwan and on the mainland, of the same length.
_LOCAL = dict(
    pair.split(":")
    for pair in (
        "人工智慧:人工智能 資訊:信息 资讯:信息 網路:网络 网路:网络 軟體:软件 软体:软件 硬體:硬件 硬体:硬件 晶片:芯片 "
        "透過:通过 透过:通过 品質:质量 品质:质量 數位:数字 数位:数字 "
        "資料:数据 资料:数据 即時:实时 即时:实时 辨識:识别 辨识:识别 "
        "專案:项目 专案:项目 訊息:消息 讯息:消息"
    ).split()
)
LOCAL = re.compile("|".join(_LOCAL))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as its tokens and runs."""

    text: str
    words: bare.Bare
    tokens: tuple[bare.Token, ...]

    @property
    def weight(self) -> int:
        return sum(token.weight for token in self.tokens)


@lru_cache(maxsize=256)
def passage(text: str) -> Passage:
    """A text made ready to be compared; what is longer than LONGEST is cut."""
    words = bare.strip(LOCAL.sub(local, text[:LONGEST]))
    tokens = tuple(words.tokens(0, len(words.words))) if words.words else ()
    return Passage(text[:LONGEST], words, tokens)


def local(match: re.Match[str]) -> str:
    return _LOCAL[match[0]]


def runs(tokens: Sequence[bare.Token]) -> list[int]:
    """The runs that begin at each token, as numbers below 2^32; a text shorter than a run is one."""
    found = []
    for first in range(len(tokens)):
        weight, last = 0, first
        while last < len(tokens) and weight < RUN:
            weight += tokens[last].weight
            last += 1
        if weight < RUN and first:
            break
        found.append(crc32("\n".join(token.text for token in tokens[first:last]).encode()))
    return found


def kept(found: Sequence[int]) -> list[int]:
    """Of each WINDOW of runs in a row the lowest, so that long enough stretches of the same words have one in
    common."""
    if len(found) <= WINDOW:
        return sorted(set(found))
    return sorted({min(found[at : at + WINDOW]) for at in range(len(found) - WINDOW + 1)})


def sketch(text: str) -> list[int]:
    """The runs by which a text is found again."""
    return kept(runs(passage(text).tokens))


def near(known: Passage, folded: str, enough: float = ENOUGH) -> float:
    """About how much of a passage stands in folded text; 0 when it is not worth a closer look."""
    return fuzz.partial_ratio(known.words.words, folded, score_cutoff=enough * 85) / 100


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a passage is repeated in a text (its code points), and how much of it."""

    start: int
    end: int
    score: float


def spot(known: Passage, text: Passage, enough: float = ENOUGH) -> Spot | None:
    """The part of a text that repeats the passage best, as whole tokens; None when nothing does well enough."""
    wanted, words = known.words.words, text.words.words
    if not known.tokens or not text.tokens:
        return None
    found = fuzz.partial_ratio_alignment(wanted, words, score_cutoff=enough * 90)
    if found is None:
        return None
    if len(wanted) >= len(words):  # the text is the shorter: all of it
        start, end = 0, len(words)
    else:
        start, end = found.dest_start, found.dest_end
    start, end, score = _fitted(wanted, text, start, end)
    if score < enough:
        return None
    parts = list(text.words.tokens(start, end))
    return Spot(*_with_ends(known, text, parts), score)


def _with_ends(known: Passage, text: Passage, parts: Sequence[bare.Token]) -> tuple[int, int]:
    """The span of these tokens. Where the first or last one is another than in the known passage, the words written
    together with it belong to the span: what stands in the place of the end must not be cut off."""
    places = [token.start for token in text.tokens]
    first, last = places.index(parts[0].start), places.index(parts[-1].start)
    if parts[0].text != known.tokens[0].text:
        first = _further(text, first, -1)
    if parts[-1].text != known.tokens[-1].text:
        last = _further(text, last, 1)
    return text.tokens[first].start, text.tokens[last].end


def _further(text: Passage, at: int, step: int) -> int:
    """Some tokens on, up to a mark."""
    weight = 0
    while 0 <= at + step < len(text.tokens) and weight < RUN:
        one, other = sorted((text.tokens[at], text.tokens[at + step]), key=lambda token: token.start)
        if text.text[one.end : other.start].strip():
            break
        at += step
        weight += text.tokens[at].weight
    return at


def _fitted(wanted: str, text: Passage, start: int, end: int) -> tuple[int, int, float]:
    """The span of whole words near this one that agrees best, and its score: the alignment knows its middle better
    than its ends."""
    words, reach = text.words.words, max(4, (end - start) // 4)
    middle = (start + end) // 2
    ends = [at for at in range(max(end - reach, middle + 1), min(end + reach, len(words)) + 1) if _ends(text, at)]
    _, _, end = max(((fuzz.ratio(wanted, words[start:at]), -at, at) for at in ends), default=(0, 0, end))
    starts = [at for at in range(max(start - reach, 0), min(start + reach, middle) + 1) if _begins(text, at)]
    score, start = max(((fuzz.ratio(wanted, words[at:end]), at) for at in starts), default=(0.0, start))
    return start, end, round(score / 100, 4)


def _begins(text: Passage, at: int) -> bool:
    """Whether a word begins here."""
    return text.words.words[at : at + 1] != " " and text.words.parted(at)


def _ends(text: Passage, at: int) -> bool:
    """Whether a word ends here."""
    return text.words.words[at - 1 : at] != " " and text.words.parted(at)

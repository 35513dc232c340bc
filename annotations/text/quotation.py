"""Whether somebody was quoted word for word: claimed words held against a text, with what differs.

    found = compare("中國政府倡議…合作組織", bare.strip(snapshot), snapshot)
    found.kind              # exact, elided, altered or not_found
    found.start, found.end  # where it stands in the text: code points, half-open

Only words count (text/bare.py): width, script, white space, quotation marks and punctuation do not. Whether a quotation
is torn out of its context nobody can compute: `surroundings` gives the sentences around it, for a person to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.text import bare, sentences, shared_runs
from annotations.text.attribution import QUOTED, quotations
from annotations.text.bare import Bare, Token
from annotations.text.matching import Run, align

#: How an omission is marked; the words on both sides are the parts.
ELLIPSIS = re.compile(r"[(（\[【〔]?\s*(?:[…⋯]+|[.．]{3,}|(?:[.．]\s){2,}[.．]|。{3,})\s*[)）\]】〕]?")
#: Characters that an ellipsis may stand for; more, and the parts are two quotations.
REACH = 5_000
#: An omission that nothing marks leaves runs of so much on average; scattered words prove nothing.
RUN = 3
#: The share of what was claimed that must stand there for it to be the same sentence; more, where little was claimed.
ALIKE, SHORT, ALIKE_SHORT = 0.6, 12, 0.7
#: Around a quotation: so many code points each way are looked at for the sentences before and after.
AROUND = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: same (both spellings), del (left out of the original), ins (not in the original). The marks behind a
    word belong to it."""

    kind: str
    claimed: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`start`, `end`: in the original, code points, half-open; both 0 when it was not found. `similarity`: 0 to 1, how
    much of both is the same. `marked`: an ellipsis stands where words were left out.

    The pieces give both sides again: all that was claimed, and original[start:end].
    """

    kind: str
    start: int = 0
    end: int = 0
    similarity: float = 0.0
    marked: bool = False
    pieces: tuple[Piece, ...] = ()

    @property
    def rank(self) -> tuple[int, float]:
        """The more is found, the higher."""
        return (-KINDS.index(self.kind), self.similarity)


KINDS = ("exact", "elided", "altered", "not_found")


def compare(claimed: str, original: Bare, text: str) -> Comparison:
    """The claimed words held against a text and its words (`bare.strip(text)`)."""
    wanted = bare.strip(claimed)
    if not wanted.words:
        return _nothing(claimed)
    at = original.find(wanted.words)
    if at >= 0:
        there = list(original.tokens(at, at + len(wanted.words)))
        return _told("exact", claimed, text, [Token(wanted.words, 0, len(claimed))], _as_one(there), [Run(0, 0, 1)])
    mine = list(wanted.tokens(0, len(wanted.words)))
    return _elided(claimed, mine, original, text) or _alike(claimed, wanted, mine, original, text)


def _nothing(claimed: str) -> Comparison:
    return Comparison("not_found", pieces=(Piece("ins", claimed),) if claimed else ())


def _as_one(tokens: Sequence[Token]) -> list[Token]:
    return [Token("", tokens[0].start, tokens[-1].end)]


def _elided(claimed: str, mine: list[Token], original: Bare, text: str) -> Comparison | None:
    """The parts between the ellipses, each word for word, one after the other and as close together as may be."""
    parts = [part for part in (bare.strip(one) for one in ELLIPSIS.split(claimed)) if part.words]
    spans = _chain([part.words for part in parts], original) if len(parts) > 1 else []
    if not spans:
        return None
    theirs: list[Token] = []
    runs: list[Run] = []
    first = 0
    for part, (start, end), after in zip(parts, spans, [*spans[1:], None], strict=True):
        count = sum(1 for _ in part.tokens(0, len(part.words)))
        runs.append(Run(first, len(theirs), count))
        first += count
        theirs += original.tokens(start, end)
        if after and end < after[0]:
            theirs += original.tokens(end, after[0])
    if first != len(mine):  # a number was cut by its ellipsis
        return None
    return _told("elided", claimed, text, mine, theirs, runs, marked=True)


def _chain(parts: list[str], original: Bare) -> list[tuple[int, int]]:
    """Where the parts stand, in order; the shortest of the first places that hold them all."""
    best: list[tuple[int, int]] = []
    start = original.find(parts[0])
    for _ in range(shared_runs.MOST):
        if start < 0:
            break
        spans = [(start, start + len(parts[0]))]
        for part in parts[1:]:
            at = original.find(part, spans[-1][1], spans[-1][1] + REACH + len(part))
            if at < 0:
                break
            spans.append((at, at + len(part)))
        whole = len(spans) == len(parts)
        if whole and (not best or spans[-1][1] - spans[0][0] < best[-1][1] - best[0][0]):
            best = spans
        start = original.find(parts[0], start + 1)
    return best


def _alike(claimed: str, wanted: Bare, mine: list[Token], original: Bare, text: str) -> Comparison:
    """The best of the places that share some of the words; something left out, or altered."""
    found = [_judged(claimed, text, mine, theirs) for theirs in _places(wanted, original)]
    return max((one for one in found if one), key=lambda one: one.rank, default=_nothing(claimed))


def _places(wanted: Bare, original: Bare) -> Iterator[list[Token]]:
    for start, end in shared_runs.windows(wanted.words, original.words):
        while not original.parted(start):
            start -= 1
        while not original.parted(end):
            end += 1
        if original.words[start:end].strip():
            yield list(original.tokens(start, end))


def _judged(claimed: str, text: str, mine: list[Token], theirs: list[Token]) -> Comparison | None:
    runs = align(mine, theirs)
    if not runs:
        return None
    kept = sum(token.weight for run in runs for token in mine[run.mine : run.mine + run.length])
    whole = sum(token.weight for token in mine)
    if kept == whole and whole >= RUN * len(runs):
        kind = "elided"
    elif kept < whole and kept >= whole * (ALIKE if whole >= SHORT else ALIKE_SHORT):
        kind = "altered"
    else:
        return None
    return _told(kind, claimed, text, mine, theirs, runs)


def _told(
    kind: str, claimed: str, text: str, mine: list[Token], theirs: list[Token], runs: list[Run], *, marked: bool = False
) -> Comparison:
    """The comparison with its pieces: `runs` of the same tokens, in order, and between them what differs. Words claimed
    before the first run or after the last are told with as many as stand in their place."""
    at, end = runs[0].mine, runs[-1]
    first = max(runs[0].theirs - at, 0)
    last = min(end.theirs + end.length + len(mine) - end.mine - end.length, len(theirs))
    theirs = theirs[first:last]
    span = (theirs[0].start, theirs[-1].end)
    pieces: list[Piece] = []
    same = at = place = 0
    for run in [*(run._replace(theirs=run.theirs - first) for run in runs), Run(len(mine), len(theirs), 0)]:
        if run.theirs > place:
            pieces.append(Piece("del", "", _cut(text, theirs, place, run.theirs, *span)))
        if run.mine > at:
            pieces.append(Piece("ins", _cut(claimed, mine, at, run.mine, 0, len(claimed))))
        at, place = run.mine + run.length, run.theirs + run.length
        if run.length:
            said = _cut(claimed, mine, run.mine, at, 0, len(claimed))
            pieces.append(Piece("same", said, _cut(text, theirs, run.theirs, place, *span)))
            same += sum(token.weight for token in mine[run.mine : at])
    total = sum(token.weight for token in [*mine, *theirs])
    similarity = 1.0 if kind == "exact" else min(round(2 * same / total, 3), 0.999)
    return Comparison(kind, *span, similarity, marked, tuple(pieces))


def _cut(text: str, tokens: list[Token], first: int, last: int, begin: int, stop: int) -> str:
    """What tokens[first:last] are written as, with the marks up to the next one, within text[begin:stop]."""
    start = tokens[first].start if first else begin
    return text[start : tokens[last].start if last < len(tokens) else stop]


def quoted(paragraph: str, start: int, end: int) -> list[str]:
    """The words that paragraph[start:end] says somebody said: what stands within quotation marks there, without words
    that are only set apart (“安全红线”); where nothing does, or all lies within one pair, all of it."""
    spans = [(max(begin + 1, start), min(stop - 1, end)) for begin, stop in quotations(paragraph)]
    spans = [(begin, stop) for begin, stop in spans if begin < stop]
    said = [(begin, stop) for begin, stop in spans if stop - begin >= QUOTED or (stop - begin + 2) * 2 >= end - start]
    return [paragraph[begin:stop] for begin, stop in said or [(start, end)]]


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the sentence and one more before text[start:end], and the same after it."""
    low, high = max(start - AROUND, 0), min(end + AROUND, len(text))
    before = sentences.split(text, low, start)[-2:]
    after = sentences.split(text, end, high)[:2]
    return text[before[0][0] : start] if before else "", text[end : after[-1][1]] if after else ""

"""What has changed where a passage repeats another one (text/reuse.py), and whether it may still mean the same.

Suggests, never merges: whoever changed a number, a date, a negation or another telling word made a variant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from annotations.text.bare import Token
from annotations.text.classes import fold_text
from annotations.text.difference import changed_runs
from annotations.text.folding import fold
from annotations.text.numerals import places
from annotations.text.opposites import opposed
from annotations.text.patterns import any_of
from annotations.text.reuse import ENOUGH, LEAST, RUN, Passage, passage
from annotations.text.variants import differences, numbers

#: The same where it does not mean the same: further off, two sentences have their subject in common and no more.
OF_VARIANTS = 0.8
#: Which difference is told where there are several.
TELLING = ("negation", "number", "date", "modality", "scope")
#: What only says that something was said.
SAYS = re.compile(f"{any_of('提出|指出|表示|强调|认为|宣布|提到|重申|显示|表明|称|说')}了?")
#: Tokens whose coming and going leaves the meaning as it was.
LIGHT = frozenset(
    "的 地 得 了 着 也 亦 还 又 就 才 而 且 并 及 与 和 之 其 所 则 便 都 很 更 已 已经 将 会 在 于 对 把 被 为 以 从 "
    "向 由 这 那 该 此 们 个 一 是 说 a an the that this these those of to in on at for by with and as is are was were "
    "be been has have had it its also then there so very".split()
)


@dataclass(frozen=True, slots=True)
class Change:
    """Words that went, and those that came in their place, as written."""

    gone: str
    new: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How alike two passages are; `fit` and `difference` as of an occurrence."""

    score: float
    fit: str = "same"
    difference: str = ""
    changes: tuple[Change, ...] = field(default=())
    shared: int = 0  # what the words weigh that both have, without those that say little and without figures

    @property
    def repeats(self) -> bool:
        """Whether it is worth anybody's look: more than a date or a turn of phrase is the same."""
        enough = ENOUGH if self.fit == "same" else OF_VARIANTS
        return self.score >= enough and self.shared >= LEAST - 1


def compare(known: str, other: str) -> Verdict:
    """What became of the known passage in the other one, which are about the same stretch of words."""
    one, two = _counted(passage(known)), _counted(passage(other))
    score = round(max(fuzz.ratio(one.words.words, two.words.words), fuzz.ratio(_said(one), _said(two))) / 100, 4)
    changes = tuple(_changes(one, two))
    if not changes:
        return Verdict(1.0, shared=_shared(one, two))
    codes = differences(_inner(one), _inner(two))
    if any(
        opposed([fold_text(change.gone)], [fold_text(change.new)]) for change in changes if change.gone and change.new
    ):
        codes.add("negation")
    told = next((code for code in TELLING if code in codes), "")
    variant = bool(told) or any(_telling(change) for change in changes) or _cut(one, changes)
    return Verdict(min(score, 0.9999), "variant" if variant else "same", told, changes, _shared(one, two))


def _counted(side: Passage) -> Passage:
    """The same with each number as one token, in figures: 三亿五千万 is no other word than 350 million."""
    folded = fold(side.text)
    tokens = list(side.tokens)
    for start, end, figures in places(folded.text):
        first, last = folded.span(start, end)
        inside = [at for at, token in enumerate(tokens) if first <= token.start and token.end <= last]
        if inside:
            made = Token(figures, tokens[inside[0]].start, tokens[inside[-1]].end)
            tokens[inside[0] : inside[-1] + 1] = [made]
    return replace(side, tokens=tuple(tokens))


def _said(side: Passage) -> str:
    return "".join(token.text for token in side.tokens)


def both_ways(one: str, other: str) -> Verdict:
    """Whether two wordings say the same as wholes: what either of them lacks at its ends tells, too. The changes lead
    from `one` to `other`."""
    found, back = compare(one, other), compare(other, one)
    if found.fit == back.fit or back.fit == "same":
        return found
    return replace(found, fit="variant", difference=back.difference)


def spans(one: str, other: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where each of two wordings says what the other does not: spans of their code points, in order."""
    left, right = passage(one), passage(other)
    mine: list[tuple[int, int]] = []
    theirs: list[tuple[int, int]] = []
    for first, last, start, end in _apart(left, right):
        if first < last:
            mine.append((left.tokens[first].start, left.tokens[last - 1].end))
        if start < end:
            theirs.append((right.tokens[start].start, right.tokens[end - 1].end))
    return mine, theirs


def _shared(one: Passage, two: Passage) -> int:
    there = {token.text for token in two.tokens}
    return sum(
        token.weight
        for token in one.tokens
        if token.text in there
        and token.text not in LIGHT
        and token.text not in "年月日"
        and not token.text[0].isdigit()
    )


def _inner(one: Passage) -> str:
    """The text without the marks around it: a full stop would be taken for a decimal point."""
    return one.text[one.tokens[0].start : one.tokens[-1].end] if one.tokens else ""


def _tells(words: str) -> bool:
    """Whether words at an end say something: not when they only say that somebody said it."""
    return _heavy(words) > 0 and not SAYS.fullmatch(fold_text(words))


def _cut(one: Passage, changes: Sequence[Change]) -> bool:
    """Whether the known passage begins or ends with words that say something and have nothing in their place."""
    text = _inner(one)
    first, last = changes[0], changes[-1]
    begins = text.startswith(first.gone) and _tells(first.gone) and not _heavy(first.new)
    return bool(begins or (text.endswith(last.gone) and _heavy(last.gone) and not _heavy(last.new)))


def _changes(one: Passage, two: Passage) -> Iterator[Change]:
    """What differs, in order; words that went and came at one place are one change."""
    for run in _apart(one, two):
        yield _change(one, two, run)


def _apart(one: Passage, two: Passage) -> Iterator[tuple[int, int, int, int]]:
    """The tokens that differ: those of the one that went, and those of the other that came in their place."""
    return changed_runs([token.text for token in one.tokens], [token.text for token in two.tokens])


def _change(one: Passage, two: Passage, run: tuple[int, int, int, int]) -> Change:
    return Change(_words(one, run[0], run[1]), _words(two, run[2], run[3]))


def _words(side: Passage, first: int, last: int) -> str:
    return side.text[side.tokens[first].start : side.tokens[last - 1].end] if first < last else ""


def _telling(change: Change) -> bool:
    """Whether something else may be meant: a word in the place of another, or more than a little added or left out."""
    values = numbers(fold_text(change.gone))
    if values and values == numbers(fold_text(change.new)):  # 四成, 40 %
        return False
    gone, new = (_heavy(side) for side in (change.gone, change.new))
    return bool(gone and new) or gone + new > RUN + 1


def _heavy(words: str) -> int:
    """What the words weigh without those that say little."""
    return sum(token.weight for token in passage(words).tokens if token.text not in LIGHT) if words else 0

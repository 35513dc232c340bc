"""Which words of a quotation are those of the original: runs of the same tokens, in order, without chance matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from annotations.text.bare import Token

#: A run that weighs less than this and lies further off than FAR times its weight is taken for chance.
LITTLE, FAR = 3, 4
#: Tokens compared at once; a passage has no more.
MOST, MOST_OF_THEIRS = 20_000, 24_000


class Run(NamedTuple):
    """mine[mine : mine + length] are the same words as theirs[theirs : theirs + length]."""

    mine: int
    theirs: int
    length: int


def align(mine: Sequence[Token], theirs: Sequence[Token]) -> list[Run]:
    """The runs of the same tokens in both, in order; [] when there are none that tell anything."""
    left, right = [token.text for token in mine[:MOST]], [token.text for token in theirs[:MOST_OF_THEIRS]]
    found = [
        Run(step.src_start, step.dest_start, step.src_end - step.src_start)
        for step in Indel.opcodes(left, right)
        if step.tag == "equal"
    ]
    runs = _gathered(found, left, right)
    while (fewer := _without_chance(runs, mine)) != runs:
        runs = fewer
    return runs


def _gathered(found: list[Run], left: list[str], right: list[str]) -> list[Run]:
    """The runs moved as close to the longest as the same words stand there: of “we … we say” the second “we”."""
    if not found:
        return []
    runs = list(found)
    middle = max(range(len(runs)), key=lambda at: runs[at].length)
    for at in range(middle - 1, -1, -1):
        run, stop = runs[at], runs[at + 1].theirs
        places = range(stop - run.length, run.theirs - 1, -1)
        runs[at] = run._replace(theirs=_stands(left, run, right, places))
    for at in range(middle + 1, len(runs)):
        run, start = runs[at], runs[at - 1].theirs + runs[at - 1].length
        runs[at] = run._replace(theirs=_stands(left, run, right, range(start, run.theirs + 1)))
    return _joined(runs)


def _stands(left: list[str], run: Run, right: list[str], places: range) -> int:
    """The first of the places where the words of a run stand; they do at one of them."""
    words = left[run.mine : run.mine + run.length]
    return next(at for at in places if right[at] == words[0] and right[at : at + run.length] == words)


def _joined(runs: list[Run]) -> list[Run]:
    """Runs that follow each other on both sides as one."""
    joined = runs[:1]
    for run in runs[1:]:
        last = joined[-1]
        if (last.mine + last.length, last.theirs + last.length) == (run.mine, run.theirs):
            joined[-1] = last._replace(length=last.length + run.length)
        else:
            joined.append(run)
    return joined


def _without_chance(runs: list[Run], mine: Sequence[Token]) -> list[Run]:
    """Without the first small run that lies far from its neighbours."""
    for at, run in enumerate(runs):
        weight = sum(token.weight for token in mine[run.mine : run.mine + run.length])
        if weight >= LITTLE or len(runs) == 1:
            continue
        gaps = []
        if at:
            gaps.append(run.theirs - runs[at - 1].theirs - runs[at - 1].length)
        if at + 1 < len(runs):
            gaps.append(runs[at + 1].theirs - run.theirs - run.length)
        if min(gaps) > FAR * weight:
            return [*runs[:at], *runs[at + 1 :]]
    return runs

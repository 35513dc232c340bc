"""Where to look for words that were quoted with changes: places that share some short runs with them.

Both texts are bare words (text/bare.py); the runs are looked for by the string methods, so that a megabyte is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

#: Code points of a run: so many tell little where words are letters, enough where they are characters.
RUN, RUN_OF_LETTERS = 3, 9
#: Runs looked for, places of one run, and windows worth a closer look.
SEEDS, MOST, BEST = 16, 50, 3
#: How much longer than the quotation its original may be: a share of it, up to so many code points, and some more.
STRETCH, LONGEST, SLACK = 1.5, 600, 60


class Hit(NamedTuple):
    """`at`: in the text; `offset`: in the quotation; `seed`: the number of the run."""

    at: int
    offset: int
    seed: int


def windows(wanted: str, text: str) -> list[tuple[int, int]]:
    """Spans of the text that share most runs with the wanted words, the best first, at most BEST."""
    found = sorted(_hits(wanted, text))
    reach = len(wanted) + _room(len(wanted))
    scored: list[tuple[int, int, int]] = []  # how many different runs, first and last hit
    first = 0
    inside: dict[int, int] = {}
    for last, hit in enumerate(found):
        inside[hit.seed] = inside.get(hit.seed, 0) + 1
        while hit.at - found[first].at > reach:
            inside[found[first].seed] -= 1
            if not inside[found[first].seed]:
                del inside[found[first].seed]
            first += 1
        scored.append((len(inside), first, last))
    chosen: list[tuple[int, int]] = []
    for _, start, end in sorted(scored, key=lambda one: (-one[0], found[one[2]].at - found[one[1]].at)):
        span = _around(found[start : end + 1], len(wanted), len(text))
        if not any(span[0] < high and low < span[1] for low, high in chosen):
            chosen.append(span)
        if len(chosen) == BEST:
            break
    return chosen


def _hits(wanted: str, text: str) -> Iterator[Hit]:
    """Where runs of the wanted words stand; runs that stand nearly everywhere only when there are no others."""
    last = max(len(wanted) - (RUN_OF_LETTERS if wanted[-1].isascii() else RUN), 0)
    offsets = sorted({round(last * number / (SEEDS - 1)) for number in range(SEEDS)})
    common: list[Hit] = []
    rare = False
    for seed, offset in enumerate(offsets):
        length = RUN_OF_LETTERS if wanted[offset : offset + RUN].isascii() else RUN
        places = _places(wanted[offset : offset + length], text)
        hits = [Hit(at, offset, seed) for at in places[:MOST]]
        if len(places) > MOST:
            common += hits
        else:
            rare = rare or bool(hits)
            yield from hits
    if not rare:
        yield from common


def _places(run: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(run)
    while at >= 0 and len(found) <= MOST:
        found.append(at)
        at = text.find(run, at + 1)
    return found


def _room(length: int) -> int:
    """How much may have been left out of so many code points."""
    return min(int(length * STRETCH), LONGEST) + SLACK


def _around(hits: list[Hit], length: int, most: int) -> tuple[int, int]:
    """The span in which the whole quotation lies when these runs belong to it, with some room."""
    start = min(hit.at - hit.offset - _room(hit.offset) for hit in hits)
    end = max(hit.at + length - hit.offset + _room(length - hit.offset) for hit in hits)
    return max(start, 0), min(end, most)

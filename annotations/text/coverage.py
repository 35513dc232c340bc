"""Which paragraphs were read: half-open ranges of blocks, joined, counted, carried to another version of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from annotations.text.blocks import Block

Ranges = list[tuple[int, int]]
#: Blocks that are no reading: running heads of pages. Copies are read where they stand first.
FURNITURE = frozenset({"page-head"})


def joined(ranges: Iterable[Sequence[int]]) -> Ranges:
    """The same blocks in order, each once, in as few ranges as there can be."""
    found: Ranges = []
    for start, end in sorted((int(start), int(end)) for start, end in ranges):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def of_blocks(indexes: Iterable[int]) -> Ranges:
    return joined((index, index + 1) for index in indexes)


def count(ranges: Iterable[Sequence[int]]) -> int:
    """How many blocks joined ranges hold."""
    return sum(end - start for start, end in ranges)


def within(ranges: Iterable[Sequence[int]], allowed: Iterable[Sequence[int]]) -> Ranges:
    """What two lists of joined ranges have in common."""
    one, other = list(ranges), list(allowed)
    found: Ranges = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def readable(blocks: Sequence[Block]) -> Ranges:
    """The blocks that are there to be read: neither copies nor running heads nor empty."""
    return of_blocks(
        index
        for index, block in enumerate(blocks)
        if block.duplicate_of is None and block.role not in FURNITURE and block.start < block.end
    )


def first_missing(ranges: Iterable[Sequence[int]], all_of_them: Iterable[Sequence[int]]) -> int | None:
    """The first block of the latter that the former do not hold."""
    held = list(ranges)
    for start, end in all_of_them:
        at = start
        for low, high in held:
            if low <= at < high:
                at = high
        if at < end:
            return at
    return None


def carried(ranges: Iterable[Sequence[int]], old: Sequence[str], new: Sequence[str]) -> Ranges:
    """The blocks of the text `new` that stood word for word among these blocks of the text `old`; of words that stand
    there several times, as many as were read, the first ones first."""
    left: dict[str, int] = defaultdict(int)
    for start, end in ranges:
        for words in old[start:end]:
            left[words] += 1
    found = []
    for index, words in enumerate(new):
        if left[words] > 0:
            left[words] -= 1
            found.append(index)
    return of_blocks(found)

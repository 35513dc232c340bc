"""Which characters of an old text are which of a new one: sentences first, then characters inside those that changed.

Sentences that stand in both texts once, or as often in both (a repeated body), are paired in the longest order that
both share; between two pairs the rest is compared by rapidfuzz. A changed stretch too large for that is cut by rare
runs of characters first. Sentences that went elsewhere are kept apart as moved.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Indel, Levenshtein

from annotations.text.tracks import Block, Track, joined

UNIT = re.compile(r"[^。！？；!?;.]*[。！？；!?;.]+\s*|[^。！？；!?;.]+")
PIECE = re.compile(r"[^。！？；!?;.\n]+[。！？；!?;.]*")
SPACE = re.compile(r"\s+")
CELLS = 16_000_000  # the largest table of two stretches: 4 MB, some 10 ms
GRAM = 8  # code points of a rare run
OFTEN = 3  # what stands more often tells nothing about its place
SHORTEST_MOVE = 10  # code points; a shorter sentence elsewhere may be another one

Hunk = tuple[int, int, int, int]  # old start and end, new start and end
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Correspondence:
    """`chain`: the same characters in the same order. `loose`: the same, and stretches replaced by as many others.
    `moved`: sentences that stand elsewhere."""

    chain: Track
    loose: Track
    moved: Track


class Units:
    """A text cut after its sentences; sentences that differ in white space only have the same key."""

    def __init__(self, text: str) -> None:
        parts = UNIT.findall(text)
        self.keys = [hash(SPACE.sub("", part)) for part in parts]
        self.starts = [0, *accumulate(map(len, parts))]


def compare(old: str, new: str) -> Correspondence:
    """What became of the characters of `old` in `new`."""
    exact: list[Block] = []
    soft: list[Block] = []
    ours, theirs = Units(old), Units(new)
    hunks: list[Hunk] = []
    for equal, (a0, a1, b0, b1) in matched(ours.keys, theirs.keys):
        if equal:
            for a, b in zip(range(a0, a1), range(b0, b1), strict=True):
                inside = ours.starts[a], ours.starts[a + 1], theirs.starts[b], theirs.starts[b + 1]
                characters(old, new, inside, exact, soft)
        else:
            inside = ours.starts[a0], ours.starts[a1], theirs.starts[b0], theirs.starts[b1]
            hunks.append(inside)
            characters(old, new, inside, exact, soft)
    exact = joined(sorted(exact))
    moved = list(moves(old, new, hunks, Track(exact)))
    return Correspondence(Track(exact), Track(joined(sorted([*exact, *soft]))), Track(joined(sorted(moved))))


def matched(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> Iterator[tuple[bool, Hunk]]:
    """Both sequences from beginning to end: runs that are equal, and what stands between them."""
    a = b = 0
    for x, y in [*chain(ours, theirs), (len(ours), len(theirs))]:
        yield from gap(ours, theirs, (a, x, b, y))
        if x < len(ours):
            yield True, (x, x + 1, y, y + 1)
        a, b = x + 1, y + 1


def chain(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[Pair]:
    """Positions of items that stand in both sequences as often, the first with the first: the longest row of pairs that
    rises in both."""
    there = places(theirs)
    alike = [(here, there[key]) for key, here in places(ours).items() if len(here) == len(there.get(key, ()))]
    pairs = sorted(pair for here, other in alike if len(here) <= OFTEN for pair in zip(here, other, strict=True))
    tails: list[int] = []
    heads: list[int] = []  # for each length of a row, the pair that ends it lowest
    back = [-1] * len(pairs)
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        if length == len(tails):
            tails.append(place)
            heads.append(at)
        else:
            tails[length], heads[length] = place, at
        back[at] = heads[length - 1] if length else -1
    row: list[Pair] = []
    at = heads[-1] if heads else -1
    while at >= 0:
        row.append(pairs[at])
        at = back[at]
    return row[::-1]


def places(items: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    """Where each item stands, in order; of what stands more than OFTEN times, no more than one beyond that."""
    found: dict[Hashable, list[int]] = {}
    for at, item in enumerate(items):
        known = found.setdefault(item, [])
        if len(known) <= OFTEN:
            known.append(at)
    return found


def once(items: Iterable[Hashable]) -> dict[Hashable, int]:
    """Where each item stands that occurs once, in order."""
    found: dict[Hashable, int] = {}
    for at, item in enumerate(items):
        found[item] = -1 if item in found else at
    return {item: at for item, at in found.items() if at >= 0}


def gap(ours: Sequence[Hashable], theirs: Sequence[Hashable], hunk: Hunk) -> Iterator[tuple[bool, Hunk]]:
    """What stands between two pairs: equal runs found by rapidfuzz, and hunks."""
    a0, a1, b0, b1 = hunk
    if a0 == a1 and b0 == b1:
        return
    if a0 == a1 or b0 == b1 or (a1 - a0) * (b1 - b0) > CELLS:
        yield False, hunk
        return
    a, b = a0, b0
    for block in Indel.opcodes(*settled(ours[a0:a1], theirs[b0:b1])).as_matching_blocks():
        x, y, size = a0 + block.a, b0 + block.b, block.size
        if x > a or y > b:
            yield False, (a, x, b, y)
        if size:
            yield True, (x, x + size, y, y + size)
        a, b = x + size, y + size


def settled(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> tuple[list[Hashable], list[Hashable]]:
    """Both without what stands more often in one of them than in the other: which is which, their characters tell."""
    here, there = Counter(ours), Counter(theirs)
    unclear = {key for key in here.keys() & there.keys() if here[key] != there[key]}
    one, other = [[(side, at) if key in unclear else key for at, key in enumerate(keys)]
                  for side, keys in enumerate((ours, theirs))]  # fmt: skip
    return one, other


def characters(old: str, new: str, hunk: Hunk, exact: list[Block], soft: list[Block]) -> None:
    """Pair the characters of two stretches."""
    a0, a1, b0, b1 = hunk
    one, other = old[a0:a1], new[b0:b1]
    if one == other:
        if one:
            exact.append((a0, b0, a1 - a0))
    elif one and other and len(one) * len(other) <= CELLS:
        for op in Levenshtein.opcodes(one, other):
            size = op.src_end - op.src_start
            if op.tag == "equal":
                exact.append((a0 + op.src_start, b0 + op.dest_start, size))
            elif op.tag == "replace" and size == op.dest_end - op.dest_start:
                soft.append((a0 + op.src_start, b0 + op.dest_start, size))
    elif one and other:
        head = shared(one, other)
        tail = shared(one[head:][::-1], other[head:][::-1])
        exact += [(at, to, size) for at, to, size in ((a0, b0, head), (a1 - tail, b1 - tail, tail)) if size]
        rest = a0 + head, a1 - tail, b0 + head, b1 - tail
        if (rest[1] - rest[0]) * (rest[3] - rest[2]) <= CELLS:
            characters(old, new, rest, exact, soft)
        else:
            seeded(old, new, rest, exact, soft)


def shared(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def seeded(old: str, new: str, hunk: Hunk, exact: list[Block], soft: list[Block]) -> None:
    """Two stretches too large for one table, cut where both hold the same rare runs; what cannot be cut is new."""
    a0, a1, b0, b1 = hunk
    runs = joined([(a0 + x, b0 + y, 1) for x, y in chain(grams(old[a0:a1]), grams(new[b0:b1]))])
    if not runs:
        return
    a, b = a0, b0
    for x, y, length in [*((x, y, length + GRAM - 1) for x, y, length in runs), (a1, b1, 0)]:
        cut = max(a - x, b - y, 0)  # two rare runs may overlap on one side
        if cut and cut >= length:
            continue
        x, y, length = x + cut, y + cut, length - cut
        if (x - a) * (y - b) <= CELLS:
            characters(old, new, (a, x, b, y), exact, soft)
        if length:
            exact.append((x, y, length))
        a, b = x + length, y + length


def grams(text: str) -> list[str]:
    """All runs of GRAM code points, one for each place."""
    return [text[at : at + GRAM] for at in range(len(text) - GRAM + 1)]


def moves(old: str, new: str, hunks: Sequence[Hunk], kept: Track) -> Iterator[Block]:
    """The characters of stretches that went elsewhere: a line or sentence left over on both sides, once on each, shows
    where to, and takes along what stands around it."""
    here = pieces(old, [(number, hunk[0], hunk[1]) for number, hunk in enumerate(hunks)])
    there = pieces(new, [(number, hunk[2], hunk[3]) for number, hunk in enumerate(hunks)])
    went_to = once(key for key, *_ in there)
    ways: dict[Pair, None] = {}
    found: list[Block] = []
    for key, place in once(key for key, *_ in here).items():
        if key in went_to:
            _, origin, *span = here[place]
            _, target, *to = there[went_to[key]]
            if kept.kept(span[0], span[1]) * 2 < span[1] - span[0]:
                ways[origin, target] = None
                characters(old, new, (span[0], span[1], to[0], to[1]), found, [])
    for origin, target in ways:
        characters(old, new, (*hunks[origin][:2], *hunks[target][2:]), found, [])
    yield from apart(found)


def pieces(text: str, stretches: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Lines and sentences of some length in (number, start, end): key, number, start and end of each."""
    return [
        (hash(SPACE.sub("", match[0])), number, match.start(), match.end())
        for number, start, end in stretches
        for match in PIECE.finditer(text, start, end)
        if match.end() - match.start() >= SHORTEST_MOVE
    ]


def apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks of several comparisons, in order: of two that claim the same characters the longer one."""
    taken: list[Block] = []
    for block in sorted(blocks, key=lambda block: -block[2]):
        at = bisect_left(taken, block)
        before = at and taken[at - 1][0] + taken[at - 1][2] > block[0]
        after = at < len(taken) and block[0] + block[2] > taken[at][0]
        if not before and not after:
            taken.insert(at, block)
    yield from taken

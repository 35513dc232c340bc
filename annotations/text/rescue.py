"""Look for a passage whose characters did not stay together: its very words first, then words much like them.

Words that stand in the new text because other words of the old text stayed there are not ours: a highlight of one
"Linus" that was deleted does not jump to the next. Only a copy, with the same neighbours on both sides, counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from rapidfuzz import fuzz

from annotations.text.correspondence import Correspondence
from annotations.text.quotes import occurrences, trimmed
from annotations.text.tracks import Track

CONTEXT = 32
MOST = 200  # places of one quote that are looked at
UNSURE = 20  # code points; a shorter passage needs a neighbour that agrees
SHORTEST = 8  # code points; a shorter one is not looked for when its words changed
AGREES, SAME_PLACE = 75.0, 60.0  # ratio of one side's neighbours; of both sides'
COPIED = 95.0  # ratio of one side's neighbours that makes it a copy whatever stands on the other side
ALIKE, SURELY_ALIKE = 65.0, 85.0  # ratio of the words: about one in three may differ; so alike needs no neighbours
CLOSE = 10.0  # two places whose neighbours agree alike, in points of both sides together
GRAM = 3
COMMON = 50  # a run of characters that stands so often tells nothing
BUCKET = 8
LOOKED_AT = 3
EDGE = 6  # code points that may have been replaced at either end of a passage
APART = 4  # kept characters between two new stretches that make them two


@dataclass(frozen=True, slots=True)
class Hit:
    """A place, how much it is like the passage (0 to 100), how its neighbours agree (0 to 200), and if others do."""

    start: int
    end: int
    similarity: float
    agreement: float
    method: str
    rivals: bool = False


class Rescue:
    """Looks for passages of `old` in what of `new` is not spoken for. Worked out when the first one is asked for."""

    def __init__(self, old: str, new: str, found: Correspondence) -> None:
        self.old, self.new, self.found = old, new, found

    def find(self, start: int, end: int) -> Hit | None:
        """The likeliest place, or None."""
        return self.by_quote(start, end) or self.by_likeness(start, end)

    def by_quote(self, start: int, end: int) -> Hit | None:
        """The very words, anywhere."""
        quote = self.old[start:end]
        hits = []
        for at in islice(occurrences(self.new, quote), MOST):
            before, after = self.neighbours(start, end, at, at + len(quote))
            taken = self.back.kept(at, at + len(quote)) * 2 > len(quote)
            if taken:
                fits = min(before, after) >= SAME_PLACE or max(before, after) >= COPIED
            else:
                fits = len(quote) >= UNSURE or max(before, after) >= AGREES
            if fits:
                hits.append(Hit(at, at + len(quote), 100.0, before + after, "quote"))
        return best(hits, self.expected(start))

    def by_likeness(self, start: int, end: int) -> Hit | None:
        """Much the same words, in what is new."""
        quote = self.old[start:end]
        if len(quote) < SHORTEST:
            return None
        hits = {}
        for at in self.likely(quote):
            slack = len(quote) // 4 + BUCKET
            low = max(0, at - slack)
            place = trimmed(quote, self.new[low : at + len(quote) + slack], low)
            if place is None:
                continue
            place = snug(quote, self.new, *place)
            similarity = fuzz.ratio(quote, self.new[slice(*place)])
            before, after = self.neighbours(start, end, *place)
            certain = similarity >= SURELY_ALIKE and len(quote) >= UNSURE
            if similarity >= ALIKE and (certain or max(before, after) >= AGREES):
                hits[place] = Hit(*place, similarity, before + after, "fuzzy")
        top = max((hit.similarity for hit in hits.values()), default=0.0)
        return best([hit for hit in hits.values() if hit.similarity >= top - CLOSE], self.expected(start))

    def twins(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where else in the old text the very words stand with the same neighbours on a side."""
        quote = self.old[start:end]
        if len(quote) < SHORTEST:
            return
        around = self.around(self.old, start, end)
        for at in islice(occurrences(self.old, quote), MOST):
            other = self.around(self.old, at, at + len(quote))
            if at != start and max(map(fuzz.ratio, around, other)) >= COPIED:
                yield at, at + len(quote)

    def likely(self, quote: str) -> Iterator[int]:
        """Where the passage would begin, by the runs of characters it shares with what is new; likeliest first."""
        votes: Counter[int] = Counter()
        for at in range(len(quote) - GRAM + 1):
            places = self.index.get(quote[at : at + GRAM], ())
            if len(places) <= COMMON:
                votes.update({(place - at) // BUCKET for place in places})
        for bucket, count in votes.most_common(LOOKED_AT):
            if count > 1 or len(quote) < 2 * SHORTEST:
                yield max(0, bucket * BUCKET)

    def neighbours(self, start: int, end: int, at: int, stop: int) -> tuple[float, float]:
        """How well what stands before and after agrees, 0 to 100 each; two edges of a text agree."""
        (before, after), (here, there) = self.around(self.old, start, end), self.around(self.new, at, stop)
        return fuzz.ratio(before, here), fuzz.ratio(after, there)

    @staticmethod
    def around(text: str, start: int, end: int) -> tuple[str, str]:
        """What stands before and after."""
        return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]

    def expected(self, start: int) -> int:
        """About where it should be: behind what stayed before it."""
        place = self.found.chain.last(0, start) if start else 0
        return place or 0

    @cached_property
    def back(self) -> Track:
        """From the new text to the old one."""
        return self.found.chain.reverse()

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Where each run of GRAM characters stands in what is new."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for start, end in fresh(self.back, len(self.new)):
            for at in range(start, end - GRAM + 1):
                found[self.new[at : at + GRAM]].append(at)
        return dict(found)


def snug(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The span with its ends moved outwards as far as that makes it more like the quote: what was replaced there."""
    starts = range(start, max(-1, start - EDGE - 1), -1)  # of several alike, the nearest
    start = max(starts, key=lambda at: fuzz.ratio(quote, text[at:end]))
    return start, max(range(end, min(len(text), end + EDGE) + 1), key=lambda at: fuzz.ratio(quote, text[start:at]))


def fresh(back: Track, length: int) -> Iterator[tuple[int, int]]:
    """The stretches of the new text that no character of the old one stayed in, a few stray ones apart."""
    start = 0
    for at, _, size in [*back.blocks, (length, 0, 0)]:
        if size and size < APART:
            continue
        if at - start >= GRAM:
            yield start, at
        start = at + size


def best(hits: Sequence[Hit], expected: int) -> Hit | None:
    """The place whose neighbours agree best; of several alike the one nearest to where it should be, with rivals."""
    if not hits:
        return None
    top = max(hit.agreement for hit in hits)
    alike = [hit for hit in hits if hit.agreement >= top - CLOSE]
    nearest = min(alike, key=lambda hit: abs(hit.start - expected))
    return nearest if len(alike) == 1 else replace(nearest, rivals=True)

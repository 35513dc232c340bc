"""Which passages of a document are suggested: the likeliest, up to a share of its text, spread over its sentences."""

import heapq
from collections import defaultdict
from collections.abc import Sequence

from annotations.text.suggest.passages import Candidate

SHARE = 0.4  # of the text, at most
LEAST = 0.15  # nothing below this
#: A neighbour in the same sentence often says the same thing: once one is suggested, the others count for less.
NEIGHBOUR = 0.7
#: What is so likely stands for itself, whatever stands beside it.
SURE = 0.85


def choose(found: Sequence[Candidate], total: int, share: float = SHARE, least: float = LEAST) -> list[Candidate]:
    """The passages to suggest in a text of `total` characters, in order."""
    left = int(share * total)
    worth = [one.worth for one in found]
    heap = [(-value, at) for at, value in enumerate(worth)]
    heapq.heapify(heap)
    sentences = defaultdict(list)
    for at, one in enumerate(found):
        sentences[one.sentence].append(at)
    taken: set[int] = set()
    while heap:
        value, at = heapq.heappop(heap)
        length = found[at].end - found[at].start
        if at in taken or -value != worth[at] or -value < least or length > left:
            continue
        taken.add(at)
        left -= length
        for near in (at - 1, at + 1):
            beside = near in sentences[found[at].sentence] and near not in taken
            if beside and found[near].worth < SURE:
                worth[near] *= NEIGHBOUR
                heapq.heappush(heap, (-worth[near], near))
    return [found[at] for at in sorted(taken)]

"""Sharing out documents, and where coders differ."""

from collections import Counter
from itertools import combinations

import pytest

from annotations.rules.rounds import Mark, places, share_out


@pytest.mark.parametrize(("coders", "each"), [((1, 2, 3), 2), ((1, 2, 3, 4), 2), ((1, 2, 3, 4, 5), 3), ((7,), 1)])
def test_balanced(coders: tuple[int, ...], each: int) -> None:
    sizes = dict.fromkeys(range(60), 100)
    found = share_out(sizes, coders, each)
    assert set(found) == set(sizes)
    assert all(len(set(group)) == each for group in found.values())
    loads = Counter(coder for group in found.values() for coder in group)
    assert max(loads.values()) - min(loads.values()) <= 1 and set(loads) == set(coders)
    met = Counter(pair for group in found.values() for pair in combinations(sorted(group), 2))
    assert not met or max(met.values()) - min(met.values()) <= 2
    assert found == share_out(sizes, tuple(reversed(coders)), each)


def test_long_documents_weigh_more() -> None:
    found = share_out({1: 1000, 2: 500, 3: 500}, (1, 2), 1)
    assert found[2] == found[3] != found[1]


def test_too_few_coders() -> None:
    with pytest.raises(ValueError, match="Fewer"):
        share_out({1: 5}, (1,), 2)


def test_many_coders_stay_quick() -> None:
    found = share_out(dict.fromkeys(range(20), 10), tuple(range(40)), 6)
    loads = Counter(coder for group in found.values() for coder in group)
    assert sum(loads.values()) == 120 and max(loads.values()) - min(loads.values()) <= 1


def mark(coder: int, start: int, end: int, kinds: str = "claim", tags: tuple[int, ...] = ()) -> Mark:
    return Mark(coder, coder * 1000 + start, start, end, frozenset(kinds.split()), frozenset(tags))


def test_places() -> None:
    both = [mark(1, 0, 10), mark(2, 0, 10)]
    borders = [mark(1, 20, 30), mark(2, 22, 30)]
    alone = [mark(1, 40, 50)]
    touching = [mark(2, 50, 60, "proposal"), mark(1, 50, 60, "claim", (3,))]
    found = places([*touching, *alone, *borders, *both])
    assert [(place.start, place.end, len(place.marks)) for place in found] == [
        (0, 10, 2), (20, 30, 2), (40, 50, 1), (50, 60, 2)
    ]  # fmt: skip
    assert [place.agreed((1, 2)) for place in found] == [True, False, False, False]
    assert [place.differences((1, 2)) for place in found] == [(), ("borders",), ("missed",), ("kind", "tags")]
    assert not found[0].agreed((1, 2, 3)) and found[2].agreed((1,))
    assert places([]) == []


def test_a_passage_within_another_belongs_to_the_same_place() -> None:
    found = places([mark(1, 0, 30), mark(1, 5, 10), mark(2, 25, 40)])
    assert len(found) == 1 and (found[0].start, found[0].end) == (0, 40)
    assert set(found[0].differences((1, 2))) == {"borders"}

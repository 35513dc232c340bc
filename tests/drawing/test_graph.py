"""The layout of a graph: nothing overlaps, edges go from box to box, the same graph is drawn alike."""

from __future__ import annotations

import random

import pytest

from annotations.drawing.columns import crossings, neighbours, spread
from annotations.drawing.graph import BOX, GAP, Edge, lay_out
from annotations.drawing.words import lines, width

CASES: dict[str, list[Edge]] = {
    "one": [(1, 2)],
    "chain": [(1, 2), (2, 3), (3, 4), (1, 4)],
    "circle": [(1, 2), (2, 3), (3, 1)],
    "both ways": [(1, 2), (2, 1)],
    "star": [(n, 0) for n in range(1, 30)],
    "parts": [(1, 2), (3, 4), (5, 6), (5, 7), (8, 7)],
    "twice": [(1, 2), (1, 2), (2, 3)],
}


def tangle(nodes: int, edges: int, seed: int) -> list[Edge]:
    chance = random.Random(seed)
    pairs = ((chance.randrange(nodes), chance.randrange(nodes)) for _ in range(edges * 2))
    return [(a, b) for a, b in pairs if a != b][:edges]


CASES |= {f"tangle {seed}": tangle(60, 90, seed) for seed in range(4)}


@pytest.mark.parametrize("edges", CASES.values(), ids=CASES)
def test_no_box_lies_on_another(edges: list[Edge]) -> None:
    found = lay_out({node for edge in edges for node in edge}, edges)
    boxes = list(found.places.values())
    for n, (x, y) in enumerate(boxes):
        assert 0 <= x <= found.width - BOX[0] + 0.2 and 0 <= y <= found.height - BOX[1] + 0.2
        for left, top in boxes[n + 1 :]:
            assert abs(x - left) >= BOX[0] or abs(y - top) >= BOX[1] + GAP - 0.3


@pytest.mark.parametrize("edges", CASES.values(), ids=CASES)
def test_an_edge_leads_from_its_source_to_its_target(edges: list[Edge]) -> None:
    found = lay_out({node for edge in edges for node in edge}, edges)
    for (source, target), path in zip(edges, found.paths, strict=True):
        for node, (x, y) in ((source, path[0]), (target, path[-1])):
            left, top = found.places[node]
            assert x in (left, left + BOX[0]) and abs(y - top - BOX[1] / 2) < 0.2


def test_without_circles_every_edge_points_to_the_right() -> None:
    edges = [(a, b) for a, b in tangle(50, 80, 9) if a < b]
    found = lay_out(range(50), edges)
    assert all(found.places[a][0] < found.places[b][0] for a, b in edges)
    assert set(found.places) == set(range(50))


def test_the_same_graph_is_drawn_alike() -> None:
    edges = tangle(80, 120, 5)
    assert lay_out(range(80), edges) == lay_out(list(range(80))[::-1], edges)
    assert lay_out([], []).places == {}


def test_a_ladder_has_no_crossings() -> None:
    columns = [[1, 2, 3], [6, 5, 4]]
    _, after = neighbours([(1, 4), (2, 5), (3, 6)])
    assert crossings(columns, after) == 3
    found = lay_out(range(1, 7), [(1, 4), (2, 5), (3, 6), (1, 5), (2, 6)])
    tops = [found.places[n][1] for n in (1, 2, 3)]
    assert (tops == sorted(tops)) == (
        [found.places[n][1] for n in (4, 5, 6)] == sorted(found.places[n][1] for n in (4, 5, 6))
    )


def test_wishes_that_collide_share_their_mean() -> None:
    assert spread([0, 0, 0], [10, 10, 10]) == [-10, 0, 10]
    assert spread([0, 50, 55], [10, 10, 10]) == [0, 47.5, 57.5]
    assert spread([], []) == []


def test_words_in_lines() -> None:
    assert lines("全球80%的算力集中于少数发达国家", 12, 3) == ["全球80%的算", "力集中于少数", "发达国家"]
    assert lines("The quick brown fox jumps over it", 12, 2) == ["The quick", "brown fox j…"]
    assert lines("Donaudampfschifffahrt", 10, 2) == ["Donaudampf", "schifffah…"]
    assert lines("", 10, 2) == [] and width("é".encode().decode() + "国") == 3

"""A directed graph from left to right: boxes in columns, edges that bend around them, its parts side by side.

Layered after Sugiyama: cycles are broken, every node stands in a column left of what it points at, long edges get a
place in every column they cross, the order within columns follows the neighbours. No chance and no clock: the same
graph is always drawn alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotations.drawing.columns import heights, ordered

BOX = (212, 62)  # width and height of a node
BETWEEN = 104  # from column to column, room for the word of an edge
GAP = 18  # from box to box in a column
THIN = 10  # what an edge takes in a column it crosses
APART = 44  # from part to part
WIDE = 1.7  # how much wider than high the whole may be

Point = tuple[float, float]
Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """`places`: left upper corners of boxes; `paths`: for each edge, in the order given, the points it runs through."""

    width: float
    height: float
    places: dict[int, Point]
    paths: list[list[Point]]


@dataclass(slots=True)
class Part:
    """One connected part while it is laid out. Crossings of columns are nodes below zero."""

    nodes: list[int]
    edges: list[int]
    column: dict[int, int] = field(default_factory=dict)
    chains: dict[int, list[int]] = field(default_factory=dict)
    top: dict[int, float] = field(default_factory=dict)
    size: Point = (0, 0)


def lay_out(nodes: Iterable[int], edges: Sequence[Edge]) -> Layout:
    """Place the nodes and lead the edges (between different nodes); nodes without edges stand alone."""
    parts = _parts(sorted(set(nodes)), edges)
    crossing = -1
    for part in parts:
        pairs = {number: edges[number] for number in part.edges}
        turned = _forward(part.nodes, pairs)
        part.column = _columns(part.nodes, list(turned.values()))
        crossing = _cross(part, turned, crossing)
        _place(part)
    corners = _pack(parts)
    width = max((x + part.size[0] for part, (x, _) in zip(parts, corners, strict=True)), default=0.0)
    height = max((y + part.size[1] for part, (_, y) in zip(parts, corners, strict=True)), default=0.0)
    found = Layout(width, height, {}, [[] for _ in edges])
    for part, corner in zip(parts, corners, strict=True):
        _draw(found, part, corner, edges)
    return found


def _parts(nodes: list[int], edges: Sequence[Edge]) -> list[Part]:
    """The connected parts, largest first."""
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for source, target in edges:
        one, other = sorted((root(source), root(target)))
        parent[other] = one
    found: dict[int, Part] = {}
    for node in nodes:
        found.setdefault(root(node), Part([], [])).nodes.append(node)
    for number, (source, _) in enumerate(edges):
        found[root(source)].edges.append(number)
    return sorted(found.values(), key=lambda part: (-len(part.nodes), part.nodes[0]))


def _forward(nodes: list[int], pairs: dict[int, Edge]) -> dict[int, Edge]:
    """The edges with those turned round that would close a circle (found by walking depth first)."""
    after: dict[int, list[tuple[int, int]]] = {node: [] for node in nodes}
    entered = dict.fromkeys(nodes, 0)
    for number, (source, target) in pairs.items():
        after[source].append((target, number))
        entered[target] += 1
    state: dict[int, int] = {}
    back: set[int] = set()
    for start in sorted(nodes, key=lambda node: (entered[node], node)):
        if start in state:
            continue
        state[start], stack = 1, [(start, iter(after[start]))]
        while stack:
            node, rest = stack[-1]
            for target, number in rest:
                if state.get(target) == 1:
                    back.add(number)
                elif target not in state:
                    state[target] = 1
                    stack.append((target, iter(after[target])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return {number: (pair[1], pair[0]) if number in back else pair for number, pair in pairs.items()}


def _columns(nodes: list[int], pairs: list[Edge]) -> dict[int, int]:
    """The column of each node: right of all that point at it, and as close to what it points at as that allows."""
    after: dict[int, list[int]] = {node: [] for node in nodes}
    waiting = dict.fromkeys(nodes, 0)
    for source, target in pairs:
        after[source].append(target)
        waiting[target] += 1
    found = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not waiting[node]]
    walked: list[int] = []
    while ready:
        node = ready.pop(0)
        walked.append(node)
        for target in after[node]:
            found[target] = max(found[target], found[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for node in reversed(walked):
        if after[node]:
            found[node] = min(found[target] for target in after[node]) - 1
    least = min(found.values())
    return {node: column - least for node, column in found.items()}


def _cross(part: Part, turned: dict[int, Edge], crossing: int) -> int:
    """Give every edge a node in each column it crosses; answers with the next free name."""
    for number, (source, target) in turned.items():
        chain = [source]
        for column in range(part.column[source] + 1, part.column[target]):
            part.column[crossing] = column
            chain.append(crossing)
            crossing -= 1
        part.chains[number] = [*chain, target]
    return crossing


def _place(part: Part) -> None:
    """Order the columns and find the height of everything in them."""
    columns: list[list[int]] = [[] for _ in range(max(part.column.values()) + 1)]
    for node, column in part.column.items():
        columns[column].append(node)
    links = [pair for chain in part.chains.values() for pair in zip(chain, chain[1:], strict=False)]
    sizes = {node: float(BOX[1] if node >= 0 else THIN) for node in part.column}
    part.top = heights(ordered(columns, links), links, sizes, GAP)
    least = min(part.top.values())
    part.top = {node: round(top - least, 1) for node, top in part.top.items()}
    high = max(top + sizes[node] for node, top in part.top.items())
    part.size = (len(columns) * (BOX[0] + BETWEEN) - BETWEEN, round(high, 1))


def _pack(parts: list[Part]) -> list[Point]:
    """Left upper corners of the parts, in shelves; as wide as the widest, or so that the whole is a wide rectangle."""
    area = sum((part.size[0] + APART) * (part.size[1] + APART) for part in parts)
    most = max([(area * WIDE) ** 0.5, *(part.size[0] for part in parts)], default=0.0)
    by_height = sorted(range(len(parts)), key=lambda n: (-parts[n].size[1], n))
    found: list[Point] = [(0.0, 0.0)] * len(parts)
    x, y, high = 0.0, 0.0, 0.0
    for n in by_height:
        width, height = parts[n].size
        if x and x + width > most:
            x, y, high = 0.0, y + high + APART, 0.0
        found[n] = (round(x, 1), round(y, 1))
        x, high = x + width + APART, max(high, height)
    return found


def _draw(found: Layout, part: Part, corner: Point, edges: Sequence[Edge]) -> None:
    """Boxes and edges of a part, moved to its corner."""
    left, above = corner
    for node in part.nodes:
        found.places[node] = (left + part.column[node] * (BOX[0] + BETWEEN), round(above + part.top[node], 1))
    for number, chain in part.chains.items():
        points: list[Point] = []
        for node in chain:
            x = left + part.column[node] * (BOX[0] + BETWEEN)
            middle = round(above + part.top[node] + (BOX[1] if node >= 0 else THIN) / 2, 1)
            points += [(x, middle), (x + BOX[0], middle)]
        points = points[1:-1]  # from the right side of the first box to the left side of the last
        found.paths[number] = points if chain[0] == edges[number][0] else points[::-1]

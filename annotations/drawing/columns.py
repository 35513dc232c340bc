"""Order and heights in the columns of a graph: few crossings, straight edges, nothing on top of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SWEEPS = 12

Links = Sequence[tuple[int, int]]


def ordered(columns: list[list[int]], links: Links) -> list[list[int]]:
    """The columns with their nodes sorted by where their neighbours stand, swept to and fro; the order with the fewest
    crossings is kept."""
    before, after = neighbours(links)
    found = [sorted(column, key=lambda node: (node < 0, abs(node))) for column in columns]
    best, fewest = [list(column) for column in found], crossings(found, after)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for n in range(1, len(found)) if forward else range(len(found) - 2, -1, -1):
            beside = found[n - 1] if forward else found[n + 1]
            where = {node: place for place, node in enumerate(beside)}
            _sort(found[n], before if forward else after, where)
        now = crossings(found, after)
        if now < fewest:
            best, fewest = [list(column) for column in found], now
        if not fewest:
            break
    return best


def neighbours(links: Links) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """(what leads to a node, what it leads to)."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for source, target in links:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    return before, after


def _sort(column: list[int], beside: Mapping[int, list[int]], where: Mapping[int, int]) -> None:
    """By the mean place of the neighbours; what has none keeps its own."""
    own = {node: place for place, node in enumerate(column)}

    def wish(node: int) -> float:
        places = [where[one] for one in beside.get(node, ()) if one in where]
        return sum(places) / len(places) if places else float(own[node])

    wishes = {node: wish(node) for node in column}
    column.sort(key=lambda node: (wishes[node], own[node]))


def crossings(columns: Sequence[Sequence[int]], after: Mapping[int, list[int]]) -> int:
    """How many pairs of links cross between neighbouring columns."""
    found = 0
    for column, beside in zip(columns, columns[1:], strict=False):
        where = {node: place for place, node in enumerate(beside)}
        ends: list[int] = []
        for node in column:
            mine = sorted(where[one] for one in after.get(node, ()) if one in where)
            found += sum(1 for end in mine for other in ends if other > end)
            ends += mine
    return found


def heights(columns: Sequence[Sequence[int]], links: Links, sizes: Mapping[int, float], gap: float) -> dict[int, float]:
    """The upper edge of everything: as near to the middle of its neighbours as order and gaps allow."""
    before, after = neighbours(links)
    top: dict[int, float] = {}
    for column in columns:
        at = 0.0
        for node in column:
            top[node] = at
            at += sizes[node] + gap
    for sweep in range(SWEEPS):
        order = list(columns) if sweep % 2 == 0 else list(reversed(columns))
        beside = (before, after)[sweep % 2] if sweep < SWEEPS - 2 else None
        for column in order:
            wishes = []
            for node in column:
                near = beside.get(node, ()) if beside is not None else [*before.get(node, ()), *after.get(node, ())]
                middles = [top[one] + sizes[one] / 2 for one in near]
                wishes.append((sum(middles) / len(middles) - sizes[node] / 2) if middles else top[node])
            for node, height in zip(column, spread(wishes, [sizes[node] + gap for node in column]), strict=True):
                top[node] = height
    return top


def spread(wishes: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Values as near to the wishes as possible (least squares), each at least its step after the one before: wishes
    that collide share their mean."""
    shifts = [sum(steps[:n]) for n in range(len(steps))]
    blocks: list[tuple[float, int]] = []  # (sum of wishes without shifts, how many)
    for wish, shift in zip(wishes, shifts, strict=True):
        total, many = wish - shift, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / many:
            more, number = blocks.pop()
            total, many = total + more, many + number
        blocks.append((total, many))
    flat = [total / many for total, many in blocks for _ in range(many)]
    return [value + shift for value, shift in zip(flat, shifts, strict=True)]

"""The relations of a corpus as a graph: all of them or those around one statement, narrowed, placed and worded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from annotations.drawing import graph, words
from annotations.drawing.graph import BOX, Point
from annotations.models import Member, Relation, Statement
from annotations.rules import vocabulary
from annotations.services import relations

#: So many statements are drawn; the others are counted and named as left out.
MOST = 200
LINES, LETTERS = 2, 28
DEPTHS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be seen: types and states of relations, steps around a statement, which statements (None: all)."""

    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ("confirmed", "suggested")
    around: Statement | None = None
    depth: int = 1
    among: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Node:
    statement: Statement
    at: Point
    lines: tuple[str, ...]
    middle: bool


@dataclass(frozen=True, slots=True)
class Link:
    """An edge: its curve as an SVG path, and where its word stands."""

    row: Relation
    source: Statement
    target: Statement
    path: str
    word: Point
    both: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """`left_out`: statements beyond MOST; `count`: relations shown."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    width: float
    height: float
    left_out: int

    @property
    def count(self) -> int:
        return len(self.links)


def rows(member: Member, asked: Asked) -> list[Relation]:
    """The relations of the corpus that are asked for, between live statements, in the order they were made."""
    found: QuerySet[Relation] = relations.live().filter(corpus_id=member.corpus_id, state__in=asked.states)
    found = found.filter(source__removed_at=None, target__removed_at=None)
    if asked.types:
        found = found.filter(type__in=asked.types)
    kept = list(found.order_by("id"))
    if asked.among is not None:
        always = {asked.around.pk} if asked.around else set()
        allowed = asked.among | always
        kept = [row for row in kept if row.source_id in allowed and row.target_id in allowed]
    return kept if asked.around is None else near(kept, asked.around.pk, asked.depth)


def near(kept: list[Relation], start: int, depth: int) -> list[Relation]:
    """Those between statements at most so many steps away."""
    beside: dict[int, set[int]] = {}
    for row in kept:
        beside.setdefault(row.source_id, set()).add(row.target_id)
        beside.setdefault(row.target_id, set()).add(row.source_id)
    reached, edge = {start}, {start}
    for _ in range(depth):
        edge = {other for one in edge for other in beside.get(one, ())} - reached
        reached |= edge
    return [row for row in kept if row.source_id in reached and row.target_id in reached]


def picture(member: Member, asked: Asked) -> Picture:
    """Everything drawn: the statements with most relations when there are too many."""
    kept = rows(member, asked)
    degree: dict[int, int] = {}
    for row in kept:
        for pk in (row.source_id, row.target_id):
            degree[pk] = degree.get(pk, 0) + 1
    if asked.around is not None:
        degree[asked.around.pk] = len(kept) + 1
    chosen = set(sorted(degree, key=lambda pk: (-degree[pk], pk))[:MOST])
    kept = [row for row in kept if row.source_id in chosen and row.target_id in chosen]
    layout = graph.lay_out(chosen, [(row.source_id, row.target_id) for row in kept])
    found = statements(member, chosen)
    middle = asked.around.pk if asked.around else None
    return Picture(
        tuple(_node(found[pk], at, pk == middle) for pk, at in sorted(layout.places.items(), key=lambda one: one[1])),
        tuple(_link(row, found, path) for row, path in zip(kept, layout.paths, strict=True)),
        layout.width, layout.height, len(degree) - len(chosen),
    )  # fmt: skip


def statements(member: Member, ids: Iterable[int]) -> dict[int, Statement]:
    found = {row.pk: row for row in Statement.objects.filter(corpus_id=member.corpus_id, pk__in=list(ids))}
    for row in found.values():
        row.corpus = member.corpus  # every address asks for it
    return found


def _node(statement: Statement, at: Point, middle: bool) -> Node:
    return Node(statement, at, tuple(words.lines(statement.text, LETTERS, LINES)), middle)


def _link(row: Relation, found: dict[int, Statement], points: list[Point]) -> Link:
    both = row.type in vocabulary.SYMMETRIC_RELATIONS
    return Link(row, found[row.source_id], found[row.target_id], curve(points), between(points), both)


def curve(points: list[Point]) -> str:
    """A path through the points: curves between columns, straight across a column."""
    (x, y), rest = points[0], points[1:]
    parts = [f"M{x:g} {y:g}"]
    for number, (right, below) in enumerate(rest):
        if number % 2:
            parts.append(f"L{right:g} {below:g}")
        else:
            half = (x + right) / 2
            parts.append(f"C{half:g} {y:g} {half:g} {below:g} {right:g} {below:g}")
        x, y = right, below
    return "".join(parts)


def between(points: list[Point]) -> Point:
    """The middle of the first bend: there the word stands, beside the box it is said of."""
    (x, y), (right, below) = points[0], points[1]
    return ((x + right) / 2, (y + below) / 2)


#: Size of a box, for the template.
SIZE = BOX

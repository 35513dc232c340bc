"""Two wordings of a text side by side: which paragraph of one is which of the other, and the words that differ.

Compared folded, so another script, width or line break is no change. Paragraphs that stand in both go first; between
two of them the rest is paired by likeness, in order; what is left over is gone or new, or stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from annotations.text.classes import fold_text
from annotations.text.correspondence import SPACE, matched, once
from annotations.text.difference import WORDS, Piece

ALIKE = 40.0  # of 100: below that a paragraph is another one, not the same reworded
CELLS = 2_500  # the largest table of two runs of paragraphs compared each with each; larger ones by their order
LONGEST = 6_000  # code points of a paragraph that are compared word by word; of a longer one ends and middle are told
SHORTEST_MOVE = 8  # code points; a shorter paragraph elsewhere may be another one


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the two columns: indexes of the paragraphs, None for none. `kind`: same, changed, gone, new, or
    moved, whose partner stands in a row of its own at `elsewhere`, an index of the other column."""

    kind: str
    old: int | None = None
    new: int | None = None
    elsewhere: int | None = None


Found = tuple[int | None, int | None]


def pair(old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """All paragraphs of both texts, in the order of both."""
    keys = [[SPACE.sub("", fold_text(one)) for one in side] for side in (old, new)]
    rows: list[Row] = []
    for equal, (a0, a1, b0, b1) in matched(*keys):
        if equal:
            rows += (Row("same", a0 + step, b0 + step) for step in range(a1 - a0))
        else:
            rows += (
                Row("gone", a) if b is None else Row("new", None, b) if a is None else Row("changed", a, b)
                for a, b in _alike(keys[0], keys[1], range(a0, a1), range(b0, b1))
            )
    return _moved(rows, *keys)


def _alike(old: Sequence[str], new: Sequence[str], ours: range, theirs: range) -> Iterator[Found]:
    """The pairs of two runs that rise in both and are most alike together; what has no partner stands before them."""
    if len(ours) * len(theirs) > CELLS:
        yield from _in_order(old, new, ours, theirs)
        return
    best = _table(old, new, ours, theirs)
    a = b = 0
    while a < len(ours) or b < len(theirs):
        if a < len(ours) and best[a][b] == best[a + 1][b]:
            yield ours[a], None
            a += 1
        elif b < len(theirs) and best[a][b] == best[a][b + 1]:
            yield None, theirs[b]
            b += 1
        else:
            yield ours[a], theirs[b]
            a, b = a + 1, b + 1


def _table(old: Sequence[str], new: Sequence[str], ours: range, theirs: range) -> list[list[float]]:
    """For each place in both runs: the likeness of the best pairs from there on."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for a in range(len(ours) - 1, -1, -1):
        for b in range(len(theirs) - 1, -1, -1):
            score = fuzz.ratio(old[ours[a]][:LONGEST], new[theirs[b]][:LONGEST], score_cutoff=ALIKE)
            together = best[a + 1][b + 1] + score if score else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], together)
    return best


def _in_order(old: Sequence[str], new: Sequence[str], ours: range, theirs: range, near: int = 8) -> Iterator[Found]:
    """Long runs: each paragraph with the most alike of the next few."""
    at = 0
    for a in ours:
        window = theirs[at : at + near]
        scores = [fuzz.ratio(old[a][:LONGEST], new[b][:LONGEST], score_cutoff=ALIKE) for b in window]
        if not scores or not max(scores):
            yield a, None
            continue
        here = scores.index(max(scores))
        yield from ((None, b) for b in window[:here])
        yield a, window[here]
        at += here + 1
    yield from ((None, b) for b in theirs[at:])


def _moved(rows: Sequence[Row], old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """Rows that are gone here and new there word for word, each with where the other one is."""
    left = {old[row.old]: row.old for row in rows if row.kind == "gone" and row.old is not None}
    there = once(new[row.new] for row in rows if row.kind == "new" and row.new is not None)
    came = [row.new for row in rows if row.kind == "new" and row.new is not None]
    to = {at: came[there[key]] for key, at in left.items() if len(key) >= SHORTEST_MOVE and key in there}
    back = {b: a for a, b in to.items()}
    return [
        Row("moved", row.old, row.new, to.get(row.old, -1) if row.old is not None else back[row.new or 0])
        if row.kind != "same" and (row.old in to if row.new is None else row.old is None and row.new in back)
        else row
        for row in rows
    ]


def words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings as pieces: the old one same and gone, the new one same and new."""
    if len(old) + len(new) > 2 * LONGEST:
        return _ends(old, new)
    before, after = WORDS.findall(old), WORDS.findall(new)
    ours: list[Piece] = []
    theirs: list[Piece] = []
    for step in Indel.opcodes([fold_text(one) for one in before], [fold_text(one) for one in after]):
        was, now = "".join(before[step.src_start : step.src_end]), "".join(after[step.dest_start : step.dest_end])
        if was:
            ours.append(Piece("same" if step.tag == "equal" else "gone", was))
        if now:
            theirs.append(Piece("same" if step.tag == "equal" else "new", now))
    return _joined(ours), _joined(theirs)


def _ends(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Very long paragraphs: what both begin and end with, and all between as changed."""
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    sides = []
    for text, kind in ((old, "gone"), (new, "new")):
        parts = (("same", text[:head]), (kind, text[head : len(text) - tail]), ("same", text[len(text) - tail :]))
        sides.append([Piece(name, part) for name, part in parts if part])
    return sides[0], sides[1]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; so short a run of sameness between two changes reads better as changed."""
    out: list[Piece] = []
    for piece in pieces:
        if out and out[-1].kind == piece.kind:
            out[-1] = Piece(piece.kind, out[-1].text + piece.text)
        else:
            out.append(piece)
    return out

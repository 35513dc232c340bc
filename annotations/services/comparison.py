"""Two versions of a document side by side: paragraphs with what changed in them, and what became of each passage.

Nothing is written. The second text may be one that is not stored yet (the plan of services/versions.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from annotations.models import Anchor, Annotation, Document, Member, Statement, Version
from annotations.services import texts
from annotations.services.anchors import UNSURE
from annotations.services.texts import Text
from annotations.services.tracker.links import links
from annotations.services.versions import Plan
from annotations.text import beside
from annotations.text.beside import Row
from annotations.text.difference import Piece
from annotations.text.rewording import EFFECTS, effects

LEFT_OUT = frozenset({"page-head"})
#: What a statement can suffer, the gravest first.
ALL_EFFECTS = ("dropped", *EFFECTS)
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Carried:
    """A passage and what became of it. `state` as in ANCHOR_STATES, or lost: somebody settled that it is gone.
    `effects` are codes of REWORDINGS; `before` and `after` the words, "" where it has none."""

    annotation: Annotation
    state: str
    before: str
    after: str
    old: int | None  # index of the paragraph in either version
    new: int | None
    similarity: float
    method: str
    effects: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def to_check(self) -> bool:
        return self.state in UNSURE or self.state == "orphaned"

    @property
    def pieces(self) -> tuple[list[Piece], list[Piece]]:
        return beside.words(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Cell:
    """A paragraph in its column; `number` as printed (¶)."""

    number: int
    role: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the columns with the passages that begin in it; `elsewhere`: the number of a moved paragraph there."""

    kind: str
    old: Cell | None
    new: Cell | None
    elsewhere: int | None
    passages: Sequence[Carried]


@dataclass(frozen=True, slots=True)
class Fold:
    """Paragraphs in a row that did not change, with how many passages stand in them."""

    count: int
    first: int  # numbers in the new version
    last: int
    passages: int


@dataclass(slots=True)
class Comparison:
    """The whole: rows without their words (`lines` puts them in), and every passage in the order of the old text."""

    old: Text
    new: Text
    rows: list[Row]
    blocks: tuple[Sequence[int], Sequence[int]]  # which paragraphs of either text the rows speak of
    passages: list[Carried]
    counts: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)  # statements, each once for each effect

    @property
    def changed(self) -> int:
        """Paragraphs that are not the same."""
        return sum(row.kind != "same" for row in self.rows)


def stored(document: Document, member: Member, old: Version, new: Version) -> Comparison:
    """Of two stored versions."""
    before, after = (_placed(document, member, version) for version in (old, new))
    states = {pk: row.state for pk, row in after.items()}
    lost = new.number if new.pk == document.current_id else None
    return _whole(member, texts.get(old.pk), texts.get(new.pk), before, after, states, lost)


def planned(document: Document, member: Member, plan: Plan) -> Comparison:
    """Of the current version and a text that is not stored yet."""
    prepared = plan.prepared
    new = texts.build(0, prepared.source.text, prepared.cleaned.text, prepared.cleaned.map, prepared.block_rows)
    assert document.current is not None, "what has a plan has a text"
    before = _placed(document, member, document.current)
    return _whole(member, texts.get(document.current.pk), new, before, plan.anchors, plan.states, None)


def _placed(document: Document, member: Member, version: Version) -> dict[int, Anchor]:
    """Where the passages that this member may see stand in a version, in text order."""
    visible = set(Annotation.objects.visible_to(member).filter(document=document).values_list("pk", flat=True))
    rows = Anchor.objects.filter(version=version).order_by("home_start", "home_end", "annotation_id")
    return {row.annotation_id: row for row in rows if row.annotation_id in visible}


def _whole(
    member: Member, old: Text, new: Text, before: Mapping[int, Anchor], after: Mapping[int, Anchor],
    states: Mapping[int, str], lost: int | None,
) -> Comparison:  # fmt: skip
    blocks = _shown(old), _shown(new)
    rows = _pairs(old, new, blocks)
    annotations = _annotations(before)
    said = _statements(member, annotations)
    passages = [
        _carried(annotations[pk], anchor, after.get(pk), states.get(pk, "orphaned"), said[pk], lost)
        for pk, anchor in before.items()
    ]
    found = Comparison(old, new, rows, blocks, passages)
    found.counts.update(one.state for one in passages)
    touched = {(effect, row.pk) for one in passages for effect in one.effects for row in one.statements}
    found.effects.update(effect for effect, _ in touched)
    return found


def _shown(text: Text) -> list[int]:
    """The paragraphs that are compared: repeated bodies and running heads say nothing of their own."""
    return [
        at for at, block in enumerate(text.blocks) if block.duplicate_of is None and block.role not in LEFT_OUT
    ]  # fmt: skip


def _words(text: Text, at: int) -> str:
    block = text.blocks[at]
    return text.quote(block.start, block.end)


def _annotations(wanted: Iterable[int]) -> dict[int, Annotation]:
    ids = list(wanted)
    found: dict[int, Annotation] = {}
    for at in range(0, len(ids), CHUNK):
        found |= Annotation.objects.select_related("created_by").in_bulk(ids[at : at + CHUNK])
    return found


def _statements(member: Member, annotations: Iterable[int]) -> dict[int, list[Statement]]:
    """What each passage expresses, for all of them at once."""
    ids = list(annotations)
    found: dict[int, list[Statement]] = defaultdict(list)
    for at in range(0, len(ids), CHUNK):
        rows = links(member).filter(annotation_id__in=ids[at : at + CHUNK]).select_related("statement__corpus")
        for row in rows.order_by("pk"):
            found[row.annotation_id].append(row.statement)
    return found


def _carried(
    row: Annotation, was: Anchor, now: Anchor | None, state: str, said: Sequence[Statement], lost: int | None
) -> Carried:  # fmt: skip
    if now is None:
        state = "lost" if lost is not None and row.lost_in == lost else "orphaned"
    touched = ("dropped",) if now is None else effects(was.quote, now.quote)
    return Carried(
        annotation=row, state=state, before=was.quote, after=now.quote if now else "", old=was.block,
        new=now.block if now else None, similarity=now.similarity if now else 0.0,
        method=now.method if now else "none", effects=touched, statements=tuple(said),
    )  # fmt: skip


def segments(found: Comparison, *, whole: bool = False) -> list[Row | list[Row]]:
    """The rows in order, runs of what is the same as one segment each unless `whole`."""
    if whole:
        return list(found.rows)
    out: list[Row | list[Row]] = []
    for same, group in groupby(found.rows, key=lambda row: row.kind == "same"):
        run = list(group)
        out += [run] if same else run
    return out


def lines(found: Comparison, some: Sequence[Row | list[Row]]) -> list[Line | Fold]:
    """These segments with their words; a run of what is the same is one fold."""
    here: dict[int, list[Carried]] = defaultdict(list)
    for one in found.passages:
        here[one.old or 0].append(one)
    return [_fold(found, one, here) if isinstance(one, list) else _line(found, one, here) for one in some]


def _fold(found: Comparison, run: Sequence[Row], here: Mapping[int, Sequence[Carried]]) -> Fold:
    numbers = [found.blocks[1][row.new or 0] + 1 for row in run]
    count = sum(len(here.get(found.blocks[0][row.old or 0], ())) for row in run)
    return Fold(len(run), numbers[0], numbers[-1], count)


def _line(found: Comparison, row: Row, here: Mapping[int, Sequence[Carried]]) -> Line:
    old = None if row.old is None else found.blocks[0][row.old]
    new = None if row.new is None else found.blocks[1][row.new]
    was, now = ("" if at is None else _words(text, at) for text, at in ((found.old, old), (found.new, new)))
    ours, theirs = beside.words(was, now) if row.kind == "changed" else ([Piece("same", was)], [Piece("same", now)])
    other = found.blocks[1 if row.new is None else 0]
    return Line(
        row.kind,
        None if old is None else Cell(old + 1, found.old.blocks[old].role, ours),
        None if new is None else Cell(new + 1, found.new.blocks[new].role, theirs),
        None if row.elsewhere is None else other[row.elsewhere] + 1,
        () if old is None else here.get(old, ()),
    )


def near(was: Anchor, version: Version) -> int:
    """About where in the clean text of this version a passage would stand that has no place in it: at the last
    paragraph before it that is still there."""
    old, new = texts.get(was.version_id), texts.get(version.pk)
    blocks = _shown(old), _shown(new)
    best = 0
    for row in _pairs(old, new, blocks):
        if row.old is not None and blocks[0][row.old] > was.block:
            break
        if row.new is not None:
            best = blocks[1][row.new]
    return new.map.raw_to_clean(new.blocks[best].start, new.blocks[best].end)[0]


def _pairs(old: Text, new: Text, blocks: tuple[Sequence[int], Sequence[int]]) -> list[Row]:
    return beside.pair(*([_words(text, at) for at in side] for text, side in zip((old, new), blocks, strict=True)))

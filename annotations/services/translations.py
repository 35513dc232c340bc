"""Original and translation: which document translates which, and both side by side by paragraph with their passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from annotations.models import Anchor, Annotation, Document, Member, Statement
from annotations.rules.errors import Missing, Refused, noop
from annotations.services import texts
from annotations.services.op import Op
from annotations.services.texts import Text
from annotations.services.tracker.links import links
from annotations.text import alignment
from annotations.text.alignment import Bead, Paragraph

HEADINGS = frozenset({"title", "heading"})
LEFT_OUT = frozenset({"page-head"})


def say(op: Op, document: Document, original: Document | None) -> None:
    """Name the original of a document; None: it is a work of its own. A translation of a translation is one of the
    original."""
    op.check("edit_document_facts")
    if original is not None and original.translation_of is not None:
        original = original.translation_of
    before = document.translation_of
    if original == before:
        return
    if original is not None:
        _check(document, original)
    document.translation_of = original
    document.version += 1
    document.updated_at = op.at
    document.save(update_fields=["translation_of", "version", "updated_at"])
    named = original or before
    assert named is not None, "one of them is another than the other"
    changes = {"translation_of": [before.pk if before else None, original.pk if original else None]}
    payload = {"title": document.title, "original": named.title, "original_id": named.pk, "changes": changes}
    op.log("document.translates" if original else "document.stands_alone", document, payload, document_id=document.pk)


def _check(document: Document, original: Document) -> None:
    if original.pk == document.pk:
        raise Refused("own_translation", noop("A document is no translation of itself."), field="translation_of")
    if document.translations.filter(removed_at=None).exists():
        words = noop("Other documents are translations of this one. Say it the other way round.")
        raise Refused("has_translations", words, field="translation_of")


def original_of(op: Op, pk: int) -> Document:
    """The live document of this corpus with this id."""
    rows = Document.objects.select_related("translation_of").filter(corpus=op.corpus, removed_at=None, pk=pk)
    found = rows.first()
    if found is None:
        raise Missing("document_unknown", noop("This corpus has no such document."), field="translation_of")
    return found


def partners(document: Document) -> list[Document]:
    """The original and the other translations, the original first; [] for a work of its own."""
    root = document.translation_of_id or document.pk
    rows = Document.objects.select_related("current", "corpus").filter(removed_at=None, corpus=document.corpus_id)
    found = rows.filter(Q(pk=root) | Q(translation_of=root)).exclude(pk=document.pk)
    return sorted(found, key=lambda one: (one.pk != root, one.title))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in a cell: a clean span of it. `others` are passages of the other side that express the same."""

    annotation: int
    start: int
    end: int
    statements: tuple[Statement, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One paragraph of one side."""

    number: int
    role: str
    text: str
    start: int
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Pair:
    """A bead with its words; `level` as in alignment.Bead, or "" where one side has nothing."""

    old: Sequence[Cell]
    new: Sequence[Cell]
    level: str


def beside(one: Document, other: Document, member: Member) -> list[Pair]:
    """Both current texts, paragraph by paragraph, with the passages that this member may see."""
    sides = [texts.get(document.current_id or 0) for document in (one, other)]
    shown = [_shown(text) for text in sides]
    beads = alignment.align(*([_paragraph(text, at) for at in side] for text, side in zip(sides, shown, strict=True)))
    places = [_placed(text, member) for text in sides]
    said = _statements(member, {pk for side in places for rows in side.values() for pk, *_ in rows})
    expressing = [_expressing(side, said) for side in places]
    cells = [
        [_cell(sides[n], at, places[n].get(at, ()), said, expressing[1 - n]) for at in shown[n]] for n in (0, 1)
    ]  # fmt: skip
    return [_pair(bead, *cells) for bead in beads]


def _pair(bead: Bead, ours: Sequence[Cell], theirs: Sequence[Cell]) -> Pair:
    old, new = ours[slice(*bead.old)], theirs[slice(*bead.new)]
    return Pair(old, new, bead.level if old and new else "")


def _shown(text: Text) -> list[int]:
    blocks = enumerate(text.blocks)
    return [at for at, block in blocks if block.duplicate_of is None and block.role not in LEFT_OUT]


def _paragraph(text: Text, at: int) -> Paragraph:
    block = text.blocks[at]
    return Paragraph(text.quote(block.start, block.end), block.role in HEADINGS)


Place = tuple[int, int, int]  # annotation, clean start and end


def _placed(text: Text, member: Member) -> dict[int, list[Place]]:
    """Passages by the paragraph in which they begin, in text order."""
    rows = Anchor.objects.filter(version_id=text.version_id).select_related("annotation")
    found: dict[int, list[Place]] = defaultdict(list)
    ids = list(rows.values_list("annotation_id", flat=True))
    visible = set(Annotation.objects.visible_to(member).filter(pk__in=ids).values_list("pk", flat=True))
    for row in rows.order_by("clean_start", "clean_end"):
        if row.annotation_id in visible:
            found[row.block].append((row.annotation_id, row.clean_start, row.clean_end))
    return found


def _statements(member: Member, annotations: Iterable[int]) -> dict[int, list[Statement]]:
    found: dict[int, list[Statement]] = defaultdict(list)
    rows = links(member).filter(annotation_id__in=list(annotations)).select_related("statement__corpus")
    for row in rows.order_by("pk"):
        found[row.annotation_id].append(row.statement)
    return found


def _expressing(places: Mapping[int, Sequence[Place]], said: Mapping[int, Sequence[Statement]]) -> dict[int, list[int]]:
    """Statement -> the passages of one side that express it."""
    found: dict[int, list[int]] = defaultdict(list)
    for rows in places.values():
        for pk, *_ in rows:
            for statement in said.get(pk, ()):
                found[statement.pk].append(pk)
    return found


Said = Mapping[int, Sequence[Statement]]


def _cell(text: Text, at: int, places: Iterable[Place], said: Said, there: Mapping[int, list[int]]) -> Cell:
    block = text.blocks[at]
    start, end = text.map.raw_to_clean(block.start, block.end)
    passages = [
        Passage(
            pk, first, min(last, end), tuple(said.get(pk, ())),
            tuple(dict.fromkeys(other for row in said.get(pk, ()) for other in there.get(row.pk, ()))),
        ) for pk, first, last in places
    ]  # fmt: skip
    return Cell(at + 1, block.role, text.clean[start:end], start, passages)

"""Agreement of a closed round, worked out from its layers; and the passages as rows for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.models import Anchor, Annotation, AnnotationTag, Assignment, Round
from annotations.rules.agreement.report import Coded, Text
from annotations.rules.agreement.report import report as figures
from annotations.rules.rounds import Mark
from annotations.services import following, texts
from annotations.text.sentences import split


@dataclass(frozen=True, slots=True)
class Layered:
    """A coder's passage with its places: clean for figures, raw for what is made of it."""

    mark: Mark
    clean_start: int
    clean_end: int
    quote: str


def ended(round: Round) -> dict[int, tuple[int, tuple[int, ...]]]:
    """document -> the version that was coded, and the coders who ended it."""
    rows = Assignment.objects.filter(layer__round=round).exclude(state="open")
    found: dict[int, tuple[int, list[int]]] = {}
    for document, version, coder in rows.order_by("layer__member_id").values_list(
        "document_id", "text_id", "layer__member_id"
    ):
        found.setdefault(document, (version, []))[1].append(coder)
    return {document: (version, tuple(coders)) for document, (version, coders) in found.items()}


def layered(round: Round, document: int | None = None) -> dict[int, list[Layered]]:
    """The passages of ended documents, by document, each at its place in the first copy of the text that was coded."""
    coded = ended(round)
    rows = Annotation.objects.filter(layer__round=round, removed_at=None, document_id__in=coded)
    if document is not None:
        rows = rows.filter(document_id=document)
    known = {row.pk: row for row in rows.select_related("layer")}
    tags: dict[int, set[int]] = {}
    leading = following.leads(round.corpus_id)
    for annotation, tag in AnnotationTag.objects.filter(annotation__in=known).values_list("annotation_id", "tag_id"):
        tags.setdefault(annotation, set()).add(leading.get(tag, tag))
    versions = {version for version, _ in coded.values()}
    found: dict[int, list[Layered]] = {}
    for anchor in Anchor.objects.filter(annotation__in=known, version__in=versions).order_by("home_start", "pk"):
        row = known[anchor.annotation_id]
        version, coders = coded[row.document_id]
        coder = row.layer.member_id if row.layer else 0
        if anchor.version_id != version or coder not in coders:
            continue
        mark = Mark(
            coder, row.pk, anchor.home_start, anchor.home_end, frozenset(row.kinds.split()),
            frozenset(tags.get(row.pk, ())),
        )  # fmt: skip
        clean = texts.get(version).map.raw_to_clean(anchor.home_start, anchor.home_end)
        found.setdefault(row.document_id, []).append(Layered(mark, *clean, anchor.quote))
    return found


def report(round: Round) -> list[dict[str, Any]]:
    """The figures for all passages, for claims and proposals, and for each tag of the frozen codebook."""
    marked = layered(round)
    coded = [
        _text(document, version, coders, marked.get(document, []))
        for document, (version, coders) in sorted(ended(round).items())
    ]
    labels = ["claim", "proposal", *(f"tag:{tag['id']}" for tag in round.codebook)]
    return [row.as_json() for row in figures(coded, labels)]


def _text(document: int, version: int, coders: tuple[int, ...], marked: list[Layered]) -> Text:
    text = texts.get(version)
    passages = tuple(
        Coded(row.mark.coder, row.clean_start, row.clean_end, labels_of(row.mark))
        for row in marked if row.clean_start < row.clean_end
    )  # fmt: skip
    return Text(document, len(text.clean), tuple(_sentences(text)), coders, passages)


def labels_of(mark: Mark) -> frozenset[str]:
    return mark.kinds | {f"tag:{tag}" for tag in mark.tags}


def _sentences(text: texts.Text) -> Iterator[tuple[int, int]]:
    """Clean spans of the sentences, those of repeated bodies left out."""
    for block in text.blocks:
        if block.duplicate_of is None:
            yield from split(text.clean, *text.map.raw_to_clean(block.start, block.end))


def rows(round: Round) -> Iterator[tuple[str, str, int, int, int]]:
    """annotator, category, start, end in code points of the clean text, and the document: one row a label."""
    names = dict(round.layers.values_list("member_id", "member__name"))
    words = {f"tag:{tag['id']}": tag["label"] for tag in round.codebook}
    for document, marked in sorted(layered(round).items()):
        for row in marked:
            for label in sorted(labels_of(row.mark)) or [""]:
                yield names[row.mark.coder], words.get(label, label), row.clean_start, row.clean_end, document

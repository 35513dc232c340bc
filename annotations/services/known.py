"""The wordings of the statements of a corpus: what each says itself, and the passages that express it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from annotations.models import Anchor, Occurrence, Statement
from annotations.text.classes import fold_text


@dataclass(frozen=True, slots=True)
class Known:
    """One way in which a statement has been worded: itself, or a passage of it that says the same or a variant."""

    statement: int
    kind: str
    words: str
    fit: str = "same"
    difference: str = ""
    own: bool = False  # the statement itself, or its gloss
    gloss: bool = False  # its English gloss


def of_corpus(corpus_id: int, statements: Collection[int] | None = None, *, glosses: bool = False) -> list[Known]:
    """Every wording of the live statements (of these ones), each once, and beside them their English glosses when
    asked; layers of coding rounds and what stands in removed documents stay out of it."""
    live = Statement.objects.filter(corpus=corpus_id, removed_at=None, redirect_to=None)
    if statements is not None:
        live = live.filter(pk__in=list(statements))
    rows = list(live.values_list("pk", "kind", "text", "gloss_en"))
    kinds = {pk: kind for pk, kind, _, _ in rows}
    links = Occurrence.objects.filter(
        corpus=corpus_id, removed_at=None, annotation__removed_at=None, annotation__layer=None,
        annotation__document__removed_at=None,
    )  # fmt: skip
    if statements is not None:
        links = links.filter(statement__in=list(kinds))
    linked = list(links.values_list("statement", "annotation", "fit", "difference"))
    quotes = _quotes(corpus_id, None if statements is None else {annotation for _, annotation, _, _ in linked})
    found: dict[tuple[int, str], Known] = {}
    for pk, kind, text, _ in rows:
        found[pk, fold_text(text)] = Known(pk, kind, text, own=True)
    for statement, annotation, fit, difference in linked:
        if statement in kinds and annotation in quotes:
            words = quotes[annotation]
            key = (statement, fold_text(words))
            if key not in found or not found[key].own:  # what a statement says itself is no variant of it
                found[key] = Known(statement, kinds[statement], words, fit, difference)
    said = [Known(pk, kind, gloss, own=True, gloss=True) for pk, kind, _, gloss in rows if glosses and gloss]
    return [*found.values(), *said]


def _quotes(corpus_id: int, annotations: Collection[int] | None) -> dict[int, str]:
    """The words of each passage, as they stand in the newest text that has them."""
    rows = Anchor.objects.filter(annotation__corpus=corpus_id, annotation__removed_at=None)
    if annotations is not None:
        rows = Anchor.objects.filter(annotation__in=list(annotations))
    return dict(rows.order_by("version__number").values_list("annotation", "quote"))

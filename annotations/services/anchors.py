"""Anchors: made from a span, carried to another version, looked up for an annotation that may have lost its place."""

from __future__ import annotations

from annotations.models import Anchor, Annotation
from annotations.rules.errors import Refused, noop
from annotations.services import texts
from annotations.text import selectors
from annotations.text.reanchor import Landing

#: States that a person should look at; they stay with the anchor until somebody does.
UNSURE = ("changed", "ambiguous")


def make_anchor(annotation_id: int, text: texts.Text, start: int, end: int, **how: object) -> Anchor:
    """An unsaved Anchor of this raw span, with everything that is derived from the text."""
    return Anchor(annotation_id=annotation_id, version_id=text.version_id, **place(text, start, end), **how)


def place(text: texts.Text, start: int, end: int) -> dict[str, object]:
    """The columns of an Anchor that follow from the text and a raw span."""
    clean_start, clean_end = text.map.raw_to_clean(start, end)
    home_start, home_end = text.home(start, end)
    prefix, suffix = selectors.context(text.raw, start, end)
    quote = text.clean[clean_start:clean_end]
    return {
        "start": start, "end": end, "clean_start": clean_start, "clean_end": clean_end, "home_start": home_start,
        "home_end": home_end, "exact": text.raw[start:end], "quote": quote, "prefix": prefix, "suffix": suffix,
        "block": text.block_at(home_start), "fold_hash": texts.fold_hash(quote),
    }  # fmt: skip


def carry(anchor: Anchor, landing: Landing, text: texts.Text) -> Anchor | None:
    """An unsaved Anchor where the passage of `anchor` landed in this text; None for an orphan.

    What nobody has looked at since the version before stays to be looked at.
    """
    if landing.start is None or landing.end is None:
        return None
    state, similarity = landing.state, landing.similarity
    if anchor.state in UNSURE:
        state = state if state in UNSURE else anchor.state
        similarity = min(similarity, anchor.similarity)
    return make_anchor(
        anchor.annotation_id, text, landing.start, landing.end,
        state=state, method=landing.method, similarity=similarity,
    )  # fmt: skip


def latest(annotation: Annotation) -> Anchor:
    """Where the annotation stands in the newest version that has a place for it."""
    found = annotation.anchors.select_related("annotation__document", "version").order_by("-version__number").first()
    assert found is not None, "an annotation is made with its anchor"
    return found


def current(annotation: Annotation) -> Anchor:
    """Where it stands in the current version; Refused when it has lost its place there."""
    found = latest(annotation)
    if found.version_id != annotation.document.current_id:
        raise Refused(
            "no_place",
            noop("This passage has no place in the current version of the document. Put it back in its place first."),
        )
    return found


def before(annotation: Annotation) -> Anchor:
    """Where it stood in the newest version before the current one; where it stands now when it was marked there."""
    rows = annotation.anchors.select_related("version").order_by("-version__number")
    return rows.exclude(version_id=annotation.document.current_id or 0).first() or latest(annotation)


def told(anchor: Anchor | None) -> dict[str, object]:
    """What an event says of a place that is given up or changed, so that undo can put it back."""
    if anchor is None:
        return {"from": None, "was": "orphaned", "method": "", "similarity": None}
    return {
        "from": [anchor.start, anchor.end], "was": anchor.state, "method": anchor.method,
        "similarity": anchor.similarity,
    }  # fmt: skip

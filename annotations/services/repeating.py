"""The same words elsewhere in a document: found, and marked alike in one go."""

from annotations.models import Anchor, Annotation
from annotations.services import texts
from annotations.services.anchors import current
from annotations.services.annotations import Span, create
from annotations.services.occurrences import Wanted
from annotations.services.op import Op
from annotations.text.folding import find, fold_text


def same_passages(annotation: Annotation) -> list[tuple[int, int]]:
    """Raw spans of the other places of this document with the same words (folded), not yet marked, first copies
    only."""
    anchor = current(annotation)
    text = texts.get(anchor.version_id)
    live = Anchor.objects.filter(
        version_id=anchor.version_id, annotation__removed_at=None, annotation__layer=annotation.layer_id
    )
    taken = set(live.filter(fold_hash=anchor.fold_hash).values_list("home_start", "home_end"))
    spans = []
    for start, end in find(text.clean, anchor.quote):
        raw = text.map.clean_to_raw(start, end)
        home = text.home(*raw)
        if home == raw and home not in taken and fold_text(text.clean[start:end]) == fold_text(anchor.quote):
            spans.append(raw)
    return spans


def repeat(op: Op, annotation: Annotation) -> list[Annotation]:
    """Mark every identical passage of the document like this one: same tags, same statements."""
    op.check("annotate")
    tag_ids = list(annotation.tag_rows.values_list("tag_id", flat=True))
    linked = list(annotation.occurrences.filter(removed_at=None).order_by("id").select_related("statement"))
    wanted = [Wanted(statement_id=o.statement_id, fit=o.fit, difference=o.difference, like=o) for o in linked]
    if annotation.layer_id:
        wanted = [Wanted(kind=kind) for kind in annotation.kinds.split()]
    return [
        create(op, annotation.document, Span(start, end), tags=tag_ids, wanted=wanted, layer=annotation.layer)
        for start, end in same_passages(annotation)
    ]

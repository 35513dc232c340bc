"""Annotations: highlight a passage, tag it, note on it, take it away and bring it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from annotations.models import Anchor, Annotation, AnnotationTag, Document, Layer, Tag, Version
from annotations.rules.errors import Forbidden, Invalid, Missing, Refused, noop
from annotations.services import codebook, coding, following, limits, occurrences, texts
from annotations.services.anchors import carry, make_anchor
from annotations.services.occurrences import Wanted
from annotations.services.op import Op
from annotations.text.reanchor import reanchor


@dataclass(frozen=True, slots=True)
class Span:
    """A passage as asked for: code points in `space` (raw or clean) of a version, and the words the asker saw there."""

    start: int
    end: int
    space: str = "raw"
    exact: str | None = None


def raw_span(text: texts.Text, span: Span) -> tuple[int, int]:
    """The raw [start, end) of a Span; Invalid when it does not lie in the text, Refused (409) when other words
    stand there."""
    length = len(text.raw) if span.space == "raw" else len(text.clean)
    if not 0 <= span.start < span.end <= length:
        raise Invalid(
            "span_outside", noop("The passage %(start)s–%(end)s does not lie in this text of %(length)s characters."),
            field="start", start=span.start, end=span.end, length=length,
        )  # fmt: skip
    shown = (text.raw if span.space == "raw" else text.clean)[span.start : span.end]
    if span.exact is not None and span.exact != shown:
        raise Refused(
            "other_words", noop("Other words stand at %(start)s–%(end)s: “%(found)s”. Load the page again."),
            start=span.start, end=span.end, found=shown,
        )  # fmt: skip
    return (span.start, span.end) if span.space == "raw" else text.map.clean_to_raw(span.start, span.end)


def create(
    op: Op,
    document: Document,
    span: Span,
    *,
    version_id: int | None = None,
    tags: Sequence[int] = (),
    note: str = "",
    wanted: Sequence[Wanted] = (),
    layer: Layer | None = None,
) -> Annotation:
    """Highlight a passage, with its tags, note and statements, in one go."""
    made = mark(op, document, span, version_id=version_id, tags=tags, note=note, wanted=wanted, layer=layer)
    return made.annotation


@dataclass(frozen=True, slots=True)
class Marked:
    """What was just written: nothing of it needs to be read again."""

    annotation: Annotation
    anchor: Anchor
    tags: Sequence[Tag]
    expresses: bool  # whether it has statements


def mark(
    op: Op, document: Document, span: Span, *, version_id: int | None = None, tags: Sequence[int] = (),
    note: str = "", wanted: Sequence[Wanted] = (), layer: Layer | None = None,
) -> Marked:  # fmt: skip
    """The same, with everything that was written."""
    op.check("annotate")
    asked = version_id or document.current_id
    if asked is None or (version_id and version_id != document.current_id and not _is_version(document, version_id)):
        raise Missing("version_unknown", noop("This document has no such version."), field="version")
    text = texts.get(asked)
    start, end = raw_span(text, span)
    limits.check("passage", end - start, "end")
    limits.check("tags_per_annotation", len(tags), "tags")
    chosen = codebook.tags_of(op.corpus, tags, "annotation")
    annotation = Annotation.objects.create(
        corpus=op.corpus, document=document, layer=layer, note=check_note(note),
        kinds=coding.kinds_of(wanted) if layer else "",
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    anchor = make_anchor(annotation.pk, text, start, end)
    anchor.save(force_insert=True)
    payload = {**_born(anchor, chosen, note), **_carried_on(anchor, document)}
    put_tags(annotation, chosen)
    if layer is None:  # how much coders found is not told before the round is closed, and settled afterwards
        Document.objects.filter(pk=document.pk).update(annotation_count=F("annotation_count") + 1)
    op.log("annotation.created", annotation, payload, document_id=document.pk)
    for one in () if layer else wanted:
        occurrences.express(op, annotation, anchor, one)
    return Marked(annotation, anchor, chosen, bool(wanted) and layer is None)


def _born(anchor: Anchor, tags: Sequence[Tag], note: str) -> dict[str, object]:
    return {
        "version": anchor.version_id, "start": anchor.start, "end": anchor.end, "quote": anchor.quote[:500],
        "tags": [tag.pk for tag in tags], "note": note,
    }  # fmt: skip


def _carried_on(anchor: Anchor, document: Document) -> dict[str, object]:
    """Made on an older version: the place in the current one as well, and for the history what became of it there."""
    if document.current_id is None or anchor.version_id == document.current_id:
        return {}
    text = texts.get(document.current_id)
    landing = reanchor(texts.get(anchor.version_id).raw, text.raw, [(anchor.start, anchor.end)])[0]
    there = carry(anchor, landing, text)
    if there is not None:
        there.save(force_insert=True)
    return {"carried": {"version": text.version_id, "state": landing.state}}


def _is_version(document: Document, version_id: int) -> bool:
    return Version.objects.filter(document=document, pk=version_id).exists()


def put_tags(annotation: Annotation, tags: Iterable[Tag]) -> None:
    rows = [
        AnnotationTag(
            annotation=annotation, tag=tag, document_id=annotation.document_id, corpus_id=annotation.corpus_id
        )
        for tag in tags
    ]
    if rows:
        AnnotationTag.objects.bulk_create(rows)


def check_note(note: str) -> str:
    limits.check("note", len(note), "note")
    return note


def check_own(op: Op, annotation: Annotation, verb: str = "edit_others_annotation") -> None:
    """Own annotations may be edited by whoever may annotate; other people's need `verb`."""
    coding.check_layer(op, annotation)
    if annotation.created_by_id == op.by.pk:
        op.check("annotate")
    elif not op.may(verb):
        raise Forbidden(
            "not_yours", noop("This annotation is %(name)s's. Comment on it instead."), name=str(annotation.created_by)
        )


def set_note(op: Op, annotation: Annotation, note: str) -> None:
    if annotation.note == check_note(note):
        return
    check_own(op, annotation)
    before, annotation.note = annotation.note, note
    touch(op, annotation)
    op.log("annotation.noted", annotation, {"changes": {"note": [before, note]}}, document_id=annotation.document_id)


def set_tags(op: Op, annotation: Annotation, ids: Sequence[int]) -> None:
    present = set(following.carried(annotation))
    change_tags(op, annotation, add=[i for i in ids if i not in present], remove=sorted(present - set(ids)))


def change_tags(op: Op, annotation: Annotation, *, add: Sequence[int] = (), remove: Sequence[int] = ()) -> None:
    """Put tags on or take them off. Tagging is shared work: whoever may annotate may do it."""
    op.check("annotate")
    coding.check_layer(op, annotation)
    held = set(annotation.tag_rows.values_list("tag_id", flat=True))
    leading = following.leads(op.corpus.pk)
    present = held | {leading.get(pk, pk) for pk in held}
    new = [tag for tag in codebook.tags_of(op.corpus, add, "annotation") if tag.pk not in present]
    gone = [pk for pk in remove if pk in present]
    if not new and not gone:
        return
    put_tags(annotation, new)
    annotation.tag_rows.filter(tag_id__in=following.held_as(gone, leading)).delete()
    touch(op, annotation)
    payload = {"tags": {"add": [tag.pk for tag in new], "remove": gone}}
    op.log("annotation.tagged", annotation, payload, document_id=annotation.document_id)


def touch(op: Op, annotation: Annotation) -> None:
    """Count a change of the annotation or of something inside its body."""
    annotation.version += 1
    annotation.updated_at = op.at
    annotation.save(update_fields=["version", "updated_at", "note", "confidence", "removed_at", "kinds"])


def remove(op: Op, annotation: Annotation, reason: str = "") -> None:
    """Take an annotation away; its statements stay unless this was their only passage and nobody touched them."""
    if annotation.removed_at:
        return
    coding.check_layer(op, annotation)
    if annotation.created_by_id == op.by.pk:
        op.check("annotate")
    else:
        op.check("remove_others_annotation")
        if not reason.strip():
            raise Invalid("reason_needed", noop("Say why you remove somebody else's annotation."), field="reason")
    for occurrence in annotation.occurrences.filter(removed_at=None).select_related("statement"):
        occurrences.part(op, occurrence)
    _set_removed(op, annotation, gone=True)
    op.log("annotation.removed", annotation, {"reason": reason}, document_id=annotation.document_id)


def restore(op: Op, annotation: Annotation) -> None:
    """Bring a removed annotation back (without statements: undo brings those back, too)."""
    if annotation.removed_at is None:
        return
    check_own(op, annotation, "remove_others_annotation")
    _set_removed(op, annotation, gone=False)
    op.log("annotation.restored", annotation, {}, document_id=annotation.document_id)


def _set_removed(op: Op, annotation: Annotation, *, gone: bool) -> None:
    annotation.removed_at = op.at if gone else None
    touch(op, annotation)
    if annotation.layer_id is not None:
        return
    step = -1 if gone else 1
    Document.objects.filter(pk=annotation.document_id).update(annotation_count=F("annotation_count") + step)

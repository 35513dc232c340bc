"""New versions of a document: the text stored, the search index moved to it, every passage carried over or named.

Carrying only adds Anchors: tags, notes, statements, permalinks and counts hang on the Annotation and stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from rapidfuzz import fuzz

from annotations.models import Anchor, Annotation, Document, Member, StoredFile, Version
from annotations.rules.errors import Missing, Refused, Stale, noop
from annotations.services import anchors, bulk_rows, coverage, documents, limits, texts
from annotations.services.annotations import Span, raw_span, touch
from annotations.services.documents import Prepared
from annotations.services.op import Op
from annotations.text.reanchor import reanchor

#: What the counts of an event and of a page are called, by the state of the anchor.
OUTCOMES = {"ok": "kept", "moved": "moved", "changed": "changed", "ambiguous": "ambiguous", "orphaned": "orphaned"}
ANCHOR = tuple(field.attname for field in Anchor._meta.concrete_fields if not field.primary_key)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the passages of a document will stand in a text that is not stored yet; worked out before writing.

    `current` is the version it was worked out from; `states` and `anchors` (unsaved, no version yet) by annotation.
    """

    prepared: Prepared
    current: int | None
    states: Mapping[int, str]
    anchors: Mapping[int, Anchor]


def plan(document: Document, prepared: Prepared) -> Plan:
    """Carry the passages of a document, removed ones included, over to this text (no transaction needed).

    A passage goes on from the newest version that has a place for it, so an orphan is tried again.
    """
    return _planned(document, prepared, _newest(document))


def _planned(document: Document, prepared: Prepared, rows: Sequence[Anchor]) -> Plan:
    cleaned = prepared.cleaned
    new = texts.build(0, prepared.source.text, cleaned.text, cleaned.map, prepared.block_rows)
    states: dict[int, str] = {}
    found: dict[int, Anchor] = {}
    for version_id in sorted({row.version_id for row in rows}):
        here = [row for row in rows if row.version_id == version_id]
        landings = reanchor(texts.get(version_id).raw, new.raw, [(row.start, row.end) for row in here])
        for row, landing in zip(here, landings, strict=True):
            made = anchors.carry(row, landing, new)
            states[row.annotation_id] = made.state if made else landing.state
            if made:
                found[row.annotation_id] = made
    return Plan(prepared, document.current_id, states, found)


def _newest(document: Document, without: Sequence[int] = ()) -> list[Anchor]:
    """The newest anchor of each annotation of the document, but for those annotations."""
    last = Anchor.objects.filter(annotation=OuterRef("annotation")).order_by("-version__number")
    rows = Anchor.objects.filter(annotation__document=document, pk=Subquery(last.values("pk")[:1]))
    return list(rows.exclude(annotation_id__in=without).order_by("annotation_id"))


def add_version(
    op: Op,
    document: Document,
    prepared: Prepared,
    *,
    file: StoredFile | None = None,
    file_name: str = "",
    planned: Plan | None = None,
) -> Version:
    """A new current version of this text. Refused when it is the current text already.

    `planned` is what `plan` worked out before the transaction; what was marked meanwhile is carried now. Stale when
    somebody else added a version meanwhile.
    """
    op.check("add_version")
    document = Document.objects.select_for_update(of=("self",)).select_related("current").get(pk=document.pk)
    document.corpus = op.corpus
    if document.current is not None and document.current.sha256 == prepared.sha256:
        raise Refused(
            "version_same", noop("This is word for word the text of version %(number)s, which is the current one."),
            number=document.current.number,
        )  # fmt: skip
    ready = planned or plan(document, prepared)
    if ready.current != document.current_id:
        raise Stale("version_meanwhile", noop("Somebody added a version of this document meanwhile. Look at it first."))
    late = _planned(document, prepared, _newest(document, list(ready.states)))
    number = (document.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = documents.add_text(op, document, prepared, number=number, file=file, file_name=file_name)
    _write([*ready.anchors.values(), *late.anchors.values()], version)
    if document.current is not None:
        coverage.carry(document, document.current, version)
    document.current, document.updated_at = version, op.at
    document.version += 1
    document.save(update_fields=["current", "updated_at", "version"])
    _log(op, document, version, {**ready.states, **late.states})
    return version


def _write(rows: Sequence[Anchor], version: Version) -> None:
    for row in rows:
        row.version_id = version.pk
    ordered = sorted(rows, key=lambda row: row.annotation_id)
    bulk_rows.insert(Anchor, ANCHOR, ([getattr(row, name) for name in ANCHOR] for row in ordered))


def _log(op: Op, document: Document, version: Version, states: Mapping[int, str]) -> None:
    live = set(Annotation.objects.filter(document=document, removed_at=None).values_list("pk", flat=True))
    counts = dict.fromkeys(OUTCOMES.values(), 0)
    for pk in live & states.keys():
        counts[OUTCOMES[states[pk]]] += 1
    doubtful = sorted(pk for pk in live & states.keys() if states[pk] not in ("ok", "moved"))
    payload = {"title": document.title, "number": version.number, "version": version.pk, **counts}
    op.log(
        "version.added", document, payload, document_id=document.pk, touched=[("annotation", pk) for pk in doubtful]
    )  # fmt: skip


def orphans(document: Document, member: Member) -> QuerySet[Annotation]:
    """Annotations that this member may see and that have no place in the current version."""
    placed = Anchor.objects.filter(version_id=document.current_id or 0, annotation__document=document)
    visible = Annotation.objects.visible_to(member).filter(document=document)
    return visible.exclude(pk__in=placed.values("annotation_id"))


def outcome(document: Document, member: Member) -> dict[str, int]:
    """What became of the passages that the current version did not see made: counts by the words of OUTCOMES."""
    visible = Annotation.objects.visible_to(member).filter(document=document)
    carried = Anchor.objects.filter(version_id=document.current_id or 0, annotation__in=visible)
    found = carried.exclude(method="made").values_list("state").annotate(n=Count("pk")).order_by()
    return {
        **dict.fromkeys(OUTCOMES.values(), 0),
        **{OUTCOMES[state]: number for state, number in found},
        "orphaned": orphans(document, member).count(),
    }


def to_check(document: Document, member: Member) -> QuerySet[Anchor]:
    """Places in the current version that somebody should look at, in text order."""
    visible = Annotation.objects.visible_to(member).filter(document=document)
    doubtful = Q(version_id=document.current_id or 0, state__in=anchors.UNSURE)
    rows = Anchor.objects.filter(doubtful, annotation__in=visible).select_related("annotation__created_by")
    return rows.order_by("home_start", "home_end", "annotation_id")


def lost(rows: QuerySet[Annotation], document: Document) -> QuerySet[Annotation]:
    """Those of them of which somebody said that the current version no longer holds them."""
    return rows.filter(lost_in=document.current.number if document.current else 0)


def let_go(op: Op, annotation: Annotation) -> None:
    """Say that the current version no longer holds this passage: a place that was found for it goes, it stays lost,
    and is asked about no more. Its places in older versions stay."""
    op.check("reanchor")
    current = annotation.document.current
    if annotation.removed_at is not None or current is None:
        raise Missing("gone", noop("What this step changed is no longer there."))
    if annotation.lost_in == current.number:
        return
    held = annotation.anchors.filter(version=current).first()
    if held is not None and annotation.anchors.count() == 1:
        raise Refused("has_place", noop("This passage was marked in the current version. Remove it instead."))
    told = anchors.told(held)
    if held is not None:
        held.delete()
    annotation.lost_in = current.number
    _settle(op, annotation, "annotation.let_go", **told)


def seek(op: Op, annotation: Annotation) -> None:
    """Take that back: the passage is looked for again."""
    op.check("reanchor")
    if annotation.lost_in is not None:
        annotation.lost_in = None
        _settle(op, annotation, "annotation.sought")


def _settle(op: Op, annotation: Annotation, kind: str, **told: object) -> None:
    touch(op, annotation)
    annotation.save(update_fields=["lost_in"])
    last = anchors.latest(annotation)
    payload = {"quote": last.quote[:500], "version": annotation.document.current_id, **told}
    op.log(kind, annotation, payload, document_id=annotation.document_id)


def reattach(op: Op, annotation: Annotation, span: Span) -> Anchor:
    """Say by hand where a passage stands in the current version; the same place again says that it is right."""
    op.check("reanchor")
    if annotation.removed_at is not None or annotation.document.current_id is None:
        raise Missing("gone", noop("What this step changed is no longer there."))
    text = texts.get(annotation.document.current_id)
    start, end = raw_span(text, span)
    limits.check("passage", end - start, "end")
    last = anchors.latest(annotation)
    before = last if last.version_id == text.version_id else None
    similarity = round(fuzz.ratio(last.exact, text.raw[start:end]) / 100, 4)
    made = anchors.make_anchor(annotation.pk, text, start, end, state="ok", method="hand", similarity=similarity)
    made.pk = before.pk if before else None  # one place for each version
    made.save()
    touch(op, annotation)
    payload = {
        "version": text.version_id, "quote": made.quote[:500], "to": [start, end], **anchors.told(before),
    }  # fmt: skip
    op.log("annotation.anchored", annotation, payload, document_id=annotation.document_id)
    return made

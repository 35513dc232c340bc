"""Annotations and occurrences as records of the dump: the two long tables, read as tuples, not as rows of the ORM."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from annotations import models as m
from annotations import records as r
from annotations.services import following
from annotations.services.collect.scope import Scope
from annotations.services.collect.texts import utc

CHUNK = 1000
ANNOTATION = (
    "id", "uid", "document__uid", "created_by__uid", "created_at", "updated_at", "note", "confidence", "lost_in",
)  # fmt: skip
ANCHOR = (
    "annotation_id", "version__uid", "start", "end", "exact", "quote", "prefix", "suffix", "state", "method",
    "similarity",
)  # fmt: skip
OCCURRENCE = (
    "uid", "annotation__uid", "statement__uid", "voice", "attributed_to__uid", "reported_via", "author_stance",
    "modality", "utterance_date", "fit", "difference", "prefilled", "created_at", "created_by__uid",
    "updated_at",
)  # fmt: skip


def _text(uid: object) -> str | None:
    return None if uid is None else str(uid)


def uids(scope: Scope) -> dict[int, str]:
    """The tags by id, each with the uid of what it is read as."""
    found = {pk: str(uid) for pk, uid in scope.tags.values_list("pk", "uid")}
    leading = following.leads(scope.member.corpus_id)
    return {pk: found.get(leading.get(pk, pk), uid) for pk, uid in found.items()}


def annotation_records(scope: Scope) -> Iterator[r.AnnotationRecord]:
    """With their anchors in the order of the versions."""
    tags = uids(scope)
    rows = scope.annotations.values_list(*ANNOTATION).iterator(CHUNK)
    while batch := list(islice(rows, CHUNK)):
        yield from _records(batch, tags)


def _records(batch: Sequence[tuple[Any, ...]], tags: dict[int, str]) -> Iterator[r.AnnotationRecord]:
    ids = [row[0] for row in batch]
    anchors: dict[int, list[r.AnchorRecord]] = defaultdict(list)
    found = m.Anchor.objects.filter(annotation_id__in=ids).order_by("version__number").values_list(*ANCHOR)
    for annotation_id, version, *rest in found:
        anchors[annotation_id].append(r.AnchorRecord(str(version), *rest))
    tagged: dict[int, list[str]] = defaultdict(list)
    links = m.AnnotationTag.objects.filter(annotation_id__in=ids).order_by("id")
    for annotation_id, tag_id in links.values_list("annotation_id", "tag_id"):
        if tag_id in tags:
            tagged[annotation_id].append(tags[tag_id])
    tagged = defaultdict(list, {pk: list(dict.fromkeys(found)) for pk, found in tagged.items()})
    for pk, uid, document, creator, created_at, updated_at, note, confidence, lost_in in batch:
        yield r.AnnotationRecord(
            uid=str(uid), document=str(document), created_by=_text(creator), created_at=utc(created_at),
            updated_at=utc(updated_at), note=note, confidence=confidence, tags=tuple(tagged[pk]),
            anchors=tuple(anchors[pk]), lost_in=lost_in,
        )  # fmt: skip


def occurrences(scope: Scope) -> Iterator[r.OccurrenceRecord]:
    for row in scope.occurrences.values_list(*OCCURRENCE).iterator(CHUNK):
        (
            uid, annotation, statement, voice, speaker, via, stance, modality, said, fit, difference, guessed, at, by,
            changed,
        ) = row  # fmt: skip
        yield r.OccurrenceRecord(
            uid=str(uid), annotation=str(annotation), statement=str(statement), voice=voice,
            attributed_to=_text(speaker), reported_via=via, author_stance=stance, modality=modality,
            utterance_date=said, fit=fit, difference=difference, prefilled=tuple(guessed), created_at=utc(at),
            created_by=_text(by), updated_at=utc(changed),
        )  # fmt: skip

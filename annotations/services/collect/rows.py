"""The analysts' table: one row per occurrence, or per statement that has no passage, statements in chunks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from annotations import models as m
from annotations.models import Member, Statement
from annotations.records import OccurrenceRow
from annotations.rules import vocabulary
from annotations.services.collect.texts import day, joined, utc
from annotations.services.workflow import shown

CHUNK = 500


def of(member: Member, statements: QuerySet[Statement], unreviewed: bool) -> Iterator[OccurrenceRow]:
    """Rows in the order of the statements. An unreviewed verdict only for its contributors, and only when asked for."""
    rows = statements.select_related("assignee", "created_by")
    batch: list[Statement] = []
    for statement in rows.iterator(CHUNK):
        batch.append(statement)
        if len(batch) == CHUNK:
            yield from _chunk(member, batch, unreviewed)
            batch = []
    yield from _chunk(member, batch, unreviewed)


def _chunk(member: Member, batch: Sequence[Statement], unreviewed: bool) -> Iterator[OccurrenceRow]:
    if not batch:
        return
    ids = [statement.pk for statement in batch]
    passages = _passages(member, ids)
    about = [_checks(member, ids, unreviewed), _tags(ids), _agents(ids), _sources(member, ids), _relations(ids)]
    for statement in batch:
        common: dict[str, str] = _statement(statement)
        for part in about:
            common.update(part.get(statement.pk, {}))
        found = passages.get(statement.pk, ())
        if not found:
            yield OccurrenceRow(**common)
        for passage in found:
            yield OccurrenceRow(**{**common, **passage})


def _statement(row: Statement) -> dict[str, str]:
    return {
        "statement_id": row.label, "kind": row.kind, "type": joined([row.type, *row.more_types]),
        "statement_text": row.text, "gloss_en": row.gloss_en, "work": row.work, "public": row.public,
        "status": shown(row), "checkworthiness": row.checkworthiness, "verdict": row.verdict,
        "verdict_label": vocabulary.VERDICTS.label(row.verdict), "as_of_date": row.verdict_as_of,
        "verdict_state": "approved" if row.verdict else "", "mechanism": row.mechanism, "instrument": row.instrument,
        "bindingness": row.bindingness, "modality": row.modality, "deadline": row.deadline,
        "implementation_status": row.progress, "implementation_status_date": row.progress_date,
        "published_at": utc(row.published_at), "owner": row.assignee.name if row.assignee else "", "due": day(row.due),
        "created_by": row.created_by.name if row.created_by else "", "updated_at": utc(row.updated_at),
    }  # fmt: skip


FIELDS = (
    "statement_id", "fit", "difference", "voice", "reported_via", "author_stance", "modality", "attributed_to__name",
    "annotation_id", "annotation__uid", "annotation__note", "annotation__document_id", "annotation__document__title",
    "annotation__document__language", "annotation__document__published_date",
)  # fmt: skip


def _passages(member: Member, ids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    visible = m.Annotation.objects.visible_to(member).filter(document__removed_at=None)
    links = m.Occurrence.objects.filter(statement_id__in=ids, removed_at=None, annotation__in=visible)
    rows = list(links.order_by("id").values_list(*FIELDS))
    annotation_ids = [row[8] for row in rows]
    anchors = {a.annotation_id: a for a in _anchors(annotation_ids)}
    tags: dict[int, list[str]] = defaultdict(list)
    links_of = m.AnnotationTag.objects.filter(annotation_id__in=annotation_ids).order_by("id")
    for annotation_id, label in links_of.values_list("annotation_id", "tag__label"):
        tags[annotation_id].append(label)
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        anchor = anchors.get(row[8])
        if anchor is not None:
            found[row[0]].append(_passage(row, anchor, tags[row[8]], member.corpus.slug))
    return found


def _anchors(annotation_ids: Sequence[int]) -> QuerySet[m.Anchor]:
    return m.Anchor.objects.filter(annotation_id__in=annotation_ids, version_id=F("annotation__document__current_id"))


def _passage(row: Sequence[Any], anchor: m.Anchor, tags: Sequence[str], slug: str) -> dict[str, str]:
    found = {
        "document_id": str(row[11]), "document_title": row[12], "document_language": row[13], "published_date": row[14],
        "annotation_id": str(row[9]), "permalink": f"{settings.BASE_URL}/a/{row[8]}/",
        "paragraph": str(anchor.block + 1), "start": str(anchor.start), "end": str(anchor.end),
        "quote_raw": anchor.exact, "quote_clean": anchor.quote, "note": row[10], "fit": row[1], "difference": row[2],
        "voice": row[3], "attributed_to": row[7] or "", "reported_via": row[4], "author_stance": row[5],
        "annotation_tags": joined(tags),
    }  # fmt: skip
    if row[6]:
        found["modality"] = row[6]
    return found


def _checks(member: Member, ids: Sequence[int], unreviewed: bool) -> dict[int, dict[str, str]]:
    rows = m.Verification.objects.filter(statement_id__in=ids).visible_to(member).order_by("number")
    rows = rows if unreviewed else rows.filter(state="approved")
    found: dict[int, dict[str, str]] = {}
    for row in rows.select_related("author").prefetch_related("reviews__reviewer"):
        reviewers = [review.reviewer.name for review in row.reviews.all() if review.reviewer and review.decision == "approve"]
        found[row.statement_id] = {
            "flags": joined(row.flags), "justification": row.justification, "checker": row.author.name if row.author else "",
            "reviewer": joined(reviewers), "verdict": row.verdict, "as_of_date": row.as_of_date,
            "verdict_label": vocabulary.VERDICTS.label(row.verdict),
            "verdict_state": "approved" if row.state == "approved" else "unreviewed",
        }  # fmt: skip
    return found


def _tags(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    labels: dict[int, list[str]] = defaultdict(list)
    rows = m.StatementTag.objects.filter(statement_id__in=ids).order_by("id")
    for statement_id, label in rows.values_list("statement_id", "tag__label"):
        labels[statement_id].append(label)
    return {pk: {"statement_tags": joined(found)} for pk, found in labels.items()}


def _agents(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = m.StatementAgent.objects.filter(statement_id__in=ids).order_by("id")
    for statement_id, role, name in rows.values_list("statement_id", "role", "agent__name"):
        names[statement_id][role].append(name)
    return {
        pk: {role: joined(found) for role, found in roles.items() if role in OccurrenceRow._fields}
        for pk, roles in names.items()
    }


def _sources(member: Member, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Sources in use; which of them support or refute is not said here, so nothing private leaves."""
    found: dict[int, list[m.Source]] = defaultdict(list)
    rows = m.Evidence.objects.filter(statement_id__in=ids, removed_at=None).select_related("source")
    for row in rows.prefetch_related("source__snapshots").order_by("id"):
        found[row.statement_id].append(row.source)
    return {
        pk: {
            "source_titles": joined(s.title for s in used), "source_urls": joined(s.url for s in used),
            "archive_urls": joined(snap.archive_url for s in used for snap in s.snapshots.all()),
        }
        for pk, used in found.items()
    }  # fmt: skip


COLUMN = {"supports": "relation_supports", "attacks": "relation_attacks", "restates": "relation_restates"}


def _relations(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    labels: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    live = m.Relation.objects.filter(removed_at=None, state="confirmed", type__in=COLUMN)
    for row in live.filter(source_id__in=ids).select_related("target"):
        labels[row.source_id][COLUMN[row.type]].append(row.target.label)
    for row in live.filter(target_id__in=ids, type="restates").select_related("source"):
        labels[row.target_id]["relation_restates"].append(row.source.label)
    return {pk: {name: joined(found) for name, found in columns.items()} for pk, columns in labels.items()}

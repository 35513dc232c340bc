"""The shapes in which statements, sources, evidence leave over HTTP."""

from __future__ import annotations

from typing import Any

from annotations.models import Agent, Evidence, Member, Milestone, Occurrence, Source, Statement, Tag
from annotations.services import milestones, workflow


def statement(row: Statement) -> dict[str, Any]:
    """One statement without its passages."""
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "corpus": row.corpus_id,
        "version": row.version,
        "label": row.label,
        "kind": row.kind,
        "number": row.number,
        "text": row.text,
        "gloss_en": row.gloss_en,
        "language": row.language,
        "type": row.type,
        "more_types": row.more_types,
        "wording": row.wording,
        "work": row.work,
        "public": row.public,
        "status": workflow.shown(row),
        "verdict": row.verdict or None,
        "verdict_as_of": row.verdict_as_of,
        "progress": row.progress,
        "progress_date": row.progress_date,
        "checkworthiness": row.checkworthiness,
        "triage_reason": row.triage_reason,
        "q1": row.q1,
        "q2": row.q2,
        "q3": row.q3,
        "q4": row.q4,
        "priority": row.priority,
        "assignee": row.assignee_id,
        "due": row.due,
        "about_date": row.about_date,
        "reference_year": row.reference_year,
        "resolve_by": row.resolve_by,
        "resolution_criteria": row.resolution_criteria,
        "note": row.note,
        "mechanism": row.mechanism,
        "instrument": row.instrument,
        "bindingness": row.bindingness,
        "modality": row.modality,
        "target": row.target,
        "deadline": row.deadline,
        "specificity": row.specificity,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "created_by": row.created_by_id,
    }


def statement_detail(row: Statement, member: Member) -> dict[str, Any]:
    """One statement with agents, tags, and the steps that this member may take or not yet."""
    agents: dict[str, list[dict[str, Any]]] = {}
    for link in row.agent_rows.select_related("agent"):
        agents.setdefault(link.role, []).append({**agent(link.agent), "prefilled": link.prefilled})
    return {
        **statement(row),
        "agents": agents,
        "tags": list(row.tag_rows.values_list("tag_id", flat=True)),
        "passages": row.occurrences.filter(removed_at=None, annotation__removed_at=None).count(),
        "moves": [move(one) for one in workflow.moves(row, member)],
    }


def move(one: Any) -> dict[str, Any]:
    return {
        "to": one.transition.target,
        "label": one.transition.label,
        "ready": one.ready,
        "forbidden": str(one.forbidden) if one.forbidden else None,
        "missing": [{"code": p.code, "field": p.field, "detail": str(p)} for p in one.missing],
    }


def agent(row: Agent) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "type": row.type}


def occurrence(row: Occurrence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "version": row.version,
        "annotation": row.annotation_id,
        "statement": row.statement_id,
        "document": row.annotation.document_id,
        "fit": row.fit,
        "difference": row.difference,
        "voice": row.voice,
        "speaker": row.attributed_to.name if row.attributed_to else "",
        "reported_via": row.reported_via,
        "author_stance": row.author_stance,
        "modality": row.modality,
        "utterance_date": row.utterance_date,
        "prefilled": row.prefilled,
    }


def source(row: Source) -> dict[str, Any]:
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "corpus": row.corpus_id,
        "version": row.version,
        "title": row.title,
        "type": row.type,
        "publisher": row.publisher,
        "authors": row.authors,
        "published_date": row.published_date,
        "url": row.url,
        "identifier": row.identifier,
        "language": row.language,
        "reliability_note": row.reliability_note,
        "interests_note": row.interests_note,
        "independent_group": row.independent_group,
        "snapshots": [
            {
                "id": one.pk,
                "retrieved_at": one.retrieved_at,
                "sha256": one.sha256,
                "mime": one.mime,
                "characters": len(one.text),
                "archive_url": one.archive_url,
            }
            for one in row.snapshots.all()
        ],
    }


def evidence(row: Evidence, *, stance: bool = True) -> dict[str, Any]:
    """One piece of evidence; the stance is left out while the verdict it bears on is private."""
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "version": row.version,
        "statement": row.statement_id,
        "answer": row.answer_id,
        "source": row.source_id,
        "quote": row.quote,
        "locator": row.locator,
        "medium": row.medium,
        "note": row.note,
        **({"stance": row.stance} if stance else {}),
    }


def milestone(row: Milestone) -> dict[str, Any]:
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "version": row.version,
        "statement": row.statement_id,
        "status": row.status,
        "date": row.date,
        "source": row.source_id,
        "note": row.note,
        "state": milestones.state_of(row),
        "created_by": row.created_by_id,
        "confirmed_by": row.confirmed_by_id,
    }


def tag(row: Tag, language: str = "en") -> dict[str, Any]:
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "set": row.tag_set_id,
        "code": row.code,
        "label": row.label_in(language),
        "colour": row.colour,
        "key": row.key,
        "definition": row.definition_in(language),
        "deprecated": row.deprecated,
    }

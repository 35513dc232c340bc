"""The shapes in which statements, occurrences, agents and tags leave over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from annotations.http.problems import sentence
from annotations.models import Agent, Member, Occurrence, Statement, Tag, TagSet
from annotations.rules.workflow import Move
from annotations.services import following, lookup, workflow

#: Fields of a statement that leave as they are stored.
STORED = (
    "version",
    "label",
    "kind",
    "number",
    "text",
    "gloss_en",
    "language",
    "type",
    "more_types",
    "wording",
    "work",
    "public",
    "verdict_as_of",
    "progress",
    "progress_date",
    "checkworthiness",
    "triage_reason",
    "q1",
    "q2",
    "q3",
    "q4",
    "priority",
    "due",
    "about_date",
    "reference_year",
    "resolve_by",
    "resolution_criteria",
    "note",
    "mechanism",
    "instrument",
    "bindingness",
    "modality",
    "target",
    "deadline",
    "specificity",
    "created_at",
    "updated_at",
)


def statement(row: Statement) -> dict[str, Any]:
    """One statement without its passages."""
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "corpus": row.corpus_id,
        **{name: getattr(row, name) for name in STORED},
        "status": workflow.shown(row),
        "verdict": row.verdict or None,
        "assignee": row.assignee_id,
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
        "tags": following.carried(row),
        "passages": lookup.occurrences(row, member).count(),
        "moves": [move(one) for one in workflow.moves(row, member)],
    }


def move(one: Move) -> dict[str, Any]:
    """A step that the state offers: ready, not this member's (in words), or what it still needs (in words)."""
    return {
        "to": one.transition.target,
        "label": gettext(one.transition.label),
        "ready": one.ready,
        "forbidden": sentence(one.forbidden) if one.forbidden else None,
        "missing": [{"code": p.code, "field": p.field, "detail": sentence(p)} for p in one.missing],
    }


def agent(row: Agent) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "type": row.type}


def agent_detail(row: Agent) -> dict[str, Any]:
    more = {"uid": str(row.uid), "version": row.version, "aliases": row.aliases, "url": row.url, "note": row.note}
    return {**agent(row), **more}


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
        "use_when": row.use_when,
        "not_when": row.not_when,
        "examples": row.examples,
        "deprecated": row.deprecated,
    }


def tag_detail(row: Tag) -> dict[str, Any]:
    """A tag in all its languages, as an editor of the codebook needs it."""
    return {
        **tag(row),
        "version": row.version,
        "scope": row.tag_set.scope,
        "label_zh_hans": row.label_zh_hans,
        "label_zh_hant": row.label_zh_hant,
        "definition_zh_hans": row.definition_zh_hans,
        "definition_zh_hant": row.definition_zh_hant,
        "order": row.order,
        "parent": row.parent_id,
        "merged_into": row.merged_into_id,
        "leads_to": row.leads_to_id,
        "split_from": row.split_from_id,
    }


def tag_set(row: TagSet, version: int) -> dict[str, Any]:
    """A tag set; its version is the edition of the codebook, which rises with each change of a set or tag."""
    return {
        "id": row.pk,
        "uid": str(row.uid),
        "version": version,
        "name": row.name,
        "scope": row.scope,
        "many": row.many,
        "order": row.order,
    }

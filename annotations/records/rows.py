"""Flat rows: the analysts' table and the passage, cheap to make by the hundred thousand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class OccurrenceRow(NamedTuple):
    """One line of the analysts' table: one occurrence, or one statement that has no passage. All strings."""

    statement_id: str = ""
    kind: str = ""
    type: str = ""
    statement_text: str = ""
    gloss_en: str = ""
    work: str = ""
    public: str = ""
    status: str = ""
    checkworthiness: str = ""
    verdict: str = ""
    verdict_label: str = ""
    verdict_state: str = ""
    flags: str = ""
    justification: str = ""
    as_of_date: str = ""
    checker: str = ""
    reviewer: str = ""
    published_at: str = ""
    document_id: str = ""
    document_title: str = ""
    document_language: str = ""
    published_date: str = ""
    document_read: str = ""  # per cent of its paragraphs that somebody has read
    annotation_id: str = ""
    permalink: str = ""
    paragraph: str = ""
    start: str = ""
    end: str = ""
    quote_raw: str = ""
    quote_clean: str = ""
    note: str = ""
    fit: str = ""
    difference: str = ""
    voice: str = ""
    attributed_to: str = ""
    reported_via: str = ""
    author_stance: str = ""
    annotation_tags: str = ""
    statement_tags: str = ""
    mechanism: str = ""
    proposer: str = ""
    actor: str = ""
    addressee: str = ""
    beneficiary: str = ""
    instrument: str = ""
    bindingness: str = ""
    modality: str = ""
    deadline: str = ""
    implementation_status: str = ""
    implementation_status_date: str = ""
    source_titles: str = ""
    source_urls: str = ""
    archive_urls: str = ""
    relation_supports: str = ""
    relation_attacks: str = ""
    relation_restates: str = ""
    owner: str = ""
    due: str = ""
    created_by: str = ""
    updated_at: str = ""


class PassageRow(NamedTuple):
    """One annotation on the current version of its document: the row of JSON Lines and of Web Annotation."""

    uid: str
    document: str
    document_title: str
    document_url: str
    version: str
    version_created_at: str
    start: int
    end: int
    exact: str
    quote_clean: str
    prefix: str
    suffix: str
    anchor_state: str
    creator: str
    created_at: str
    updated_at: str
    note: str
    tags: tuple[str, ...]  # tag labels
    statements: tuple[
        Mapping[str, object], ...
    ]  # {"id": "C-12", "uid", "kind", "text", "type", "status", "verdict", "fit", "voice", "speaker", "modality"}
    document_read: int | None = None  # per cent of its paragraphs that somebody has read

"""Records of a corpus: itself, its people, agents, tags and shared views."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorpusRecord:
    uid: str
    slug: str
    name: str
    description: str
    language: str
    created_at: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    uid: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class AgentRecord:
    uid: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TagSetRecord:
    uid: str
    name: str
    scope: str  # annotation | statement | document
    many: bool
    closed: bool
    order: int


@dataclass(frozen=True, slots=True)
class TagRecord:
    uid: str
    tag_set: str
    code: str
    label: str
    label_zh_hans: str
    label_zh_hant: str
    definition: str
    colour: str
    key: str
    parent: str | None
    deprecated: bool
    order: int


@dataclass(frozen=True, slots=True)
class SavedViewRecord:
    uid: str
    name: str
    owner: str | None
    shared: bool
    query: str
    columns: tuple[str, ...]

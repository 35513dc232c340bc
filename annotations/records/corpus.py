"""Records of a corpus: itself, its people, agents, tags and shared views.

Here and in the other records: a field with a default was added later, and older dumps do not have it.
"""

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
    publisher_name: str = ""
    publisher_contact: str = ""
    publisher_policy: str = ""


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
    definition_zh_hans: str = ""
    definition_zh_hant: str = ""
    examples: str = ""
    merged_into: str | None = None
    use_when: str = ""
    not_when: str = ""
    split_from: str | None = None


@dataclass(frozen=True, slots=True)
class SavedViewRecord:
    uid: str
    name: str
    owner: str | None
    shared: bool
    query: str
    columns: tuple[str, ...]
    created_at: str = ""
    updated_at: str = ""

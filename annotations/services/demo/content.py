"""The content of fixtures/demo as it stands in its TOML files, and what became of each key on loading."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from annotations.models import Agent, Annotation, Corpus, Document, Member, Source, Statement, Tag

Entry = dict[str, Any]


class Demo:
    """All entries by table, and the rows made of them by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[Entry]] = defaultdict(list)
        self.head: Entry = {}
        for path in sorted(folder.glob("*.toml")):
            for name, value in tomllib.loads(path.read_text("utf-8")).items():
                if isinstance(value, list):
                    self.tables[name] += value
                else:
                    self.head = value
        self.corpus: Corpus
        self.members: dict[str, Member] = {}
        self.agents: dict[str, Agent] = {}
        self.sources: dict[str, Source] = {}
        self.documents: dict[str, Document] = {}
        self.passages: dict[tuple[str, str], Annotation] = {}  # by key of the document and quote
        self.statements: dict[str, Statement] = {}
        self.tags: dict[str, Tag] = {}
        self.topics: dict[str, Tag] = {}

    @property
    def slug(self) -> str:
        return str(self.head["slug"])

    def by_role(self, role: str) -> Member:
        """The first person of this role."""
        return next(member for member in self.members.values() if member.role == role)

    def agent_names(self, keys: list[str]) -> list[str]:
        return [self.agents[key].name for key in keys]

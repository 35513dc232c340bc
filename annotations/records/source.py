"""What a reader gives: the text of one file, its blocks and the facts the file states about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.text.blocks import Block


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about a file or an export that a person should see: code, English template, parameters."""

    code: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.params


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader made of one file: normalised raw text, its blocks (raw offsets), the facts the file states."""

    text: str
    blocks: tuple[Block, ...]
    reader: str
    charset: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_date: str | None = None
    language: str | None = None
    url: str | None = None
    rules: tuple[str, ...] = ()  # cleaner rules that the format asks for, e.g. "pdf-lines"
    notices: tuple[Notice, ...] = ()

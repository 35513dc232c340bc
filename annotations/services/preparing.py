"""All slow work on a text before it is stored: cleaned, cut into blocks and sentences, tokenised, facts proposed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.records import SourceText
from annotations.rules.errors import Invalid, noop
from annotations.services import limits, search_index
from annotations.text import blocks as block_rules
from annotations.text import cleaning, facts


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready outside any transaction: cleaned, cut into blocks and sentences, tokenised, facts proposed."""

    source: SourceText
    sha256: str
    cleaned: cleaning.Cleaned
    block_rows: list[list[Any]]
    sentences: list[search_index.Row]
    facts: dict[str, object]
    repairs: dict[str, int]
    folded: int


def prepare(source: SourceText) -> Prepared:
    """All the slow work on a text (no database). Raises TooLarge or Invalid (nothing but white space)."""
    raw = source.text
    limits.check("text_characters", len(raw))
    if not raw.strip():
        raise Invalid("text_empty", noop("There is no text in it."), field="text")
    cleaned = cleaning.clean(raw, "+".join((cleaning.CLEANER, *source.rules)))
    found = list(source.blocks) or block_rules.from_plain(raw)
    found = block_rules.mark_repeats(raw, found)
    rows = [[b.role, b.start, b.end, b.level, b.page, b.duplicate_of, b.shift] for b in found]
    kinds: dict[str, int] = {}
    for repair in cleaned.repairs:
        kinds[repair.kind] = kinds.get(repair.kind, 0) + 1
    return Prepared(
        source=source,
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        cleaned=cleaned,
        block_rows=rows,
        sentences=search_index.rows(cleaned.text, cleaned.map, found),
        facts=propose_facts(source, cleaned, found),
        repairs=kinds,
        folded=sum(1 for b in found if b.duplicate_of is not None),
    )


def propose_facts(
    source: SourceText, cleaned: cleaning.Cleaned, found: Sequence[block_rules.Block]
) -> dict[str, object]:
    """The facts of a document as the file and its text suggest them, with `proposed` naming those given."""
    paragraphs = []
    for block in found:
        if block.duplicate_of is None:
            start, end = cleaned.map.raw_to_clean(block.start, block.end)
            paragraphs.append((block.role, cleaned.text[start:end]))
    return facts.propose(paragraphs, source_facts(source)).as_fields()


def source_facts(source: SourceText) -> facts.FileFacts:
    return facts.FileFacts(
        title=source.title,
        authors=source.authors,
        publisher=source.publisher,
        published_date=source.published_date,
        language=source.language,
        url=source.url,
    )

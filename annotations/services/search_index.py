"""The token index of sentences, the same on both databases: FTS5 rows on SQLite, a stored tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from annotations.models import Sentence
from annotations.services import bulk_rows
from annotations.text import folding, tokens
from annotations.text.blocks import Block
from annotations.text.offsets import OffsetMap
from annotations.text.sentences import split

COLUMNS = (
    "id", "corpus_id", "document_id", "version_id", "block", "clean_start", "clean_end", "duplicate", "folded",
)  # fmt: skip


class Row(NamedTuple):
    """One sentence ready to be indexed; offsets in clean code points."""

    block: int
    clean_start: int
    clean_end: int
    duplicate: bool
    folded: str
    tokens: str


def rows(clean: str, offsets: OffsetMap, blocks: Sequence[Block]) -> list[Row]:
    """Cut the clean text into sentences and tokenise them (no database)."""
    found = []
    for index, block in enumerate(blocks):
        start, end = offsets.raw_to_clean(block.start, block.end)
        for first, last in split(clean, start, end):
            folded = folding.fold_text(clean[first:last])
            words = " ".join(tokens.index_tokens(folded))
            found.append(Row(index, first, last, block.duplicate_of is not None, folded, words))
    return found


def add(corpus_id: int, document_id: int, version_id: int, found: Sequence[Row]) -> None:
    """Index the sentences of the current version of a document; those of older versions go."""
    drop(document_id)
    write(corpus_id, [(document_id, version_id, row) for row in found])


def write(corpus_id: int, found: Sequence[tuple[int, int, Row]]) -> None:
    """Write (document id, version id, sentence) with their tokens; of any number of documents."""
    ids = bulk_rows.take_ids(Sentence, len(found))
    columns = [*COLUMNS, "tokens"] if connection.vendor == "postgresql" else COLUMNS
    bulk_rows.write(Sentence._meta.db_table, columns, _values(corpus_id, ids, found))
    if connection.vendor == "sqlite":
        once, again = scope(corpus_id, False), scope(corpus_id, True)
        rows = ((pk, row[5], again if row[3] else once) for pk, (_, _, row) in zip(ids, found, strict=True))
        bulk_rows.write("annotations_sentence_fts", ("rowid", "words", "scope"), rows)


def _values(
    corpus_id: int, ids: Sequence[int], found: Sequence[tuple[int, int, Row]]
) -> Iterator[tuple[int | bool | str, ...]]:
    """The rows of the sentence table; PostgreSQL keeps the tokens in them."""
    with_tokens = connection.vendor == "postgresql"
    for pk, (document, version, row) in zip(ids, found, strict=True):
        values = (pk, corpus_id, document, version, *row[:5])
        yield (*values, tokens.tsvector_literal(row[5].split(" "))) if with_tokens else values


def scope(corpus_id: int, duplicate: bool) -> str:
    """Tokens that narrow a search without a join: the corpus, and whether the sentence stands in a repeated body."""
    return f"c{corpus_id} {'again' if duplicate else 'once'}"


def drop(document_id: int) -> None:
    """Forget the sentences of a document; their tokens go with them (on SQLite by a trigger)."""
    Sentence.objects.filter(document_id=document_id).delete()

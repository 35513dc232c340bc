"""The token index of sentences, the same on both databases: FTS5 rows on SQLite, a stored tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from annotations.models import Sentence
from annotations.text import folding, tokens
from annotations.text.sentences import split
from annotations.text.blocks import Block
from annotations.text.offsets import OffsetMap


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
    made = Sentence.objects.bulk_create(
        [
            Sentence(
                corpus_id=corpus_id, document_id=document_id, version_id=version_id, block=row.block,
                clean_start=row.clean_start, clean_end=row.clean_end, duplicate=row.duplicate, folded=row.folded,
            )
            for row in found
        ]
    )  # fmt: skip
    write_tokens(corpus_id, [(sentence.pk, row) for sentence, row in zip(made, found, strict=True)])


def write_tokens(corpus_id: int, found: Sequence[tuple[int, Row]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "UPDATE annotations_sentence SET tokens = %s::tsvector WHERE id = %s",
                [(tokens.tsvector_literal(row.tokens.split(" ")), pk) for pk, row in found],
            )
        else:
            cursor.executemany(
                "INSERT INTO annotations_sentence_fts (rowid, words, scope) VALUES (%s, %s, %s)",
                [(pk, row.tokens, scope(corpus_id, row.duplicate)) for pk, row in found],
            )


def scope(corpus_id: int, duplicate: bool) -> str:
    """Tokens that narrow a search without a join: the corpus, and whether the sentence stands in a repeated body."""
    return f"c{corpus_id} {'again' if duplicate else 'once'}"


def drop(document_id: int) -> None:
    """Forget the sentences of a document."""
    gone = Sentence.objects.filter(document_id=document_id)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "DELETE FROM annotations_sentence_fts WHERE rowid IN "
                "(SELECT id FROM annotations_sentence WHERE document_id = %s)",
                [document_id],
            )
    gone.delete()

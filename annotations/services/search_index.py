"""The token index of sentences, the same on both databases: FTS5 rows on SQLite, a stored tsvector on PostgreSQL.

The id of a sentence says where it stands: corpus, document, whether in a repeated body, and its number there. So FTS5
counts the sentences and documents of one corpus from its own row numbers, without reading a row of any other table
(decision 0032).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import connection

from annotations.models import Sentence, Word
from annotations.rules.errors import Msgid, Refused, noop
from annotations.services import bulk_rows
from annotations.text import folding, tokens
from annotations.text.blocks import Block
from annotations.text.offsets import OffsetMap
from annotations.text.sentences import split

COLUMNS = (
    "id", "corpus_id", "document_id", "version_id", "block", "clean_start", "clean_end", "duplicate", "folded",
)  # fmt: skip


KNOWN = "SELECT text FROM annotations_word WHERE text IN ({marks})"
WORDS_AT_ONCE = 5000  # as parameters of one query

#: Bits of an id, from the top: corpus, document, repeated or not, number in the document. 63 in all.
CORPUS_BITS, DOCUMENT_BITS, NUMBER_BITS = 15, 23, 24
REPEATED = 1 << NUMBER_BITS
DOCUMENT = REPEATED << 1
CORPUS = DOCUMENT << DOCUMENT_BITS


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


def first_id(corpus_id: int, document_id: int = 0) -> int:
    """The lowest id that a sentence of the document, or of any document of the corpus, can have."""
    for name, value, bits in (
        (noop("corpora"), corpus_id, CORPUS_BITS),
        (noop("documents"), document_id, DOCUMENT_BITS),
    ):
        if value >> bits:
            message = noop("This installation has had more %(name)s than the search can number: %(limit)s.")
            raise Refused("search_full", message, name=Msgid(name), limit=(1 << bits) - 1)
    return corpus_id * CORPUS + document_id * DOCUMENT


def add(corpus_id: int, document_id: int, version_id: int, found: Sequence[Row]) -> None:
    """Index the sentences of the current version of a document; those of older versions go."""
    drop(document_id)
    write(corpus_id, [(document_id, version_id, row) for row in found])


def write(corpus_id: int, found: Sequence[tuple[int, int, Row]]) -> None:
    """Write (document id, version id, sentence) with their tokens: all sentences of each of these documents."""
    ids = list(_ids(corpus_id, found))
    columns = [*COLUMNS, "tokens"] if connection.vendor == "postgresql" else COLUMNS
    bulk_rows.write(Sentence._meta.db_table, columns, _values(corpus_id, ids, found))
    if connection.vendor == "sqlite":
        rows = ((pk, row[5]) for pk, (_, _, row) in zip(ids, found, strict=True))
        bulk_rows.write("annotations_sentence_fts", ("rowid", "words"), rows)
    note_words(set[str]().union(*(tokens.words_of(row.folded) for _, _, row in found)))


def note_words(words: Collection[str]) -> None:
    """Note the words that were not met before, in any corpus."""
    missing = set(words)
    for some in _portions(list(words)):
        missing.difference_update(word for (word,) in bulk_rows.fetch(KNOWN, [], some))
    bulk_rows.write(Word._meta.db_table, ("text",), ((word,) for word in sorted(missing)))


def _portions(words: Sequence[str]) -> Iterator[Sequence[str]]:
    return (words[at : at + WORDS_AT_ONCE] for at in range(0, len(words), WORDS_AT_ONCE))


def _ids(corpus_id: int, found: Iterable[tuple[int, int, Row]]) -> Iterator[int]:
    for document, sentences in groupby(found, itemgetter(0)):
        first = first_id(corpus_id, document)
        for number, (_, _, row) in enumerate(sentences):
            yield first + number + (REPEATED if row.duplicate else 0)


def _values(
    corpus_id: int, ids: Sequence[int], found: Sequence[tuple[int, int, Row]]
) -> Iterator[tuple[int | bool | str, ...]]:
    """The rows of the sentence table; PostgreSQL keeps the tokens in them."""
    with_tokens = connection.vendor == "postgresql"
    for pk, (document, version, row) in zip(ids, found, strict=True):
        values = (pk, corpus_id, document, version, *row[:5])
        yield (*values, tokens.tsvector_literal(row[5].split(" "))) if with_tokens else values


def drop(document_id: int) -> None:
    """Forget the sentences of a document; their tokens go with them (on SQLite by a trigger)."""
    Sentence.objects.filter(document_id=document_id).delete()

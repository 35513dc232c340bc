"""Search over the current texts of a corpus: words of one, two and more characters in either script, exact counts.

Both databases hold the same terms (services/search_index.py) and give the same answers; text/folding.find defines a
hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from annotations.models import Document, Member, Sentence
from annotations.rules.errors import Invalid, noop
from annotations.services import limits, texts
from annotations.services.search_index import scope
from annotations.text import folding, tokens

EXACT_UP_TO = 1000
AROUND = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """One sentence that holds the query: where it stands, and each place in it (clean and raw offsets)."""

    document_id: int
    title: str
    language: str
    paragraph: int
    clean: tuple[tuple[int, int], ...]
    raw: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[str, bool], ...]  # the sentence in pieces, True where the query stands


@dataclass(frozen=True, slots=True)
class Answer:
    """Exact counts in three units, those in repeated bodies apart, and one page of sentences."""

    sentences: int
    documents: int
    hits: int
    hits_exact: bool
    repeated: int
    rows: tuple[Hit, ...]


def run(member: Member, query: str, *, page: int = 1, size: int = 20, document: int | None = None) -> Answer:
    """What stands where. Invalid for a query without any character to search for."""
    limits.check("query", len(query), "q")
    phrases = tokens.query_phrases(query)
    if not phrases:
        raise Invalid("query_empty", noop("Type at least one letter or character to search for."), field="q")
    once = Where(member.corpus_id, phrases, False, document)
    ids, sentences, documents = once.count()
    again, copies, _ = Where(member.corpus_id, phrases, True, document).count()
    rows = _hits(once.page((page - 1) * size, size), query)
    return Answer(
        sentences,
        documents,
        hits_in(ids, sentences, query),
        sentences <= EXACT_UP_TO,
        hits_in(again, copies, query),
        rows,
    )


def hits_in(ids: Sequence[int], sentences: int, query: str) -> int:
    """How often the query stands in these sentences; above EXACT_UP_TO at least as often as there are sentences."""
    if sentences > EXACT_UP_TO:
        return sentences
    return sum(len(folding.find(text, query)) for text in folded_of(ids))


class Where:
    """The condition of one search in the language of the database at hand."""

    def __init__(self, corpus_id: int, phrases: Sequence[tokens.Phrase], repeated: bool, document: int | None) -> None:
        if connection.vendor == "postgresql":
            self.tables, self.key = "annotations_sentence s", "s.id"
            self.sql = "s.corpus_id = %s AND s.duplicate = %s AND s.tokens @@ %s::tsquery"
            self.values: list[Any] = [corpus_id, repeated, tokens.tsquery(phrases)]
        else:
            wanted = " AND ".join(f'"{term}"' for term in scope(corpus_id, repeated).split())
            match = f"(words : ({tokens.fts5_match(phrases)})) AND (scope : ({wanted}))"
            # The index gives its rows in this order, so that a page of a frequent word ends where it is full.
            self.tables, self.key = (
                "annotations_sentence_fts f JOIN annotations_sentence s ON s.id = f.rowid",
                "f.rowid",
            )
            self.sql, self.values = "annotations_sentence_fts MATCH %s", [match]
        if document is not None:
            self.sql += " AND s.document_id = %s"
            self.values.append(document)

    def fetch(self, columns: str, tail: str = "") -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {self.tables} WHERE {self.sql} {tail}", self.values)
            return cursor.fetchall()

    def count(self) -> tuple[list[int], int, int]:
        """Ids of the first EXACT_UP_TO sentences, how many sentences, in how many documents."""
        rows = self.fetch("s.id, s.document_id")
        return [row[0] for row in rows[:EXACT_UP_TO]], len(rows), len({row[1] for row in rows})

    def page(self, offset: int, size: int) -> list[tuple[Any, ...]]:
        columns = "s.document_id, s.version_id, s.block, s.clean_start, s.clean_end"
        return self.fetch(columns, f"ORDER BY {self.key} LIMIT {int(size)} OFFSET {int(offset)}")


def folded_of(ids: Sequence[int]) -> list[str]:
    return list(Sentence.objects.filter(pk__in=ids).values_list("folded", flat=True))


def _hits(rows: Sequence[tuple[Any, ...]], query: str) -> tuple[Hit, ...]:
    known = {row.pk: row for row in Document.objects.filter(pk__in={row[0] for row in rows}).only("title", "language")}
    return tuple(_hit(row, known[row[0]], query) for row in rows)


def _hit(row: tuple[Any, ...], document: Document, query: str) -> Hit:
    text = texts.get(row[1])
    start, end = row[3], row[4]
    sentence = text.clean[start:end]
    spans = folding.find(sentence, query)
    clean = tuple((start + first, start + last) for first, last in spans)
    return Hit(
        document.pk, document.title, document.language, row[2] + 1, clean,
        tuple(text.map.clean_to_raw(*span) for span in clean), _pieces(text.clean, start, end, clean),
    )  # fmt: skip


def _pieces(clean: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The sentence with a little of the text around it, cut at the places of the query; overlapping ones are one."""
    begin, stop = max(0, start - AROUND), min(len(clean), end + AROUND)
    begin = max(begin, clean.rfind("\n", begin, start) + 1)
    line_end = clean.find("\n", end, stop)
    stop = line_end if line_end >= 0 else stop
    found: list[tuple[str, bool]] = []
    at = begin
    for first, last in spans:
        if last <= at:
            continue
        found.append((clean[at : max(first, at)], False))
        found.append((clean[max(first, at) : last], True))
        at = last
    found.append((clean[at:stop], False))
    return tuple(piece for piece in found if piece[0])

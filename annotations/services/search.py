"""Search over the current texts of a corpus: words of one, two and more characters in either script, exact counts.

Both databases hold the same terms (services/search_index.py) and give the same answers; text/query_hits.py defines a
hit.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from annotations.models import Document, Member
from annotations.services import search_filters, search_query, search_things, texts
from annotations.services.search_index import CORPUS, DOCUMENT, DOCUMENT_BITS, REPEATED, first_id
from annotations.services.search_query import Asked
from annotations.services.search_things import Things
from annotations.text import query_hits, query_terms
from annotations.text.query import Node

EXACT_UP_TO = 1000
AROUND = 40
MOST_PLACES = 5000  # sentences whose places the reader marks


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
    cut: tuple[bool, bool] = (False, False)  # whether its paragraph goes on before and after them


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
    """What stands where. Invalid, with its remedy, for a query that cannot be understood or asks for nothing."""
    return passages(member, search_query.understand(query), page=page, size=size, document=document)


def passages(
    member: Member, asked: Asked, *, page: int = 1, size: int = 20, document: int | None = None
) -> Answer:  # fmt: skip
    """One page of the sentences that hold the words, with the counts of all."""
    words = asked.words
    if words is None:
        return Answer(0, 0, 0, True, 0, ())
    documents_left = search_filters.documents(member, asked.tree.filters)
    where = where_of(member.corpus_id, words, asked.known, document, documents_left)
    sentences, documents, copies = where.counts()
    if not size:
        return Answer(sentences, documents, 0, False, copies, ())
    return Answer(
        sentences, documents, hits_in(where, sentences, words, False), sentences <= EXACT_UP_TO,
        hits_in(where, copies, words, True), _hits(where.page((page - 1) * size, size), words),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each kind that is asked for (passages: sentences), and one page of one kind."""

    counts: dict[str, int]
    kind: str
    passages: Answer
    things: Things


def everything(member: Member, text: str, kind: str = "", *, page: int = 1, size: int = 20) -> Found:
    """All kinds counted, one of them shown: the one that is asked for, else the first in which something is found."""
    asked = search_query.understand(text)
    kinds = asked.kinds()
    known = search_things.counts(member, asked)
    shown = passages(member, asked, page=page, size=size if kind in ("", "passage") else 0)
    counts = {one: shown.sentences if one == "passage" else known[one] for one in kinds}
    if kind not in kinds:
        kind = next((one for one in kinds if counts[one]), kinds[0] if kinds else "passage")
    things = Things(0, ())
    if kind != "passage":
        things = search_things.find(member, asked, kind, page=page, size=size)
    return Found(counts, kind, shown, things)


def places(member: Member, text: str, document: Document) -> list[tuple[int, int]]:
    """Every place in the current text of a document where the words of a query stand, in clean offsets, in order."""
    asked = search_query.understand(text)
    if asked.words is None or document.current_id is None:
        return []
    clean = texts.get(document.current_id).clean
    rows = where_of(member.corpus_id, asked.words, asked.known, document.pk).page(0, MOST_PLACES)
    return [
        (row[3] + start, row[3] + end)
        for row in rows
        for start, end in query_hits.find(clean[row[3] : row[4]], asked.words)
    ]


def hits_in(where: Where, sentences: int, words: Node, repeated: bool) -> int:
    """How often the query stands in these sentences; above EXACT_UP_TO at least as often as there are sentences."""
    if not 0 < sentences <= EXACT_UP_TO:
        return sentences
    return search_query.count(where.folded(repeated), words)


@dataclass(frozen=True, slots=True)
class Where:
    """The condition of one search in the language of the database at hand: `found` names the table whose rows match,
    `number` the id of the sentence in it."""

    found: str
    joined: str
    number: str
    condition: str
    values: tuple[Any, ...]

    def counts(self) -> tuple[int, int, int]:
        """Sentences, their documents, and sentences in repeated bodies: counted in the index alone."""
        once, again = (f"FILTER (WHERE {self.number} & {REPEATED} {sign} 0)" for sign in "=>")
        columns = f"count(*) {once}, count(DISTINCT {self.number} / {DOCUMENT}) {once}, count(*) {again}"
        ((sentences, documents, copies),) = self._fetch(columns, self.found)
        return sentences, documents, copies

    def page(self, offset: int, size: int) -> list[tuple[Any, ...]]:
        """In the order of the index, so that a page of a frequent word ends where it is full."""
        columns = "s.document_id, s.version_id, s.block, s.clean_start, s.clean_end"
        where = f"AND {self.number} & {REPEATED} = 0 ORDER BY {self.number}"
        return self._fetch(columns, self.joined, f"{where} LIMIT {int(size)} OFFSET {int(offset)}")

    def folded(self, repeated: bool) -> list[str]:
        sign = ">" if repeated else "="
        return [text for (text,) in self._fetch("s.folded", self.joined, f"AND {self.number} & {REPEATED} {sign} 0")]

    def _fetch(self, columns: str, tables: str, tail: str = "") -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {tables} WHERE {self.condition} {tail}", self.values)
            return cursor.fetchall()


def where_of(
    corpus_id: int, words: Node, known: query_terms.Known, document: int | None = None,
    documents: Collection[int] | None = None,
) -> Where:  # fmt: skip
    """Sentences of a corpus, or of some documents in it, that hold these words."""
    if document is not None and document >> DOCUMENT_BITS:
        document = 0  # no document has that number
    first = first_id(corpus_id, document or 0)
    last = first + (CORPUS if document is None else DOCUMENT) - 1
    if connection.vendor == "postgresql":
        table, condition = "annotations_sentence s", "s.tokens @@ %s::tsquery AND s.id BETWEEN %s AND %s"
        within, values = _within(corpus_id, documents)
        wanted = query_terms.tsquery(words, known)
        return Where(table, table, "s.id", condition + within, (wanted, first, last, *values))
    fts, condition = "annotations_sentence_fts f", "annotations_sentence_fts MATCH %s AND f.rowid BETWEEN %s AND %s"
    within, values = _within(corpus_id, documents)
    wanted = query_terms.fts5(words, known)
    joined = f"{fts} JOIN annotations_sentence s ON s.id = f.rowid"
    return Where(fts, joined, "f.rowid", condition + within, (wanted, first, last, *values))


def _within(corpus_id: int, documents: Collection[int] | None) -> tuple[str, tuple[Any, ...]]:
    """The condition that a sentence stands in one of these documents; on SQLite its id says so, and no row is read."""
    if documents is None:
        return "", ()
    if connection.vendor == "postgresql":
        return " AND s.document_id = ANY(%s)", (list(documents),)
    keys = [first_id(corpus_id, pk) // DOCUMENT for pk in documents]
    return f" AND f.rowid / {DOCUMENT} IN (SELECT value FROM json_each(%s))", (json.dumps(keys),)


def _hits(rows: Sequence[tuple[Any, ...]], words: Node) -> tuple[Hit, ...]:
    known = {row.pk: row for row in Document.objects.filter(pk__in={row[0] for row in rows}).only("title", "language")}
    return tuple(_hit(row, known[row[0]], words) for row in rows)


def _hit(row: tuple[Any, ...], document: Document, words: Node) -> Hit:
    text = texts.get(row[1])
    start, end = row[3], row[4]
    spans = query_hits.find(text.clean[start:end], words)
    clean = tuple((start + first, start + last) for first, last in spans)
    return Hit(
        document.pk, document.title, document.language, row[2] + 1, clean,
        tuple(text.map.clean_to_raw(*span) for span in clean), *_pieces(text.clean, start, end, clean),
    )  # fmt: skip


def _pieces(
    clean: str, start: int, end: int, spans: Sequence[tuple[int, int]]
) -> tuple[tuple[tuple[str, bool], ...], tuple[bool, bool]]:
    """The sentence with a little of its paragraph around it, cut at the places of the query; overlapping ones are one.
    And whether the paragraph goes on before and after that."""
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
    goes_on = (begin > 0 and clean[begin - 1] != "\n", stop < len(clean) and clean[stop] != "\n")
    return tuple(piece for piece in found if piece[0]), goes_on

"""What is searched besides the texts: annotations, statements, sources and comments, each as one entry of the index.

Entries follow the writes in the same transaction: `follow` looks at the lines of an Op, so no verb can forget them. The
id of an entry says corpus, kind and object; its words are those of all its fields, which no phrase joins. Who may see
what is decided when somebody searches, never here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connection

from annotations.models import Annotation, Comment, Entry, Evidence, Source, Statement
from annotations.services import bulk_rows
from annotations.services.search_index import note_words
from annotations.text import folding, tokens

#: The number of each kind in an id. Bits from the top: corpus (15), kind (3), object (45).
KINDS = {"annotation": 1, "statement": 2, "source": 3, "comment": 4}
OBJECT = 1 << 45
CORPUS = OBJECT << 3
#: Between the fields of one entry: no query holds it, so no phrase reaches from one into the next.
BETWEEN = "\ue003"
AT_ONCE = 1000
#: Events after which the words of a thing are what they were; most writes are such.
SAME_WORDS = frozenset(
    {
        "bulk", "annotation.tagged", "statement.tagged", "statement.agents", "statement.triaged", "statement.assigned",
        "statement.moved", "statement.came_up", "statement.progress", "comment.resolved", "comment.reopened",
        "source.asked", "source.unchanged", "source.retried", "source.not_captured", "evidence.placed",
        "codebook.tag_merged", "codebook.tag_separated", "codebook.tag_split", "codebook.tag_rejoined",
        "codebook.followed",
    }
)  # fmt: skip
#: Events of a document after which its annotations are others, gone or back.
DOCUMENT_MOVES = frozenset({"document.removed", "document.restored", "version.added"})
ANNOTATIONS = """SELECT a.id, p.quote, a.note FROM annotations_annotation a
JOIN annotations_document d ON d.id = a.document_id
LEFT JOIN annotations_anchor p ON p.annotation_id = a.id AND p.version_id = d.current_id
WHERE a.removed_at IS NULL AND d.removed_at IS NULL AND a.id IN ({marks})"""
SQLITE = "INSERT OR IGNORE INTO annotations_entry (id, corpus_id) VALUES (%s, %s)"
FTS5 = "INSERT OR REPLACE INTO annotations_entry_fts (rowid, words) VALUES (%s, %s)"
POSTGRESQL = """INSERT INTO annotations_entry (id, corpus_id, tokens) VALUES (%s, %s, %s::tsvector)
ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens"""

Fields = tuple[str, ...]


class Line(Protocol):
    """What `follow` reads of a line of an Op."""

    kind: str
    object_type: str
    object_id: int
    touched: Sequence[tuple[str, int]]
    document_id: int | None


def entry_id(corpus_id: int, kind: str, pk: int) -> int:
    return corpus_id * CORPUS + KINDS[kind] * OBJECT + pk


class Words(NamedTuple):
    """The words of an entry, folded, and its terms."""

    folded: str
    tokens: str


def words_of(fields: Iterable[str]) -> Words:
    """What an entry of these fields is found by (no database)."""
    folded = folding.fold_text(BETWEEN.join(field for field in fields if field))
    return Words(folded, " ".join(tokens.index_tokens(folded)))


def follow(corpus_id: int, lines: Sequence[Line]) -> None:
    """Bring the entries of all that these lines tell of up to date."""
    wanted: dict[str, set[int]] = {kind: set() for kind in KINDS}
    evidence: set[int] = set()
    documents: set[int] = set()
    for line in lines:
        if line.kind in SAME_WORDS:
            continue
        if line.kind in DOCUMENT_MOVES and line.document_id:
            documents.add(line.document_id)
        for kind, pk in ((line.object_type, line.object_id), *line.touched):
            if kind in wanted:
                wanted[kind].add(pk)
            elif kind == "evidence":
                evidence.add(pk)
    if documents:
        rows = Annotation.objects.filter(corpus_id=corpus_id, document_id__in=documents)
        wanted["annotation"].update(rows.values_list("pk", flat=True))
    if evidence:
        wanted["source"].update(Evidence.objects.filter(pk__in=evidence).values_list("source_id", flat=True))
    for kind, pks in wanted.items():
        refresh(corpus_id, kind, pks)


def refresh(corpus_id: int, kind: str, pks: Collection[int]) -> None:
    """Write the entries of these things anew; those of things that are gone go."""
    ordered = sorted(pks)
    for at in range(0, len(ordered), AT_ONCE):
        some = ordered[at : at + AT_ONCE]
        found = READ[kind](some)
        gone = [entry_id(corpus_id, kind, pk) for pk in some if pk not in found]
        if gone:
            Entry.objects.filter(pk__in=gone).delete()
        write(corpus_id, [(entry_id(corpus_id, kind, pk), words_of(fields)) for pk, fields in found.items()])


def write(corpus_id: int, entries: Sequence[tuple[int, Words]]) -> None:
    """Write the words of entries by their ids; what was there is replaced."""
    if not entries:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = [(pk, corpus_id, tokens.tsvector_literal(words.tokens.split(" "))) for pk, words in entries]
            cursor.executemany(POSTGRESQL, values)
        else:
            cursor.executemany(SQLITE, [(pk, corpus_id) for pk, _ in entries])
            cursor.executemany(FTS5, [(pk, words.tokens) for pk, words in entries])
    note_words(set[str]().union(*(tokens.words_of(words.folded) for _, words in entries)))


def rebuild(corpus_id: int) -> None:
    """All entries of a corpus from its rows."""
    for kind, model in {"annotation": Annotation, "statement": Statement, "source": Source, "comment": Comment}.items():
        for pks in _portions(model, corpus_id):
            refresh(corpus_id, kind, pks)


def _portions(model: Any, corpus_id: int) -> Iterator[list[int]]:
    last = 0
    while pks := list(
        model.objects.filter(corpus_id=corpus_id, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        yield pks
        last = pks[-1]


def of_annotations(pks: Collection[int]) -> dict[int, Fields]:
    """Quote and note."""
    return {pk: (quote or "", note) for pk, quote, note in bulk_rows.fetch(ANNOTATIONS, [], pks)}


def of_statements(pks: Collection[int]) -> dict[int, Fields]:
    """Number, wording, English gloss, note; a number that leads to another statement is none."""
    rows = Statement.objects.filter(pk__in=pks, removed_at=None, redirect_to=None).only(
        "kind", "number", "text", "gloss_en", "note"
    )
    return {row.pk: (row.label, row.text, row.gloss_en, row.note) for row in rows}


def of_sources(pks: Collection[int]) -> dict[int, Fields]:
    """Title, authors, publisher, identifier, address, and the quotes of its evidence."""
    rows = {row.pk: row for row in Source.objects.filter(pk__in=pks, removed_at=None)}
    quotes: dict[int, list[str]] = {pk: [] for pk in rows}
    evidence = Evidence.objects.filter(source_id__in=list(rows), removed_at=None).order_by("pk")
    for pk, quote in evidence.values_list("source_id", "quote"):
        quotes[pk].append(quote)
    return {
        pk: (row.title, *map(str, row.authors), row.publisher, row.identifier, row.url, *dict.fromkeys(quotes[pk]))
        for pk, row in rows.items()
    }


def of_comments(pks: Collection[int]) -> dict[int, Fields]:
    rows = Comment.objects.filter(pk__in=pks, removed_at=None).values_list("pk", "body")
    return {pk: (body,) for pk, body in rows}


#: What each kind is found by: its fields, of those things that are there.
READ: Mapping[str, Callable[[Collection[int]], dict[int, Fields]]] = {
    "annotation": of_annotations, "statement": of_statements, "source": of_sources, "comment": of_comments,
}  # fmt: skip

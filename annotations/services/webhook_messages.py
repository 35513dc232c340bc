"""What a webhook is told: names and places, no words of a text, nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from django.conf import settings

from annotations.models import Document, Statement
from annotations.services.op import Op

#: The topic of a message that tells nothing.
TEST = "test"


@dataclass(frozen=True, slots=True)
class Find:
    """A statement repeated, or the words of `query` found, in one text; the first place in clean code points."""

    document: Document
    version: int
    statement: Statement | None
    query: str
    count: int
    start: int
    end: int

    @property
    def topic(self) -> str:
        """What is watched; two people who watch the same are one message."""
        return f"statement {self.statement.pk}" if self.statement else f"query {self.query}"


def body_of(op: Op, find: Find) -> str:
    """The JSON that is signed and sent."""
    document, statement = find.document, find.statement
    query = f"?{urlencode({'find': find.query})}" if find.query else ""
    place = f"{address(document)}{query}#t={find.start}-{find.end}"
    return _json(op, "watch.repeated" if statement else "watch.found", {
        "statement": {"id": statement.pk, "label": statement.label, "url": address(statement)} if statement else None,
        "query": find.query or None, "count": find.count,
        "document": {
            "id": document.pk, "uid": str(document.uid), "title": document.title, "text_version": find.version,
            "url": place,
        },
    })  # fmt: skip


def test_body(op: Op) -> str:
    return _json(op, "webhook.test", {})


def address(row: Document | Statement) -> str:
    return f"{settings.BASE_URL}{row.get_absolute_url()}"


def _json(op: Op, kind: str, data: dict[str, object]) -> str:
    corpus = {"id": op.corpus.pk, "slug": op.corpus.slug, "name": op.corpus.name}
    told = {"type": kind, "timestamp": op.at.isoformat(), "data": {"corpus": corpus, **data}}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()

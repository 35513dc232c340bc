"""What every import tells: the state of each row or item, what was made, what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from annotations.models import Corpus
from annotations.records import Notice
from annotations.rules.errors import Problem, noop, render
from annotations.rules.vocabulary import Term, Vocabulary
from annotations.services.op import Op

#: Where the passage of a row or item stands. Only `here` and `refused` add nothing.
STATES = Vocabulary(
    noop("state of a row"),
    (
        Term("anchored", noop("Anchored"), noop("The words stand in the document, in one place.")),
        Term("changed", noop("Found, words differ"), noop("Much the same words stand there; look at the passage.")),
        Term("several", noop("Several places"), noop("The same words stand more than once; choose the place.")),
        Term("missing", noop("Not found"), noop("The words do not stand in the document.")),
        Term("no_document", noop("Document unknown"), noop("No document of the corpus goes by this name.")),
        Term("bare", noop("No quote"), noop("It becomes a statement without a passage.")),
        Term("here", noop("Already here"), noop("Nothing to add.")),
        Term("refused", noop("Left out"), noop("It cannot be taken over; the reason stands beside it.")),
    ),
)
#: Rows of one transaction: it holds the write lock, so it is short.
BATCH = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in a version of a document: raw code points, and how it was found."""

    document: int
    version: int
    start: int
    end: int
    state: str = "ok"  # of the anchor: ok or changed
    method: str = "quote"
    similarity: float = 1.0


@dataclass(slots=True)
class Item:
    """One row or annotation of the file: `number` is its row in the table, or how-manieth it is."""

    number: int
    state: str
    id: str = ""
    quote: str = ""
    title: str = ""  # of the document, as it is called here, else as it is called in the file
    place: Place | None = None
    places: tuple[Place, ...] = ()  # to choose from
    problems: list[Problem] = field(default_factory=list)

    @property
    def wanted(self) -> bool:
        """Whether there is something to store."""
        return self.state not in ("here", "refused")


@dataclass(slots=True)
class Report:
    """What an import did. `made` counts stored things by name."""

    items: Sequence[Item] = ()
    made: Counter[str] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)

    @property
    def states(self) -> dict[str, int]:
        """How many items there are in each state, in the order of STATES."""
        found = Counter(item.state for item in self.items)
        return {code: found[code] for code in STATES.codes if found[code]}


def as_data(report: Report, translate: Callable[[str], str] = noop) -> dict[str, Any]:
    """The report as plain data, its sentences in the language of `translate`."""
    return {
        "states": report.states, "made": dict(+report.made),
        "notices": [
            {"code": one.code, "detail": render(one.template, one.params, translate)} for one in report.notices
        ],
        "items": [_item(item, translate) for item in report.items],
    }  # fmt: skip


def _item(item: Item, translate: Callable[[str], str]) -> dict[str, Any]:
    place = item.place
    return {
        "number": item.number, "id": item.id, "state": item.state, "quote": item.quote, "title": item.title,
        "document": place.document if place else None, "start": place.start if place else None,
        "end": place.end if place else None, "places": [[one.document, one.start, one.end] for one in item.places],
        "problems": [
            {"code": one.code, "field": one.field, "detail": one.sentence(translate)} for one in item.problems
        ],
    }  # fmt: skip


def derived(corpus: Corpus, *parts: str) -> UUID:
    """The uid of something that has none of its own: the same for the same parts, so that a second import knows it."""
    return uuid5(corpus.uid, "\n".join(parts))


def told_as_one(op: Op, made: Counter[str], name: str, format: str) -> None:
    """Turn the lines of this Op into one `bulk` event that names their objects."""
    if op.lines:
        touched = list(dict.fromkeys((line.object_type, line.object_id) for line in op.lines))
        op.lines.clear()
        op.log("bulk.imported", op.corpus, {"made": dict(made), "name": name, "format": format}, touched=touched)


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]

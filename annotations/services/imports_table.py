"""An analyst's table: for each row the document, the passage and whether it is here already; nothing is stored yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from annotations.formats.spreadsheet_plan import PlannedRow, plan
from annotations.formats.table import Table
from annotations.models import Corpus, Member
from annotations.rules import roles
from annotations.rules.errors import Invalid, noop
from annotations.rules.vocabulary import CLAIM_TYPES, KINDS, MECHANISMS
from annotations.services import limits
from annotations.services.imports import Item, Place, derived
from annotations.services.imports_find import Finder, Library
from annotations.services.imports_present import ByHand, known
from annotations.text.folding import fold_text

#: States of rows that become statements without a passage.
UNPLACED = ("missing", "no_document", "bare")
LANGUAGES = ("en", "zh-hans", "zh-hant")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the table does not say: kind of statement, document, and per row which of several places (from 0)."""

    kind: str = ""
    document: int | None = None
    places: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class RowItem(Item):
    """One row of a table. `row_uid` is its identity: a second import of the same row finds it."""

    row: PlannedRow = field(default_factory=lambda: PlannedRow(0))
    row_uid: UUID | None = None


def read_rows(table: Table, mapping: Mapping[str, str]) -> list[PlannedRow]:
    """The rows as they are asked for; Invalid for a mapping that names neither quote nor text."""
    if not {"quote", "text"} & mapping.keys():
        message = noop("Say which column holds the quotes, or which one the statements.")
        raise Invalid("mapping_empty", message, field="quote")
    limits.check("import_rows", len(table.rows))
    return plan(table, mapping, kind_words())


def kind_words() -> dict[str, str]:
    """Codes of kinds, claim types and mechanisms by their labels in every language of the interface."""
    terms = [term for vocabulary in (KINDS, CLAIM_TYPES, MECHANISMS) for term in vocabulary]
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found.update((gettext(term.label), term.code) for term in terms)
    return found


def examine(member: Member, rows: Sequence[PlannedRow], choice: Choice) -> list[RowItem]:
    """Each row with its state. Slow (it reads texts), so it is done outside any transaction."""
    roles.check(member.role, "import_annotations")
    finder = Finder(member)
    items = [_examine(finder, row if row.kind else replace(row, kind=choice.kind), choice) for row in rows]
    _settle(member, finder.library, items, choice.places)
    return items


def settle(member: Member, items: Sequence[RowItem], places: Mapping[int, int]) -> None:
    """Give examined rows the places that somebody chose for them: row -> index of `places`."""
    _settle(member, Library(member.corpus), items, places)


def _settle(member: Member, library: Library, items: Sequence[RowItem], places: Mapping[int, int]) -> None:
    seen: set[UUID] = set()
    for item in items:
        chosen = places.get(item.number, -1)
        if item.state == "several" and 0 <= chosen < len(item.places):
            item.state, item.place = "anchored", item.places[chosen]
        item.row_uid = _uid(member.corpus, library, item, item.place)
        if item.wanted and item.row_uid in seen:
            item.state = "here"  # the same row twice in one table
        seen.add(item.row_uid)
    _mark_present(member, library, items)


def _examine(finder: Finder, row: PlannedRow, choice: Choice) -> RowItem:
    item = RowItem(row.line, "missing", quote=row.quote or row.text, title=row.document, row=row)
    item.problems = list(row.problems)
    if not row.quote:
        item.state = "bare" if row.text else "refused"
    else:
        _locate(finder, item, choice)
    if not row.kind and item.state in UNPLACED:
        message = noop("Without a passage it can only become a claim or a proposal; the table does not say which.")
        item.problems.append(Invalid("kind_missing", message, field="kind"))
        item.state = "refused"
    return item


def _locate(finder: Finder, item: RowItem, choice: Choice) -> None:
    row = item.row
    named = finder.library.called(row.document) if row.document else []
    if row.document and not named and choice.document is None:
        item.state = "no_document"
        return
    documents = named or ([choice.document] if choice.document is not None else finder.holding(row.quote))
    found = finder.seek([{"type": "TextQuoteSelector", "exact": row.quote}], documents)
    item.state, item.place, item.places = found.state, found.place, found.places
    place = item.place or next(iter(item.places), None)
    if place is not None:
        item.title = finder.library.titles[place.document]
    elif len(documents) == 1:
        item.title = finder.library.titles[documents[0]]


def _uid(corpus: Corpus, library: Library, item: RowItem, place: Place | None) -> UUID:
    """What makes a row this row: document, quote (and which of its places), kind and text."""
    document = library.uids[place.document] if place else fold_text(item.row.document)
    nth = item.places.index(place) if place in item.places else 0
    parts = (document, fold_text(item.row.quote), str(nth), item.row.kind, fold_text(item.row.text))
    return derived(corpus, "row", *parts)


def statement_uid(corpus: Corpus, kind: str, text: str) -> UUID:
    """The identity of a statement that a table made: its kind and words, in either script."""
    return derived(corpus, "statement", kind, fold_text(text))


def _mark_present(member: Member, library: Library, items: Sequence[RowItem]) -> None:
    """`here`: what an earlier import stored (even if it was removed since), and what somebody made by hand.

    A statement that waits for its passage is not here yet once there are places to choose from."""
    corpus = member.corpus
    possible = [
        [_uid(corpus, library, item, place) for place in item.places] if item.state == "several" else [item.row_uid]
        for item in items
    ]
    bare = [statement_uid(corpus, item.row.kind, item.row.text or item.row.quote) for item in items]
    stored = known(corpus, [uid for uids in possible for uid in uids if uid])
    waiting = known(corpus, bare)
    by_hand = ByHand(member)
    for item, uids, statement in zip(items, possible, bare, strict=True):
        places = item.places if item.state == "several" else filter(None, [item.place])
        text = item.row.text or item.row.quote
        if item.wanted and (
            not stored.isdisjoint(uids)
            or (item.state in UNPLACED and statement in waiting)
            or any(by_hand.has(place, item.row.kind, text) for place in places)
        ):
            item.state = "here"

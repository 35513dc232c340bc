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
from annotations.services.imports import Item, derived
from annotations.services.imports_find import Finder
from annotations.services.imports_present import ByHand, known
from annotations.text.folding import fold_text

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
    seen: set[UUID] = set()
    for item in items:
        item.row_uid = _uid(member.corpus, finder, item)
        if item.wanted and item.row_uid in seen:
            item.state = "here"  # the same row twice in one table
        seen.add(item.row_uid)
    _mark_present(member, items)
    return items


def _examine(finder: Finder, row: PlannedRow, choice: Choice) -> RowItem:
    item = RowItem(row.line, "missing", quote=row.quote or row.text, title=row.document, row=row)
    item.problems = list(row.problems)
    if not row.quote and not row.text:
        item.state = "refused"
    elif row.quote:
        _locate(finder, item, choice)
    if not row.kind and item.state in ("missing", "no_document"):
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
    chosen = choice.places.get(row.line)
    if found.state == "several" and chosen is not None and 0 <= chosen < len(found.places):
        item.state, item.place = "anchored", found.places[chosen]
    place = item.place or next(iter(item.places), None)
    if place is not None:
        item.title = finder.library.titles[place.document]
    elif len(documents) == 1:
        item.title = finder.library.titles[documents[0]]


def _uid(corpus: Corpus, finder: Finder, item: RowItem) -> UUID:
    """What makes a row this row: document, quote (and which of its places), kind and text."""
    document = finder.library.uids[item.place.document] if item.place else fold_text(item.row.document)
    nth = item.places.index(item.place) if item.place in item.places else 0
    parts = (document, fold_text(item.row.quote), str(nth), item.row.kind, fold_text(item.row.text))
    return derived(corpus, "row", *parts)


def statement_uid(corpus: Corpus, kind: str, text: str) -> UUID:
    """The identity of a statement that a table made: its kind and words, in either script."""
    return derived(corpus, "statement", kind, fold_text(text))


def _mark_present(member: Member, items: Sequence[RowItem]) -> None:
    """`here`: what an earlier import stored (even if it was removed since), and what somebody made by hand."""
    rows = known(member.corpus, [item.row_uid for item in items if item.row_uid])
    bare = {item.number: statement_uid(member.corpus, item.row.kind, item.row.text or item.row.quote) for item in items}
    stored = known(member.corpus, list(bare.values()))
    by_hand = ByHand(member)
    for item in items:
        if not item.wanted:
            continue
        if item.row_uid in rows or (item.place is None and bare[item.number] in stored):
            item.state = "here"
        elif item.place is not None and by_hand.has(item.place, item.row.kind, item.row.text or item.row.quote):
            item.state = "here"

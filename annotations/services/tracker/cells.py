"""Cells filled from words, as a pasted column or a fill down brings them: read and shown first, then written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from annotations.models import Member, Statement, Tag
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.rules.vocabulary import Vocabulary
from annotations.services import bulk, following, statements, workflow
from annotations.services.bulk import Outcome
from annotations.services.op import Op
from annotations.services.tracker.columns import OWN

Translate = Callable[[str], str]
SEPARATORS = re.compile(r"[;；、,，\n]+")
DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as given: statement, code of the column, words, and the version of the row that the giver saw."""

    statement: int
    column: str
    words: str
    version: int | None = None


@dataclass(slots=True)
class Change:
    """What a cell would become: its words before and after, or the problem that stands against it."""

    statement: Statement
    column: str
    before: str = ""
    after: str = ""
    values: dict[str, object] = field(default_factory=dict)
    problem: Problem | None = None


def same(text: str) -> str:
    """Text as it is compared with a label: any width, any case, no outer spaces."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


class Reader:
    """Reads words into values for one member; `translate` gives the labels of the reader's language."""

    def __init__(self, member: Member, translate: Translate) -> None:
        self.member, self.translate = member, translate
        self.people = list(Member.objects.filter(corpus_id=member.corpus_id, active=True).exclude(user=None))
        tags = Tag.objects.filter(corpus_id=member.corpus_id, tag_set__scope="statement", deprecated=False)
        self.tags = list(tags.select_related("tag_set"))

    def read(self, statement: Statement, cell: Cell) -> Change:
        change = Change(statement, cell.column)
        try:
            if cell.version is not None and cell.version != statement.version:
                raise Stale("changed_meanwhile", noop("Somebody changed this after you loaded it."))
            self.fill(change, cell.words.strip())
        except Problem as problem:
            change.problem, change.after = problem, cell.words.strip()
        return change

    def fill(self, change: Change, words: str) -> None:
        if change.column.startswith(OWN):
            return self.own(change, words, int(change.column.removeprefix(OWN) or 0))
        filler = getattr(self, f"fill_{change.column}", None)
        if filler is None:
            raise Invalid("cell_fixed", noop("This column is not filled by hand."), field=change.column)
        filler(change, words)

    def fill_text(self, change: Change, words: str) -> None:
        change.before, change.after = change.statement.text, words
        change.values = statements.check_values({"text": words})

    def fill_gloss(self, change: Change, words: str) -> None:
        change.before, change.after, change.values = change.statement.gloss_en, words, {"gloss_en": words}

    def fill_note(self, change: Change, words: str) -> None:
        change.before, change.after, change.values = change.statement.note, words, {"note": words}

    def fill_type(self, change: Change, words: str) -> None:
        """By code, or by label in English or in the reader's language."""
        claim = change.statement.kind == "claim"
        name, known = ("type", vocabulary.CLAIM_TYPES) if claim else ("mechanism", vocabulary.MECHANISMS)
        present, code = str(getattr(change.statement, name)), self.code(known, words) if words else ""
        change.before, change.after = self.label(known, present), self.label(known, code)
        change.values = {name: code}

    def code(self, known: Vocabulary[Any], words: str) -> str:
        for term in known:
            if same(words) in (same(term.code), same(term.label), same(self.translate(term.label))):
                return term.code
        names = tuple(self.translate(term.label) for term in known)
        raise Invalid("type_unknown", noop("There is no “%(words)s”. There is: %(names)s."), words=words, names=names)

    def label(self, known: Vocabulary[Any], code: str) -> str:
        return self.translate(known.label(code)) if code else ""

    def fill_owner(self, change: Change, words: str) -> None:
        before = change.statement.assignee
        found = [one for one in self.people if same(one.name) == same(words)] if words else []
        if words and len(found) != 1:
            several = noop("%(name)s is the name of several people here.")
            raise Invalid("owner_unknown", several if found else noop("Nobody here is called %(name)s."), name=words)
        change.before, change.after = str(before or ""), found[0].name if found else ""
        change.values = {"assignee": found[0] if found else None}

    def fill_due(self, change: Change, words: str) -> None:
        match = DAY.match(unicodedata.normalize("NFKC", words))
        try:
            due = date(*map(int, match.groups())) if match else bulk.parse_date(words)
        except ValueError:
            raise Invalid("not_a_date", noop("Write the date as YYYY-MM-DD."), field="due") from None
        change.before = change.statement.due.isoformat() if change.statement.due else ""
        change.after, change.values = due.isoformat() if due else "", {"due": due}

    def own(self, change: Change, words: str, tag_set: int) -> None:
        """The tags of one own column by their labels in any language; several are parted by a comma or semicolon."""
        known = [tag for tag in self.tags if tag.tag_set_id == tag_set]
        wanted = [self.tag(known, word) for word in SEPARATORS.split(words) if word.strip()]
        present = set(following.carried(change.statement))
        change.before = "; ".join(self.shown(tag) for tag in known if tag.pk in present)
        change.after = "; ".join(self.shown(tag) for tag in wanted)
        ids = {tag.pk for tag in wanted}
        gone = [tag.pk for tag in known if tag.pk in present - ids]
        change.values = {"add_tags": sorted(ids - present), "remove_tags": gone}

    def tag(self, known: Sequence[Tag], word: str) -> Tag:
        for tag in known:
            if same(word) in map(
                same, (tag.label, tag.label_zh_hans or tag.label, tag.label_zh_hant or tag.label, tag.code)
            ):
                return tag
        names = tuple(self.shown(tag) for tag in known)
        raise Invalid(
            "tag_not_here", noop("There is no “%(words)s”. There is: %(names)s."), words=word.strip(), names=names
        )

    def shown(self, tag: Tag) -> str:
        return tag.label


def read(member: Member, cells: Iterable[Cell], translate: Translate) -> list[Change]:
    """What each cell would become, in the order given; cells of statements that are not there are left out."""
    cells, reader = list(cells), Reader(member, translate)
    rows = Statement.objects.visible_to(member).filter(redirect_to=None, pk__in={cell.statement for cell in cells})
    found = {row.pk: row for row in rows.select_related("assignee")}
    return [reader.read(found[cell.statement], cell) for cell in cells if cell.statement in found]


def write(member: Member, changes: Sequence[Change], key: str = "") -> Outcome:
    """Write the changes against which nothing stands, a few rows an Op; the others come back refused."""
    wanted: dict[int, dict[str, object]] = {}
    refused: dict[int, tuple[Statement, Problem]] = {}
    for change in changes:
        if change.problem:
            refused[change.statement.pk] = (change.statement, change.problem)
        elif change.before != change.after:
            wanted.setdefault(change.statement.pk, {}).update(change.values)
    outcome = bulk.each(member, {pk: _verb(values) for pk, values in wanted.items()}, key)
    outcome.refused += refused.values()
    return outcome


def _verb(values: Mapping[str, object]) -> bulk.Verb:
    def change(op: Op, statement: Statement) -> None:
        fields = dict(values)
        add, gone = bulk.ids_of(fields.pop("add_tags", [])), bulk.ids_of(fields.pop("remove_tags", []))
        if "assignee" in fields:
            workflow.assign(op, statement, fields.pop("assignee"))  # type: ignore[arg-type]
        if fields:
            statements.update(op, statement, **fields)
        if add or gone:
            statements.set_tags(op, statement, add, gone)

    return change

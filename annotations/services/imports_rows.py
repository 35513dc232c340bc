"""Storing the rows of an analyst's table: passages, statements, who says it, whose it is, what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.formats.spreadsheet_plan import PlannedRow
from annotations.models import Anchor, Annotation, Member, Occurrence, Statement
from annotations.rules.errors import Invalid, noop
from annotations.rules.vocabulary import CLAIM_TYPES, MECHANISMS
from annotations.services import imports_store, occurrences, statements
from annotations.services.annotations import change_tags
from annotations.services.imports import Item, Report
from annotations.services.imports_details import Details
from annotations.services.imports_present import ByHand, Statements
from annotations.services.imports_table import RowItem, statement_uid
from annotations.services.imports_tags import Tags
from annotations.services.occurrences import Wanted
from annotations.services.op import Op


def store(member: Member, items: Sequence[RowItem], name: str, format: str = "csv") -> Report:
    """Store the examined rows of a table. Rows whose passage was not found become statements without one."""
    rows = Rows(member)
    names = [tag for item in items if item.wanted for tag in item.row.tags]
    return imports_store.run(member, items, imports_store.File(name, format), rows.tags, names, rows.store)


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotation where a row's quote stands."""

    annotation: Annotation
    anchor: Anchor
    is_new: bool = False


class Rows:
    """What the rows of one import share."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.tags = Tags(member.corpus)
        self.by_hand = ByHand(member)
        self.statements = Statements(member.corpus)
        self.details = Details(member.corpus)
        self.documents = imports_store.Documents()

    def store(self, op: Op, item: Item, made: Counter[str]) -> None:
        """One row. What it asks for beyond passage and statement, and cannot have, is said in `item.problems`."""
        assert isinstance(item, RowItem)
        passages, own, problems = self.tags.sorted(item.row.tags)
        passage, note = self._passage(op, item, passages, made)
        if item.row.kind:
            statement, is_new = self._statement(op, item, passage, note, made)
            if passage is not None:
                made["occurrences"] += self._link(op, item, passage, statement)
            elif passages and is_new:
                message = noop("Its tags are for passages, and this row has none.")
                problems.append(Invalid("tags_without_passage", message, field="tags"))
            if is_new:
                problems += self.details.add(op, item.row, statement, own, made)
        elif passage is None:
            raise Invalid("place_not_chosen", noop("Choose one of the places, or say what kind of statement it is."))
        item.problems += problems

    def _passage(self, op: Op, item: RowItem, tags: Sequence[int], made: Counter[str]) -> tuple[Passage | None, str]:
        """What stands at the place already, else a new annotation; and the note, where it has not found its place yet.

        The identity of the row is the annotation's where no statement carries it."""
        if item.place is None:
            return None, item.row.note
        document = self.documents.at(op, item.place)
        if ids := self.by_hand.at(item.place):
            there = Anchor.objects.select_related("annotation__document__corpus", "annotation__created_by")
            there = there.filter(annotation__in=ids, annotation__removed_at=None, version_id=item.place.version)
            if (present := there.order_by("annotation_id").first()) is not None:
                change_tags(op, present.annotation, add=tags)
                return Passage(present.annotation, present), item.row.note
        uid = None if item.row.kind else item.row_uid
        new = imports_store.put(op, document, item.place, uid, tags, item.row.note)
        self.by_hand.add(item.place, new.annotation.pk)
        made["annotations"] += 1
        return Passage(new.annotation, new.anchor, is_new=True), ""

    def _statement(
        self, op: Op, item: RowItem, passage: Passage | None, note: str, made: Counter[str]
    ) -> tuple[Statement, bool]:
        """The statement of the row: the one that is here, or a new one; and whether it is new."""
        row = item.row
        text = row.text or (passage.anchor.quote if passage else row.quote)
        uid = statement_uid(op.corpus, row.kind, row.text or row.quote)
        found = self.statements.find(uid, row.kind, text)
        if found is not None and found.removed_at:
            raise Invalid("statement_removed", noop("%(label)s, its statement, was removed here."), label=found.label)
        if found is not None:
            return found, False
        language = passage.annotation.document.language if passage else "und"
        note = note if passage else _unplaced_note(row)
        statement = statements.create(op, row.kind, text, language=language, note=note, **_types(row))
        Statement.objects.filter(pk=statement.pk).update(uid=uid)
        statement.uid = uid
        self.statements.add(statement)
        made["statements"] += 1
        made["unplaced"] += passage is None
        return statement, True

    def _link(self, op: Op, item: RowItem, passage: Passage, statement: Statement) -> int:
        """Let the passage express the statement; a link that somebody took off again stays off."""
        annotation = passage.annotation
        if not passage.is_new and Occurrence.objects.filter(annotation=annotation, statement=statement).exists():
            return 0
        found = occurrences.link(op, annotation, passage.anchor, statement, Wanted(statement_id=statement.pk))
        if item.row.speaker:
            occurrences.update_occurrence(op, found, speaker=item.row.speaker[:200])
        Occurrence.objects.filter(pk=found.pk).update(uid=item.row_uid)
        return 1


def _types(row: PlannedRow) -> dict[str, object]:
    """The types of a row as fields of its statement; those of the other kind do not apply."""
    if row.kind == "proposal":
        mechanism = next((code for code in row.types if code in MECHANISMS), "")
        return {"mechanism": mechanism} if mechanism else {}
    codes = [code for code in row.types if code in CLAIM_TYPES]
    return {"type": codes[0], "more_types": codes[1:]} if codes else {}


def _unplaced_note(row: PlannedRow) -> str:
    """What somebody needs who looks for the passage: quote, document, speaker; after the row's own note."""
    place = " — ".join(filter(None, (f"“{row.quote}”" if row.quote else "", row.document, row.speaker)))
    return "\n\n".join(filter(None, (row.note, place)))[:20_000]

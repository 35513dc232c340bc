"""Settling a closed round: where coders differ, what is made of each place; what all agree on taken over at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from annotations.models import Annotation, Document, Round, Ruling
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.rules.rounds import Mark, Place, places
from annotations.services import agreement, annotations
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import Op

#: Places taken over in one Op: others wait for it meanwhile.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """A place of one document: what was marked, where it differs (empty: all agree), and what became of it."""

    place: Place
    quotes: dict[int, str]  # annotation -> its words
    differences: tuple[str, ...]
    ruling: Ruling | None


def of_document(round: Round, document: int) -> list[Standing]:
    """Every place that somebody marked in a document of a closed round, in order."""
    return of_round(round, document).get(document, [])


def of_round(round: Round, document: int | None = None) -> dict[int, list[Standing]]:
    """The same for all documents that were coded to the end, or for one of them, by document: read all at once."""
    coded, marked = agreement.ended(round), agreement.layered(round, document)
    settled = {(row.document_id, row.start, row.end): row for row in rulings(round)}
    found: dict[int, list[Standing]] = {}
    for pk in coded if document is None else {document} & coded.keys():
        rows = marked.get(pk, [])
        quotes = {row.mark.annotation: row.quote for row in rows}
        found[pk] = [
            Standing(
                place, {mark.annotation: quotes[mark.annotation] for mark in place.marks},
                place.differences(coded[pk][1]), settled.get((pk, place.start, place.end)),
            )
            for place in places(row.mark for row in rows)
        ]  # fmt: skip
    return found


def rulings(round: Round) -> QuerySet[Ruling]:
    """What was settled and not taken back."""
    return Ruling.objects.filter(round=round, removed_at=None).select_related("made", "created_by")


def settle(op: Op, round: Round, document: Document, start: int, end: int, choice: Mark | None, reason: str) -> Ruling:
    """Make one passage for everybody of a place, as `choice` says, or none. The layers stay as they are."""
    op.check("adjudicate")
    if round.closed_at is None:
        raise Refused("round_open", noop("A round is settled once it is closed."))
    Round.objects.select_for_update().get(pk=round.pk)  # whoever settles the same place meanwhile waits here
    if rulings(round).filter(document=document, start=start, end=end).exists():
        raise Refused("settled_already", noop("Somebody settled this place meanwhile."))
    if choice is None and not reason.strip():
        raise Invalid("reason_needed", noop("Say why."), field="reason")
    made = taken_over(op, round, document, choice) if choice else None
    row = Ruling.objects.create(
        corpus=op.corpus, round=round, document=document, start=start, end=end, made=made, reason=reason.strip(),
        created_at=op.at, created_by=op.by,
    )  # fmt: skip
    payload = {"name": round.name, "document": document.title, "made": made.pk if made else None, "reason": row.reason}
    op.log("round.settled", row, payload, document_id=document.pk)
    return row


def taken_over(op: Op, round: Round, document: Document, choice: Mark) -> Annotation:
    version, _ = agreement.ended(round)[document.pk]
    return annotations.create(
        op, document, Span(choice.start, choice.end), version_id=version, tags=sorted(choice.tags),
        wanted=[Wanted(kind=kind) for kind in sorted(choice.kinds)],
    )  # fmt: skip


def choose(standing: Standing, annotation: int) -> Mark:
    """The mark of this annotation at the place; Missing when it is another's."""
    for mark in standing.place.marks:
        if mark.annotation == annotation:
            return mark
    raise Missing("not_at_this_place", noop("This passage does not stand at this place."), field="annotation")


def place_at(round: Round, document: int, start: int, end: int) -> Standing:
    """The place with these borders, as it is now; Missing when there is none."""
    for standing in of_document(round, document):
        if (standing.place.start, standing.place.end) == (start, end):
            return standing
    raise Missing("no_such_place", noop("Nothing was marked at this place."), field="start")


def agreed(standings: Mapping[int, Sequence[Standing]]) -> list[tuple[int, Standing]]:
    """Places (with their documents) that all coders marked alike and nobody settled yet."""
    return [
        (document, one)
        for document, found in sorted(standings.items())
        for one in found
        if not one.differences and one.ruling is None
    ]


def accept_agreed(op: Op, round: Round) -> Sequence[Ruling]:
    """Take over what all agree on, at most AT_ONCE places in one go; the next go takes the rest."""
    op.check("adjudicate")
    if round.closed_at is None:
        raise Refused("round_open", noop("A round is settled once it is closed."))
    documents = Document.objects.select_related("current").filter(rounds=round, removed_at=None).in_bulk()
    waiting = [(documents[pk], one) for pk, one in agreed(of_round(round)) if pk in documents]
    return [
        settle(op, round, document, one.place.start, one.place.end, one.place.marks[0], "")
        for document, one in waiting[:AT_ONCE]
    ]


def unsettle(op: Op, row: Ruling, *, gone: bool) -> None:
    """Take a ruling back, or put it back (undo and redo; the passage made of it is undone beside it)."""
    if (row.removed_at is not None) == gone:
        return
    row.removed_at = op.at if gone else None
    row.save(update_fields=["removed_at"])
    payload = {"name": row.round.name, "document": row.document.title, "made": row.made_id, "reason": row.reason}
    op.log("round.unsettled" if gone else "round.settled", row, payload, document_id=row.document_id)

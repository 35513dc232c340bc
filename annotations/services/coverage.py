"""What each member has had before their eyes: paragraphs of a version. A convenience of reading like the place one had
come to, not history: no Op, no event, the last word is the union of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from annotations.models import Coverage, Document, Member, ReadingState, Version
from annotations.rules import roles
from annotations.rules.errors import Invalid, noop
from annotations.services import texts
from annotations.services.texts import Text
from annotations.text import coverage as ranges_of
from annotations.text.coverage import Ranges

FINISHED = ("read", "nothing")


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a document was read: `next` is the number of the first paragraph that was not, as it is printed."""

    percent: int = 0
    next: int | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    mine: Share
    anybody: int


def percent(seen: int, total: int) -> int:
    """Whole per cent; 100 only when nothing is missing, 0 only when nothing was read."""
    if not total or not seen:
        return 0
    return 100 if seen >= total else min(99, max(1, round(100 * seen / total)))


def note(member: Member, document: Document, version_id: int, ranges: Iterable[Sequence[int]]) -> Coverage:
    """These blocks of a version were read; what was noted before stays. Doing it twice changes nothing."""
    roles.check(member.role, "mark_read")
    if not Version.objects.filter(pk=version_id, document=document).exists():
        raise Invalid("version_unknown", noop("This document has no such version."), field="version")
    text = texts.get(version_id)
    new = ranges_of.within(ranges_of.joined(ranges), ranges_of.readable(text.blocks))
    try:
        with transaction.atomic():
            return _add(member, document.pk, text, new)
    except IntegrityError:  # the first two batches of one person at once
        with transaction.atomic():
            return _add(member, document.pk, text, new)


def _add(member: Member, document_id: int, text: Text, new: Ranges) -> Coverage:
    mine = Coverage.objects.select_for_update().filter(version_id=text.version_id, member=member)
    row = mine.first() or Coverage(version_id=text.version_id, member=member, document_id=document_id)
    before = [tuple(pair) for pair in row.ranges]
    _fill(row, text, [*before, *new])
    if row.pk is None or before != row.ranges:
        row.save()
    return row


def _fill(row: Coverage, text: Text, ranges: Iterable[Sequence[int]]) -> None:
    readable = ranges_of.readable(text.blocks)
    row.ranges = ranges_of.joined(ranges)
    row.seen, row.total = ranges_of.count(row.ranges), ranges_of.count(readable)
    row.next = ranges_of.first_missing(row.ranges, readable)
    row.updated_at = timezone.now()


def of(member: Member, document: Document, version: Version) -> Ranges:
    """What this member has read of a version: all of it once they said so."""
    if _finished(version, ReadingState.objects.filter(document=document, member=member).first()):
        return ranges_of.readable(texts.get(version.pk).blocks)
    row = Coverage.objects.filter(version=version, member=member).first()
    return [(start, end) for start, end in row.ranges] if row else []


def _finished(version: Version, state: ReadingState | None) -> bool:
    return state is not None and state.state in FINISHED and state.updated_at >= version.created_at


def forget(member: Member, document: Document) -> None:
    """The document counts as unread again."""
    Coverage.objects.filter(document=document, member=member).delete()


def shares(documents: Sequence[Document], member: Member) -> Mapping[int, Shares]:
    """How much of each of these documents this member, and anybody, has read; four queries."""
    table = by_member(documents)
    unions = anybody(Q(document_id__in=list(table)))
    return {pk: Shares(table[pk].get(member.pk, Share()), unions.get(pk, 0)) for pk in table}


def tell(documents: Iterable[Document], member: Member) -> None:
    """Let each of these documents say its `shares`, for a list."""
    rows = list(documents)
    found = shares(rows, member)
    for row in rows:
        row.shares = found[row.pk]  # type: ignore[attr-defined]


def by_member(documents: Sequence[Document]) -> dict[int, dict[int, Share]]:
    """document -> member -> how much of its current version; members who read nothing are left out."""
    found: dict[int, dict[int, Share]] = {document.pk: {} for document in documents}
    of_these = Q(document_id__in=list(found))
    for row in _rows(of_these):
        share = Share(percent(row.seen, row.total), None if row.next is None else row.next + 1)
        found[row.document_id][row.member_id] = share
    for document_id, member_id in _finishers(of_these):
        found[document_id][member_id] = Share(100)
    return found


def anybody(where: Q) -> dict[int, int]:
    """document -> per cent of its current version that at least one member has read; those nobody read are left out.
    `where`: of the documents, by `document_id` or `document__...`."""
    parts: dict[int, list[Sequence[int]]] = defaultdict(list)
    totals: dict[int, int] = {}
    for row in _rows(where):
        parts[row.document_id] += row.ranges
        totals[row.document_id] = row.total
    found = {pk: percent(ranges_of.count(ranges_of.joined(parts[pk])), totals[pk]) for pk in parts}
    return {**found, **{document_id: 100 for document_id, _ in _finishers(where)}}


def _rows(where: Q) -> QuerySet[Coverage]:
    return Coverage.objects.filter(where, document__current_id=F("version_id"))


def _finishers(where: Q) -> QuerySet[ReadingState, tuple[int, int]]:
    """(document, member) of those who said that they read it, since its current version is there."""
    states = ReadingState.objects.filter(where, state__in=FINISHED)
    since = states.filter(updated_at__gte=F("document__current__created_at"))
    return since.values_list("document_id", "member_id")


def carry(document: Document, old: Version, new: Version) -> None:
    """A document got a new version: who had read a paragraph that is unchanged in it has read it there, too."""
    readers = {row.member_id: [tuple(pair) for pair in row.ranges] for row in Coverage.objects.filter(version=old)}
    before, after = texts.get(old.pk), texts.get(new.pk)
    for state in ReadingState.objects.filter(document=document, state__in=FINISHED):
        if _finished(old, state):
            readers[state.member_id] = ranges_of.readable(before.blocks)
    if not readers:
        return
    was, now = _words(before), _words(after)
    readable = ranges_of.readable(after.blocks)
    rows = []
    for member_id, ranges in sorted(readers.items()):
        row = Coverage(version=new, member_id=member_id, document=document)
        _fill(row, after, ranges_of.within(ranges_of.carried(ranges, was, now), readable))
        rows.append(row)
    Coverage.objects.bulk_create(rows)


def _words(text: Text) -> list[str]:
    return [text.quote(block.start, block.end) for block in text.blocks]

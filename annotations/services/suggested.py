"""What of the suggestions somebody should see: nothing that was turned down, nor what is marked as that already."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import itemgetter

from annotations.models import Anchor, Document, Member, Occurrence, Statement, Suggestion

#: What a suggestion is for: the id of a statement, or a kind.
Target = int | str
#: So much of the shorter of two passages lies in the other one: they are one passage (UX.md 4.14).
OVERLAP = 0.8
#: Who finds repeats by their words; what is only close in meaning stands beside what is asked about as new.
BY_WORDS = ("recurrence", "asked")
#: So many suggestions may begin between one and its twin.
NEAR = 20


def target_of(statement_id: int | None, kind: str) -> Target:
    return statement_id if statement_id is not None else kind


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text: places in the first copy, with the statements and kinds of statement they express."""

    rows: tuple[tuple[int, int, int, str], ...]  # by where they begin
    longest: int

    @classmethod
    def at(cls, rows: Iterable[tuple[int, int, int, str]]) -> Marks:
        """Marks at these places: (start, end, statement, kind)."""
        found = tuple(sorted(rows))
        return cls(found, max((end - start for start, end, *_ in found), default=0))

    @classmethod
    def of(cls, version_id: int) -> Marks:
        places = Anchor.objects.filter(version=version_id, annotation__removed_at=None, annotation__layer=None)
        spans = {pk: (start, end) for pk, start, end in places.values_list("annotation", "home_start", "home_end")}
        if not spans:
            return cls.at(())
        links = Occurrence.objects.filter(
            annotation__document__versions=version_id, annotation__removed_at=None, removed_at=None
        ).values_list("annotation", "statement", "statement__kind")
        return cls.at((*spans[pk], statement, kind) for pk, statement, kind in links if pk in spans)

    def hold(self, home: tuple[int, int], target: Target) -> bool:
        """Whether the passage (or nearly the same one) is marked as this."""
        first = bisect_right(self.rows, home[0] - self.longest, key=itemgetter(0))
        near = takewhile(lambda row: row[0] < home[1], islice(self.rows, first, None))
        return any(
            target in (statement, kind) and overlap(home, (start, end)) >= OVERLAP
            for start, end, statement, kind in near
        )


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of the shorter span lies in the other one, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / min(one[1] - one[0], other[1] - other[0])


def finals(statements: Iterable[int]) -> dict[int, int]:
    """The statements that these have become by merges, by their own ids; removed ones are not there."""
    asked = set(statements)
    found: dict[int, int] = {pk: pk for pk in asked}
    waiting = asked
    alive: set[int] = set()
    while waiting:
        rows = list(Statement.objects.filter(pk__in=waiting).values_list("pk", "redirect_to", "removed_at"))
        alive |= {pk for pk, into, removed in rows if removed is None and into is None}
        moved = {pk: into for pk, into, _ in rows if into is not None}
        found = {pk: moved.get(now, now) for pk, now in found.items()}
        waiting = set(moved.values())
    return {pk: now for pk, now in found.items() if now in alive}


def is_twin(one: Suggestion, other: Suggestion) -> bool:
    """Whether two suggesters say the same of one passage."""
    same = target_of(one.statement_id, one.kind) == target_of(other.statement_id, other.kind)
    return same and overlap((one.start, one.end), (other.start, other.end)) >= OVERLAP


def twins(row: Suggestion) -> list[Suggestion]:
    """The open suggestions of others that say the same as this one."""
    there = Suggestion.objects.filter(document=row.document_id, text_version=row.text_version_id, state="open")
    near = there.filter(start__lt=row.end, end__gt=row.start).exclude(suggester=row.suggester)
    return [one for one in near.select_related("document").order_by("id") if is_twin(row, one)]


def rejected(corpus_id: int, hashes: Collection[str]) -> set[tuple[str, Target]]:
    """The pairs of these words and what they are not, as members of the corpus decided."""
    if not hashes:
        return set()
    rows = Suggestion.objects.filter(corpus=corpus_id, state="rejected", fold_hash__in=list(hashes))
    pairs = list(rows.values_list("fold_hash", "statement", "kind"))
    where = finals(statement for _, statement, _ in pairs if statement is not None)
    return {
        (words, target_of(where.get(statement, statement) if statement is not None else None, kind))
        for words, statement, kind in pairs
    }  # fmt: skip


def of_document(document: Document, member: Member) -> list[Suggestion]:
    """The open suggestions that this member should see, in text order; each names the statement of today. What several
    suggesters say of one passage is there once, with the reasons of all; what repeats a known statement is not asked
    about as a new one before that is decided."""
    rows = Suggestion.objects.visible_to(member).open().filter(document=document).select_related("document")
    found = list(rows.order_by("start", "end", "-score", "id"))
    if not found:
        return []
    assert document.current_id is not None  # open ones stand in the current text
    marks = Marks.of(document.current_id)
    refused = rejected(document.corpus_id, {row.fold_hash for row in found})
    where = finals(row.statement_id for row in found if row.statement_id is not None)
    statements = Statement.objects.in_bulk(set(where.values()))
    seen: list[Suggestion] = []
    for row in found:
        if row.statement_id is not None:
            if row.statement_id not in where:
                continue
            row.statement = statements[where[row.statement_id]]
        target = target_of(row.statement_id, row.kind)
        if (row.fold_hash, target) not in refused and not marks.hold((row.start, row.end), target):
            near = [one for one in seen[-NEAR:] if one.end > row.start and one.suggester != row.suggester]
            twin = next((one for one in near if is_twin(one, row)), None)
            if twin is None:
                seen.append(row)
            else:
                twin.reasons = [*twin.reasons, *(why for why in row.reasons if why not in twin.reasons)]
    repeats = (row for row in seen if row.statement_id is not None and row.suggester in BY_WORDS)
    known = Marks.at((row.start, row.end, row.statement_id or 0, "") for row in repeats)
    return [row for row in seen if row.statement_id is not None or not known.hold((row.start, row.end), "")]

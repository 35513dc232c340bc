"""What one row of the Tracker shows, read for a whole page at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F

from annotations.models import (
    Anchor,
    AnnotationTag,
    Evidence,
    Member,
    Statement,
    StatementAgent,
    StatementTag,
    Verification,
)
from annotations.services.tracker.links import ASTRAY, links


@dataclass(frozen=True, slots=True)
class Checked:
    """The newest check that this reader may see; `approved` is false for one's own unreviewed work."""

    flags: tuple[str, ...]
    checker: str
    reviewers: tuple[str, ...]
    approved: bool


@dataclass(slots=True)
class Row:
    """A statement with what hangs on it. Tags are ids: the page has the codebook at hand."""

    statement: Statement
    passages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    variants: int = 0
    astray: int = 0
    speakers: Counter[str] = field(default_factory=Counter)
    agents: dict[str, list[str]] = field(default_factory=dict)
    tags: Counter[int] = field(default_factory=Counter)
    own: list[int] = field(default_factory=list)
    first_seen: tuple[str, bool] = ("", False)  # the date, and whether it is only a lower bound
    sources: int = 0
    check: Checked | None = None

    @property
    def said_by(self) -> list[str]:
        """Who proposes a proposal, else who says it, most often first."""
        proposers = self.agents.get("proposer", [])
        return proposers or [name for name, _ in self.speakers.most_common()]


def read(member: Member, statements: Iterable[Statement], wanted: Iterable[str] = ()) -> list[Row]:
    """Rows of these statements in their order. What costs a query more is read only for `wanted` columns."""
    rows = {statement.pk: Row(statement) for statement in statements}
    if not rows:
        return []
    codes = set(wanted)
    _passages(member, rows)
    _tags(rows)
    _agents(rows)
    if codes & {"flags", "checker", "reviewer"}:
        _checks(member, rows)
    if "sources" in codes:
        _sources(rows)
    return list(rows.values())


def carried(member: Member, statements: Iterable[Statement]) -> set[int]:
    """Ids of the tags that these statements or their passages carry."""
    return {tag for row in read(member, statements) for tag in (*row.own, *row.tags)}


def _passages(member: Member, rows: dict[int, Row]) -> None:
    found = links(member).filter(statement_id__in=rows).order_by("annotation__document_id", "id")
    of_annotation: dict[int, list[Row]] = {}
    for pk, annotation, document, fit, speaker, published, bound in found.values_list(
        "statement_id", "annotation_id", "annotation__document_id", "fit", "attributed_to__name",
        "annotation__document__published_date", "annotation__document__not_before",
    ):  # fmt: skip
        row = rows[pk]
        row.passages.add(annotation)
        row.documents.add(document)
        row.variants += fit == "variant"
        if speaker:
            row.speakers[speaker] += 1
        row.first_seen = earlier(row.first_seen, (published or bound, not published))
        of_annotation.setdefault(annotation, []).append(row)
    _placed(of_annotation)
    for annotation, tag in AnnotationTag.objects.filter(annotation_id__in=of_annotation).values_list(
        "annotation_id", "tag_id"
    ):
        for row in of_annotation[annotation]:
            row.tags[tag] += 1


def _placed(of_annotation: dict[int, list[Row]]) -> None:
    """Count the passages that no longer stand where they were marked."""
    current = Anchor.objects.filter(annotation_id__in=of_annotation, version_id=F("annotation__document__current_id"))
    for annotation in current.filter(state__in=ASTRAY).values_list("annotation_id", flat=True):
        for row in of_annotation[annotation]:
            row.astray += 1


def earlier(one: tuple[str, bool], other: tuple[str, bool]) -> tuple[str, bool]:
    """The earlier of two dates as known (YYYY, YYYY-MM or YYYY-MM-DD); an unknown one is neither."""
    if not one[0] or not other[0]:
        return one if one[0] else other
    return min(one, other)


def _tags(rows: dict[int, Row]) -> None:
    found = StatementTag.objects.filter(statement_id__in=rows).order_by("tag__order", "tag_id")
    for statement, tag in found.values_list("statement_id", "tag_id"):
        rows[statement].own.append(tag)


def _agents(rows: dict[int, Row]) -> None:
    found = StatementAgent.objects.filter(statement_id__in=rows).order_by("id")
    for statement, role, name in found.values_list("statement_id", "role", "agent__name"):
        rows[statement].agents.setdefault(role, []).append(name)


def _checks(member: Member, rows: dict[int, Row]) -> None:
    """Only what this member may read: an unreviewed check is its contributors' (UX.md 4.6)."""
    found = Verification.objects.readable_by(member).filter(statement_id__in=rows)
    for check in found.select_related("author").prefetch_related("reviews__reviewer").order_by("number"):
        approved = check.state == "approved"
        reviewers = [str(review.reviewer) for review in check.reviews.all() if review.decision and review.reviewer]
        rows[check.statement_id].check = Checked(
            tuple(check.flags), str(check.author or ""), tuple(dict.fromkeys(reviewers)), approved
        )


def _sources(rows: dict[int, Row]) -> None:
    found = Evidence.objects.filter(statement_id__in=rows, removed_at=None).values("statement_id").order_by()
    for line in found.annotate(n=Count("source_id", distinct=True)):
        rows[line["statement_id"]].sources = line["n"]


def in_order(statements: Sequence[Statement], ids: Sequence[int]) -> list[Statement]:
    """These statements in the order of `ids`; ids that are not there are left out."""
    found = {statement.pk: statement for statement in statements}
    return [found[pk] for pk in ids if pk in found]

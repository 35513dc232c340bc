"""What one row of the Tracker shows, read for a whole page at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from annotations.models import Evidence, Member, Statement, Verification
from annotations.services.bulk_rows import fetch
from annotations.services.tracker.links import ASTRAY, hidden_layers

#: Live passages of live documents, each with the state of its place in the current version.
PASSAGES = """SELECT o.statement_id, o.annotation_id, a.document_id, a.layer_id, o.fit, g.name, d.published_date,
d.not_before, p.state
FROM annotations_occurrence o
JOIN annotations_annotation a ON a.id = o.annotation_id
JOIN annotations_document d ON d.id = a.document_id
LEFT JOIN annotations_agent g ON g.id = o.attributed_to_id
LEFT JOIN annotations_anchor p ON p.annotation_id = a.id AND p.version_id = d.current_id
WHERE o.removed_at IS NULL AND a.removed_at IS NULL AND d.removed_at IS NULL AND o.statement_id IN ({marks})
ORDER BY a.document_id, o.id"""
#: A tag whose rows are going over to another one is that one already (services/following.py).
TAGS = """SELECT DISTINCT a.annotation_id, COALESCE(t.leads_to_id, a.tag_id) FROM annotations_annotationtag a
JOIN annotations_tag t ON t.id = a.tag_id WHERE a.annotation_id IN ({marks})"""
OWN_TAGS = """SELECT s.statement_id, COALESCE(t.leads_to_id, s.tag_id)
FROM annotations_statementtag s JOIN annotations_tag t ON t.id = s.tag_id
WHERE s.statement_id IN ({marks}) ORDER BY t."order", s.tag_id"""
AGENTS = """SELECT s.statement_id, s.role, a.name
FROM annotations_statementagent s JOIN annotations_agent a ON a.id = s.agent_id
WHERE s.statement_id IN ({marks}) ORDER BY s.id"""


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
    """Read without the ORM, as are the tags: each page of the list comes by here."""
    hidden = set(hidden_layers(member))
    of_annotation: dict[int, list[Row]] = {}
    for pk, annotation, document, layer, fit, speaker, published, bound, state in fetch(PASSAGES, [], rows):
        if layer in hidden:
            continue
        row = rows[pk]
        row.passages.add(annotation)
        row.documents.add(document)
        row.variants += fit == "variant"
        row.astray += state in ASTRAY
        if speaker:
            row.speakers[speaker] += 1
        row.first_seen = earlier(row.first_seen, (published or bound, not published))
        of_annotation.setdefault(annotation, []).append(row)
    for annotation, tag in fetch(TAGS, [], of_annotation):
        for row in of_annotation[annotation]:
            row.tags[tag] += 1


def earlier(one: tuple[str, bool], other: tuple[str, bool]) -> tuple[str, bool]:
    """The earlier of two dates as known (YYYY, YYYY-MM or YYYY-MM-DD); an unknown one is neither."""
    if not one[0] or not other[0]:
        return one if one[0] else other
    return min(one, other)


def _tags(rows: dict[int, Row]) -> None:
    for statement, tag in fetch(OWN_TAGS, [], rows):
        if tag not in rows[statement].own:
            rows[statement].own.append(tag)


def _agents(rows: dict[int, Row]) -> None:
    for statement, role, name in fetch(AGENTS, [], rows):
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

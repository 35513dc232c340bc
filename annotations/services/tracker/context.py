"""The passages of one statement with the words around them, for the side pane: read for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from annotations.models import Anchor, Member, Occurrence, Statement
from annotations.services import texts
from annotations.services.tracker.links import links

AROUND = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """One occurrence: `before`, `quote`, `after` are clean text; `copies` counts the same words in repeated bodies."""

    occurrence: Occurrence
    anchor: Anchor
    before: str
    quote: str
    after: str
    copies: int

    @property
    def paragraph(self) -> int:
        """Its number in the document, headings and title counted."""
        return self.anchor.block + 1


def passages(member: Member, statement: Statement) -> list[Passage]:
    """Where the statement stands in the current versions, in the order of documents and places."""
    rows = links(member).filter(statement=statement).select_related("annotation__document", "attributed_to")
    found = {row.annotation_id: row for row in rows.order_by("annotation__document_id", "id")}
    current = Anchor.objects.filter(annotation_id__in=found, version_id=F("annotation__document__current_id"))
    anchors = sorted(current, key=lambda one: (found[one.annotation_id].annotation.document_id, one.home_start))
    return [_passage(found[anchor.annotation_id], anchor) for anchor in anchors]


def _passage(row: Occurrence, anchor: Anchor) -> Passage:
    text = texts.get(anchor.version_id)
    before = text.clean[max(0, anchor.clean_start - AROUND) : anchor.clean_start]
    after = text.clean[anchor.clean_end : anchor.clean_end + AROUND]
    copies = len(text.copies(anchor.home_start, anchor.home_end))
    return Passage(row, anchor, before.split("\n")[-1], anchor.quote, after.split("\n")[0], copies)

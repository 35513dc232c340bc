"""More like this: the passages of all documents that are most like some words or a statement, and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from annotations.models import Anchor, Document, Member, Statement
from annotations.rules import limits
from annotations.rules.reasons import told
from annotations.services import recurrence
from annotations.services.recurrence import Alike, more_like
from annotations.services.suggested import OVERLAP, overlap
from annotations.text.reuse import ENOUGH
from annotations.views.door import PageRequest, page, show


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the page shows it; `labels`: statements that it expresses already."""

    alike: Alike
    document: Document
    url: str
    why: list[str]
    labels: list[str]

    @property
    def near(self) -> bool:
        """Whether it may say the same; what is further off has its words in common, no more."""
        return self.alike.verdict.score >= ENOUGH

    @property
    def paragraph(self) -> int:
        return self.alike.block + 1


@page("search")
def alike(request: PageRequest) -> HttpResponse:
    """`?q=` words (what is longer than a passage is cut), or `?statement=C-12`."""
    statement = labelled(request.member, request.GET.get("statement", ""))
    words = (statement.text if statement else request.GET.get("q", ""))[: limits.most("passage")].strip()
    found = recurrence.like_statement(request.member, statement) if statement else more_like(request.member, words)
    context = {"words": words, "statement": statement, "rows": rows(request.member, found)}
    return show(request, "annotations/alike.html", context)


def labelled(member: Member, label: str) -> Statement | None:
    """The statement with this label, if there is one."""
    prefix, _, number = label.upper().partition("-")
    kind = {"C": "claim", "P": "proposal"}.get(prefix)
    if kind is None or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        return None
    return Statement.objects.visible_to(member).filter(kind=kind, number=int(number), redirect_to=None).first()


def rows(member: Member, found: list[Alike]) -> list[Row]:
    """With their documents and what is marked there."""
    documents = Document.objects.filter(corpus=member.corpus_id).in_bulk([one.document for one in found])
    marked = labels(member, {one.version for one in found})
    made = []
    for one in found:
        span = (one.start, one.end)
        here = [label for place, label in marked.get(one.version, ()) if overlap(span, place) >= OVERLAP]
        address = reverse("document_read", args=[member.corpus.slug, one.document])
        near = one.verdict.score >= ENOUGH
        why = [told(reason, gettext) for reason in recurrence.reasons(one.verdict)] if near else []
        url = f"{address}#t={one.start}-{one.end}"
        made.append(Row(one, documents[one.document], url, why, sorted(set(here))))
    return made


def labels(member: Member, versions: set[int]) -> dict[int, list[tuple[tuple[int, int], str]]]:
    """The passages of these texts that this member may see, with the labels of their statements."""
    anchors = Anchor.objects.filter(version__in=versions, annotation__removed_at=None, annotation__layer=None)
    found: dict[int, list[tuple[tuple[int, int], str]]] = {}
    for anchor in anchors.prefetch_related("annotation__occurrences__statement"):
        for link in anchor.annotation.occurrences.all():
            if link.removed_at is None:
                place = (anchor.clean_start, anchor.clean_end)
                found.setdefault(anchor.version_id, []).append((place, link.statement.label))
    return found


urls: list[Any] = [path("alike/", alike, name="alike")]

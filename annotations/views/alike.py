"""More like this: the passages of all documents that are most like some words or a statement, what differs, and what a
person makes of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Document, Member, Statement
from annotations.rules import limits, vocabulary
from annotations.rules.errors import Invalid, Problem, noop
from annotations.rules.reasons import told
from annotations.services import close_statements, deciding, known, lookup, recurrence
from annotations.services.deciding import Decided, Place
from annotations.services.op import writing
from annotations.services.recurrence import Alike, more_like
from annotations.services.suggested import OVERLAP, overlap
from annotations.text.reuse import ENOUGH
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.undoing import done, taken_back

#: So many passages are decided on at once at most, and so many statements are offered to take them.
MOST, OFFERED = 100, 3


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the page shows it; `labels`: statements that it expresses already; `mine`: the one asked for is
    among them."""

    alike: Alike
    document: Document
    url: str
    why: list[str]
    labels: list[str]
    mine: bool

    @property
    def near(self) -> bool:
        """Whether it may say the same; what is further off has its words in common, no more."""
        return self.alike.verdict.score >= ENOUGH

    @property
    def exact(self) -> bool:
        """Whether it has the same words, and nobody has said so yet."""
        return not self.mine and self.alike.verdict.score == 1.0 and self.alike.verdict.fit == "same"

    @property
    def paragraph(self) -> int:
        return self.alike.block + 1

    @property
    def place(self) -> str:
        one = self.alike
        return f"{one.document}.{one.version}.{one.start}.{one.end}"


@page("search")
def alike(request: PageRequest) -> HttpResponse:
    """`?q=` words (what is longer than a passage is cut), or `?statement=C-12`. POST one of ALIKE_DECISIONS = the
    places it is about, or {undo} or {redo}."""
    statement = lookup.by_label(request.member, request.GET.get("statement", ""))
    words = (statement.text if statement else request.GET.get("q", ""))[: limits.most("passage")].strip()
    status = 200
    if request.method == "POST":
        try:
            return redirect(decided(request, statement, words))
        except Problem as problem:
            status = refuse(request, problem)
    found = recurrence.like_statement(request.member, statement) if statement else more_like(request.member, words)
    down = deciding.turned_down(statement, [one.quote for one in found]) if statement else set()
    made = rows(request.member, [one for one in found if one.quote not in down], statement)
    open_ones = [row for row in made if not row.mine]
    after = {row.place: then.place for row, then in pairwise(open_ones)}
    context = {
        "close": close(request.member, statement, words, made),
        "words": words, "statement": statement, "rows": [(row, after.get(row.place, "")) for row in made], "down": down,
        "exact": [row.place for row in made if row.exact] if statement else [], "done": done(request),
        "offered": [] if statement or not words else offered(request.member, words),
        "query": urlencode({"statement": statement.label} if statement else {"q": words}),
    }  # fmt: skip
    return show(request, "annotations/alike.html", context, status=status)


def decided(request: PageRequest, statement: Statement | None, words: str) -> str:
    """Do what was pressed; the address of the list, at the passage that comes next. A statement that was made of words
    takes the place of the words."""
    sent = request.POST
    with writing(by=request.member) as op:
        back = taken_back(request, op)
        if back is None:
            decision = next((code for code in vocabulary.ALIKE_DECISIONS.codes if sent.get(code)), "")
            places = [place_of(text) for text in sent.get(decision, "").split(" ")[:MOST]]
            outcome = deciding.decide(op, places, decision, statement)
            back = op.key, told_of(outcome, decision, statement)
            if statement is None and decision in vocabulary.KINDS.codes:
                statement = outcome.made[0].occurrences.filter(removed_at=None).latest("id").statement
    key, said = back
    messages.success(request, said)
    asked = {"statement": statement.label} if statement else {"q": words}
    after = request.GET.get("after", "")
    mark = f"#p-{after}" if after.replace(".", "").isdecimal() else ""
    return f"{request.path}?{urlencode(asked | {'done': key})}{mark}"


def place_of(text: str) -> Place:
    """A place as Row.place writes it."""
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        raise Invalid("decision_unknown", noop("This page is too old. Load it again."))
    return Place(*map(int, parts))


def told_of(outcome: Decided, decision: str, statement: Statement | None) -> str:
    if decision == "reject":
        return _("Turned down for good")
    if statement is not None and decision in ("accept", statement.kind):
        said = ngettext("%(n)s passage taken to %(label)s", "%(n)s passages taken to %(label)s", outcome.count)
        return said % {"n": outcome.count, "label": statement.label}
    return _("Saved")


def offered(member: Member, words: str) -> list[Statement]:
    """Statements that the passages may belong to."""
    return lookup.similar(Statement.objects.visible_to(member).filter(redirect_to=None), words, limit=OFFERED)


def close(member: Member, statement: Statement | None, words: str, made: list[Row]) -> list[close_statements.Close]:
    """Other statements close in meaning, but for those of passages that may say the same anyway."""
    if not words:
        return []
    own = known.of_corpus(member.corpus_id, [statement.pk]) if statement else ()
    found = close_statements.of(member, [words, *(one.words for one in own)], [statement.pk] if statement else [])
    there = {label for row in made if row.near for label in row.labels}
    return [one for one in found if one.statement.label not in there]


def rows(member: Member, found: list[Alike], statement: Statement | None) -> list[Row]:
    """With their documents and what is marked there."""
    documents = Document.objects.filter(corpus=member.corpus_id).in_bulk([one.document for one in found])
    marked = deciding.labels({one.version for one in found})
    made = []
    for one in found:
        span = (one.start, one.end)
        here = [label for place, label in marked.get(one.version, ()) if overlap(span, place) >= OVERLAP]
        address = reverse("document_read", args=[member.corpus.slug, one.document])
        near = one.verdict.score >= ENOUGH
        mine = statement is not None and statement.label in here
        why = [told(reason, _) for reason in recurrence.reasons(one.verdict)] if near else []
        url = f"{address}#t={one.start}-{one.end}"
        made.append(Row(one, documents[one.document], url, why, sorted(set(here)), mine))
    return made


urls: list[Any] = [path("alike/", alike, name="alike")]

"""Pairs of statements that may say the same, side by side: to be merged, or told apart for good."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.models import Lookalike, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.rules.reasons import told
from annotations.services import duplicates, lookup, recurrence
from annotations.services.duplicates import Wanted
from annotations.services.op import Op, writing
from annotations.text import restating
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import check_seen
from annotations.views.undoing import done, taken_back

PAGE = 20
CHANGED = noop("Somebody changed one of the two, or decided this, meanwhile. Look at them once more.")
STATES = vocabulary.DUPLICATE_STATES.codes
#: What is kept of the address when something was decided.
CARRIED = ("state", "kind", "fit", "difference", "q", "statement", "page")


@page("tracker")
def duplicate_list(request: PageRequest) -> HttpResponse:
    """?state=open, related or not, with the filters of `asked`. POST {one, other, decision}: what the two are; or
    {undo}, {redo}: take such an answer back, or give it again."""
    status = 200
    if request.method == "POST":
        try:
            return redirect(f"{address(request)}{answer(request)}")
        except Problem as problem:
            status = refuse(request, problem)
    state = request.GET.get("state", "")
    state = state if state in STATES else "open"
    statement = lookup.by_label(request.member, request.GET.get("statement", ""))
    wanted = asked(request, statement)
    counts = duplicates.counts(request.member, wanted)
    pages = Paginator(duplicates.pairs(request.member, state, wanted).values_list("pk", flat=True), PAGE)
    pages.count = counts[state]  # not counted twice
    found = pages.get_page(request.GET.get("page"))
    context = {
        "state": state, "tabs": [(code, counts[code], query(request, state=code)) for code in STATES], "page": found,
        "pairs": [shown(row, state) for row in duplicates.read(list(found))], "wanted": wanted, "about": statement,
        "filtered": any(request.GET.get(name) for name in CARRIED[1:-1]), "differences": vocabulary.DIFFERENCES.codes,
        "done": done(request),
    }  # fmt: skip
    return show(request, "annotations/duplicates.html", context, status=status)


def asked(request: PageRequest, statement: Statement | None) -> Wanted:
    """The filters of the address; what does not exist is left out."""
    said = request.GET

    def one_of(name: str, codes: tuple[str, ...]) -> str:
        return said.get(name, "") if said.get(name, "") in codes else ""

    return Wanted(
        one_of("kind", vocabulary.KINDS.codes), one_of("fit", vocabulary.FITS.codes),
        one_of("difference", (*vocabulary.DIFFERENCES.codes, "none")), said.get("q", "")[:200],
        statement.pk if statement else 0,
    )  # fmt: skip


def query(request: PageRequest, **also: str) -> str:
    """The filters of the address as a query, with these; the page begins anew."""
    kept = {name: request.GET[name] for name in CARRIED[:-1] if request.GET.get(name)}
    return f"?{urlencode(kept | also)}"


def address(request: PageRequest) -> str:
    kept = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    url = reverse("duplicates", args=[request.member.corpus.slug])
    return f"{url}?{urlencode(kept)}{'&' if kept else ''}"


def answer(request: PageRequest) -> str:
    """Do what the form asks; the rest of the query that leads to its undoing."""
    sent = request.POST
    with writing(by=request.member) as op:
        back = taken_back(request, op)
        if back is None:
            op.check("relate")
            one, other = named(op, sent, "one"), named(op, sent, "other")
            check_seen(sent, f"{one.version}.{other.version}", Stale("changed_meanwhile", CHANGED))
            duplicates.decide(op, one, other, sent.get("decision", ""))
        key, said = back or (op.key, _("Saved"))
    messages.success(request, said)
    return urlencode({"done": key})


def named(op: Op, sent: Any, name: str) -> Statement:
    found = lookup.by_label(op.by, sent.get(name, ""))
    if found is None:
        raise Invalid("statement_unknown", noop("There is no such statement in this corpus."), field=name)
    return found


def shown(row: Lookalike, state: str) -> dict[str, Any]:
    """A pair with what differs marked in both wordings, why it stands here, and how it could be merged."""
    loser, winner, why = duplicates.merge_order(row)
    verdict = restating.both_ways(row.one_words, row.other_words)
    mine, theirs = restating.spans(row.one_words, row.other_words)
    refusal = _(why) % {"label": loser.label, "into": winner.label} if why else ""
    reasons = [told(reason, _) for reason in recurrence.reasons(verdict)]
    return {
        "row": row, "state": state, "loser": loser, "winner": winner, "refusal": refusal,
        "why": [reason for reason in reasons if reason], "key": f"{row.one.label}-{row.other.label}",
        "sides": [side(row.one, row.one_words, mine), side(row.other, row.other_words, theirs)],
    }  # fmt: skip


def side(statement: Statement, words: str, spans: list[tuple[int, int]]) -> dict[str, Any]:
    """A statement and the wording of it that was compared; `own`: it is the statement itself."""
    return {
        "statement": statement, "pieces": pieces(words, spans), "own": words == statement.text,
        "gloss": words == statement.gloss_en,
    }  # fmt: skip


def pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """(words, whether they are marked)."""
    found, at = [], 0
    for start, end in spans:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(words, marked) for words, marked in [*found, (text[at:], False)] if words]


urls: list[Any] = [path("duplicates/", duplicate_list, name="duplicates")]

"""Pairs of statements that may contradict each other, side by side, for a person to say what they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.models import Occurrence, Statement
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import contradictions, limits, lookup
from annotations.services.contradictions import STATES, Pair, Side
from annotations.services.op import Op, writing
from annotations.text.classes import fold_text
from annotations.text.contradiction import marks
from annotations.text.numerals import spelled
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import check_seen

PAGE = 20
SHOWN = 4
CHANGED = noop("Somebody changed one of the two, or decided this, meanwhile. Look at them once more.")


@page("contradictions")
def contradiction_list(request: PageRequest) -> HttpResponse:
    """?state=open, related or not. POST {one, other, seen, decision, rationale}: what the two are."""
    asked = request.GET.get("state", "")
    state, status = asked if asked in STATES else "open", 200
    if request.method == "POST":
        try:
            with writing(by=request.member) as op:
                op.check("relate")
                decide(op, request)
            messages.success(request, _("Saved"))
            return redirect(f"{reverse('contradictions', args=[request.member.corpus.slug])}?state={state}")
        except Problem as problem:
            status = refuse(request, problem)
    counts = contradictions.counts(request.member)
    found = Paginator(range(counts[state]), PAGE).get_page(request.GET.get("page"))
    start = (found.number - 1) * PAGE
    rows = contradictions.pairs(request.member, state, start, start + PAGE)
    context = {
        "state": state, "tabs": [(code, counts[code]) for code in STATES], "page": found,
        "pairs": [shown(pair) for pair in rows], "typed": request.POST,
        "varied": contradictions.varied(request.member) if state == "open" and found.number == 1 else (),
    }  # fmt: skip
    return show(request, "annotations/contradictions.html", context, status=status)


def decide(op: Op, request: PageRequest) -> None:
    """The first of the two contradicts the second, or they do not contradict each other."""
    source, target = (named(op, request.POST.get(name, "")) for name in ("one", "other"))
    pks = sorted((source.pk, target.pk))
    list(Statement.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    relation = contradictions.known(request.member).get(frozenset(pks))
    found = Pair(Side(source, ()), Side(target, ()), "", relation)
    turned = Pair(found.other, found.one, "", relation)
    if request.POST.get("seen") != turned.seen:  # the page tells them in its own order
        check_seen(request.POST, found.seen, Stale("changed_meanwhile", CHANGED))
    decision, rationale = request.POST.get("decision", ""), request.POST.get("rationale", "").strip()
    limits.check("note", len(rationale), "rationale")
    if decision == "turned":
        contradictions.decide(op, target, source, "confirmed", rationale)
    else:
        contradictions.decide(op, source, target, decision, rationale)


def named(op: Op, label: str) -> Statement:
    found = lookup.by_label(op.by, label)
    if found is None:
        raise Invalid("statement_unknown", noop("There is no such statement in this corpus."), field="one")
    return found


def shown(pair: Pair) -> dict[str, Any]:
    return {
        "pair": pair, "key": f"{pair.one.statement.label}-{pair.other.statement.label}",
        "sides": [side(pair.one, pair.other), side(pair.other, pair.one)], "relation": pair.relation,
    }  # fmt: skip


def side(one: Side, other: Side) -> dict[str, Any]:
    """A statement with what clashes marked, and where it stands."""
    return {
        "statement": one.statement,
        "pieces": pieces(one.statement.text, other.statement.text),
        "places": [place(row) for row in one.passages[:SHOWN]],
        "more": max(0, len(one.passages) - SHOWN),
    }


def place(row: Occurrence) -> dict[str, Any]:
    return {"row": row, "document": row.annotation.document, "date": contradictions.said_on(row)}


def pieces(text: str, other: str) -> list[tuple[str, bool]]:
    """(words, whether they are marked): numbers, dates and turns of which the other one has not the same."""
    found, at = [], 0
    said = {figures(other[slice(*span)]) for span in marks(other)}
    for start, end in marks(text):
        if figures(text[start:end]) in said:
            continue
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(words, marked) for words, marked in [*found, (text[at:], False)] if words]


def figures(words: str) -> str:
    """二〇二四 and 2024年 are the same."""
    return spelled(fold_text(words)).removesuffix("年")


urls: list[Any] = [path("contradictions/", contradiction_list, name="contradictions")]

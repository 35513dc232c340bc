"""The biography of a statement: one time line and the same as a table; what is not reviewed yet is on neither."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from annotations.drawing import timeline, words
from annotations.models import Statement
from annotations.services import biography
from annotations.services.biography import Biography, Moment
from annotations.views.door import PageRequest, page, show
from annotations.views.statements import statement_of

#: Outlets with a lane of their own; the others share one.
LANES = 8
LANE, ROW, LEFT, TOP = 34, 14, 190, 28
LETTERS, SQUARE = 26, 9


@page("tracker")
def statement_biography(request: PageRequest, label: str) -> HttpResponse:
    statement = statement_of(request, label)
    if statement.label != label:
        return redirect("statement_biography", statement.corpus.slug, statement.label)
    found = biography.of(statement, request.member)
    context = {"statement": statement, "life": found, "picture": picture(statement, found)}
    return show(request, "annotations/statement_biography.html", context)


def picture(statement: Statement, found: Biography) -> dict[str, Any] | None:
    """Lanes with dots; None when nothing has a day."""
    days = {id(one): timeline.day_of(one.day) for one in found.moments}
    scale = timeline.scale(day for day in days.values() if day is not None)
    if scale is None:
        return None
    lanes: list[dict[str, Any]] = []
    top = TOP
    for name, kind, moments in grouped(found):
        there = [(one, days[id(one)]) for one in moments]
        dated = [(one, day) for one, day in there if day is not None]
        spots = timeline.apart([scale.x(day) for _, day in dated])
        high = LANE + ROW * max((row for _, row in spots), default=0)
        base = top + high - LANE / 2
        dots = [dot(one, LEFT + x, base - row * ROW) for (one, _), (x, row) in zip(dated, spots, strict=True)]
        lanes.append({"name": "".join(words.lines(name, LETTERS, 1)), "kind": kind, "y": base, "dots": dots})
        top += high
    ticks = [{"x": LEFT + x, "words": said} for x, said in timeline.ticks(scale)]
    return {"lanes": lanes, "ticks": ticks, "left": LEFT, "right": LEFT + timeline.WIDTH, "bottom": top,
            "turn": LEFT + timeline.WIDTH * 0.8,
            "width": LEFT + timeline.WIDTH + 24, "height": top + 12}  # fmt: skip


def dot(moment: Moment, x: float, y: float) -> dict[str, Any]:
    """A moment on its lane; `left` and `top` are of the square that stands for what is no passage."""
    return {"moment": moment, "x": x, "y": y, "left": x - SQUARE / 2, "top": y - SQUARE / 2, "after": x + SQUARE}


def grouped(found: Biography) -> list[tuple[str, str, list[Moment]]]:
    """(outlet, kind, moments): a lane for each outlet, the rest together, then words, verdicts, progress."""
    outlets: dict[str, list[Moment]] = {}
    for one in found.moments:
        if one.kind == "said":
            outlets.setdefault(one.lane, []).append(one)
    often = sorted(outlets, key=lambda name: (-len(outlets[name]), name))
    lanes = [(name, "said", outlets[name]) for name in often[:LANES]]
    if rest := [one for name in often[LANES:] for one in outlets[name]]:
        lanes.append(("", "said", rest))
    for kind in biography.KINDS[1:]:
        if moments := [one for one in found.moments if one.kind == kind]:
            lanes.append(("", kind, moments))
    return lanes


urls: list[Any] = [path("statements/<str:label>/biography/", statement_biography, name="statement_biography")]

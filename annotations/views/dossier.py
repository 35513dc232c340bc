"""The dossier of a claim, "why this verdict": a page to read and print, and the same as Markdown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext

from annotations.models import Member, Statement
from annotations.rules.errors import render
from annotations.services import dossier, history, lookup, quotation, workflow
from annotations.services.dossier import Dossier
from annotations.views.door import PageRequest, page, show
from annotations.views.dossier_text import markdown
from annotations.views.statements import places, statement_of
from annotations.views.telling import Told, tell

#: Events that tell who decided what: the steps of the claim, its checks and reviews, its evidence.
TRAIL = ("statement.moved", "statement.assigned", "statement.triaged", "verification.", "review.", "evidence.")


@page("tracker")
def statement_dossier(request: PageRequest, label: str) -> HttpResponse:
    """Everything the verdict rests on, in the order in which a reader asks for it."""
    context = context_of(request, statement_of(request, label))
    return show(request, "annotations/statement_dossier.html", context)


@page("tracker")
def dossier_text(request: PageRequest, label: str) -> HttpResponse:
    """The same as a Markdown file."""
    statement = statement_of(request, label)
    words = markdown(context_of(request, statement), request.build_absolute_uri)
    name = f"{statement.corpus.slug}-{statement.label}.md"
    return HttpResponse(
        words, content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def context_of(request: PageRequest, statement: Statement) -> dict[str, Any]:
    member = request.member
    found = dossier.of(statement, member, number(request))
    return {
        "statement": statement,
        "status": workflow.shown(statement),
        "dossier": found,
        "quotation": quotation.of_check(statement, lookup.occurrences(statement, member), found.evidence),
        "places": places(statement, member),
        "doubts": doubts(found),
        "trail": trail(statement, member),
    }


def number(request: HttpRequest) -> int | None:
    """?version=2; anything else asks for the newest."""
    asked = request.GET.get("version", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None


def doubts(found: Dossier) -> list[str]:
    return [render(doubt.template, doubt.params, gettext) for doubt in found.doubts]


def trail(statement: Statement, member: Member) -> list[Told]:
    """Who decided what and when, oldest first; what this member may not see is left out."""
    events = [event for event in history.of_statement(statement) if event.kind.startswith(TRAIL)]
    return tell(reversed(events), member)


urls: list[Any] = [
    path("statements/<str:label>/dossier/", statement_dossier, name="statement_dossier"),
    path("statements/<str:label>/dossier.md", dossier_text, name="dossier_text"),
]

"""The activity of a corpus: every change as a sentence, filtered, by day, with what is new since the last visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils.dateparse import parse_date

from annotations.models import Document, Event, Member
from annotations.rules import activity as parts
from annotations.services import activity
from annotations.services.activity import Asked
from annotations.services.visits import Mark
from annotations.views import acts
from annotations.views.door import PageRequest, page, show
from annotations.views.telling import tell
from annotations.views.visiting import visit

PAGE = 50
DIGITS = 18


@page("history", verb="view_history")
def history(request: PageRequest) -> HttpResponse:
    """Newest first; `before` names the seq below which a page begins, so that it stays as it is while others write."""
    asked, before, mark = asked_of(request), number(request, "before"), visit(request)
    rows = activity.events(request.member, asked)
    below = rows.filter(seq__lt=before) if before else rows
    found = list(below[: PAGE + 1])
    lines, oldest = page_of(request.member, found, mark)
    context = {
        "days": list(acts.days(lines)),
        "more": oldest if len(found) > PAGE else 0,
        "before": before,
        "mark": mark,
        "unread": unread(request.member, asked, mark),
        "statement": activity.named(request.member, asked.statement) if asked.statement else None,
        **choices(request, asked),
    }
    return show(request, "annotations/history.html", context)


def page_of(member: Member, found: list[Event], mark: Mark) -> tuple[list[acts.Act], int]:
    """The lines of a page and the seq of its oldest event. One event more than fits tells that others follow."""
    groups = acts.whole(tell(found, member), more=len(found) > PAGE)
    oldest = min((row.seq for group in groups for row in group), default=0)
    return acts.acts(groups, mark, member.pk), oldest


def unread(member: Member, asked: Asked, mark: Mark) -> int:
    """How much of what is asked for is new."""
    return activity.events(member, asked).filter(seq__gt=mark.seq).exclude(actor=member).order_by().count()


def asked_of(request: PageRequest) -> Asked:
    """The filters of the address; nonsense asks for nothing."""
    query = request.GET
    return Asked(
        person=number(request, "person"),
        document=number(request, "document"),
        statement=query.get("statement", "").strip()[:20],
        group=query.get("kind", "") if query.get("kind") in parts.GROUPS else "",
        first=day(query.get("from", "")),
        last=day(query.get("to", "")),
    )


def number(request: PageRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= DIGITS else None


def day(asked: str) -> date | None:
    try:
        return parse_date(asked)
    except ValueError:  # well formed, and no day of any month
        return None


def choices(request: PageRequest, asked: Asked) -> dict[str, Any]:
    """What the form of filters offers and shows."""
    corpus = request.member.corpus
    documents = Document.objects.filter(corpus=corpus)
    return {
        "asked": asked,
        "filtered": asked != Asked(),
        "people": Member.objects.filter(corpus=corpus).order_by("name"),
        "groups": parts.GROUPS.items(),
        "within": documents.filter(pk=asked.document).first() if asked.document is not None else None,
    }


urls: list[Any] = [path("history/", history, name="history")]

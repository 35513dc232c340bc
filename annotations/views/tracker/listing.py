"""The Tracker itself: the page, its list as a fragment, single rows, and the passages of one row in the side pane."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from annotations import filters
from annotations.filters.orders import order_by
from annotations.formats import FORMATS
from annotations.models import Member, Statement
from annotations.rules import roles, vocabulary
from annotations.rules.status import being_rechecked
from annotations.services import workflow
from annotations.services.tracker import columns, context, counts, digest, groups, rows, table
from annotations.services.tracker.columns import Column
from annotations.services.tracker.table import Look, Part, Table
from annotations.views.door import PageRequest, page, show
from annotations.views.statements import statement_of
from annotations.views.tracker import saved
from annotations.views.tracker.asked import Asked, read
from annotations.views.tracker.menus import Menus
from annotations.views.tracker.script_data import script_data

#: Filters that look beyond the statement itself.
COSTLY = frozenset({"tag", "document", "agent", "q", "fit", "passages"})


@page("tracker")
def tracker(request: PageRequest) -> HttpResponse:
    """One table over the corpus. For htmx only the list, with the parts of the head that follow it."""
    member = request.member
    choosable = columns.choosable(member.corpus)
    asked = read(request.GET, choosable)
    found = filters.statements(member, QueryDict(asked.narrowed()))
    if COSTLY & asked.filters.keys():
        found = counts.settled(found, order_by(asked.ordering))
    shown = listed(member, asked, choosable, found)
    if request.htmx and not request.htmx.history_restore_request:
        response = show(request, "annotations/_tracker_results.html", shown | {"oob": True})
        return pushed(request, response, asked)
    if asked.open:
        shown |= opened(request, asked.open)
    shown["boot"] = script_data(member, shown["tags"], shown["people"])
    return show(request, "annotations/tracker.html", shown)


def pushed(request: PageRequest, response: HttpResponse, asked: Asked) -> HttpResponse:
    """Let the address follow the list, unless it stands there already (a refresh)."""
    query = asked.query(open="")
    address = f"{request.path}?{query}" if query else request.path
    if request.htmx.current_url_abs_path != address:
        response["HX-Push-Url"] = address
    return response


def listed(member: Member, asked: Asked, choosable: Sequence[Column], found: Any) -> dict[str, Any]:
    """Everything the list and its head show."""
    tags, people = table.tags_of(member), members(member)
    counted = counts.of(member, found)
    shown = table.build(
        member, found, order_by(asked.ordering), look_of(member, asked, choosable, tags), total=counted.statements,
        page=asked.page, size=asked.size, group=asked.group,
    )  # fmt: skip
    waiting = saved.waiting(member)
    return {
        "asked": asked, "table": shown, "counts": counted, "tags": tags, "people": people, "waiting": waiting,
        "views": saved.line(member, asked, waiting), "menus": Menus(member, asked, tags, people).all(),
        "choosable": choosable, "shown_codes": {column.code for column in shown.look.columns},
        "groupings": groups.GROUPINGS.values(), "exports": exports(),
        "heads": heads(shown, asked),
        "some_filter": bool(asked.filters), "empty_corpus": not counted.statements and not asked.filters,
        "list_query": asked.listed(), "close_query": asked.query(open=""), "clear_query": cleared(asked),
        "previous_query": asked.query(page=shown.page - 1 if shown.page > 2 else "", open=""),
        "next_query": asked.query(page=shown.page + 1, open=""),
    }  # fmt: skip


def exports() -> list[tuple[str, str]]:
    """(name, label) of every format."""
    return [(name, gettext(one.label)) for name, one in FORMATS.items()]


def look_of(member: Member, asked: Asked, choosable: Sequence[Column], tags: Any) -> Look:
    opens = asked.query(open="")
    return Look(
        columns=columns.shown(choosable, asked.chosen), tags=tags, today=timezone.localdate(), slug=member.corpus.slug,
        script=asked.script, language=get_language() or "en", opens=f"?{opens}&open=" if opens else "?open=",
        editable=roles.allows(member.role, "edit_statement"),
    )  # fmt: skip


def cleared(asked: Asked) -> str:
    """The list without its filters and without a view; columns, order and grouping stay."""
    return Asked({}, asked.ordering, asked.group, asked.chosen, asked.script, size=asked.size).query()


def members(member: Member) -> list[Member]:
    """Everybody who can own a statement, oneself first."""
    rows = Member.objects.filter(corpus_id=member.corpus_id, active=True, user__isnull=False).order_by("name", "id")
    return sorted(rows, key=lambda one: one.pk != member.pk)


def heads(shown: Table, asked: Asked) -> list[tuple[Column, str, str]]:
    """(column, address that sorts by it, none, ascending or descending); "" where it cannot be sorted."""
    found = []
    for column in shown.look.columns:
        present = (asked.ordering or "number").removeprefix("-") == column.order
        down = present and asked.ordering.startswith("-")
        wanted = f"-{column.order}" if present and not down else column.order
        state = ("descending" if down else "ascending") if present and column.order else "none"
        query = asked.listed(ordering="" if wanted == "number" else wanted)
        found.append((column, f"?{query}" if column.order else "", state if column.order else ""))
    return found


@page("tracker")
def tracker_rows(request: PageRequest) -> HttpResponse:
    """Single rows as they are now, for a cell that was edited: ?ids=1,2 and the shape of the list."""
    member = request.member
    query = request.GET.copy()
    ids = [int(pk) for pk in "".join(query.pop("ids", [""])[-1:]).split(",") if pk.isdecimal()][: table.MOST]
    choosable = columns.choosable(member.corpus)
    asked = read(query, choosable)
    found = Statement.objects.visible_to(member).filter(pk__in=ids, redirect_to=None).select_related("assignee")
    look = look_of(member, asked, choosable, table.tags_of(member))
    read_rows = rows.read(member, rows.in_order(list(found), ids), [column.code for column in look.columns])
    shown = Table(look, [Part(None, "", len(read_rows), read_rows)], 0, len(read_rows), table.SIZE)
    return show(request, "annotations/_tracker_rows.html", {"table": shown})


@page("tracker", verb="export")
def tracker_digest(request: PageRequest) -> HttpResponse:
    """The list as Markdown, texts as written, reviewed verdicts only."""
    member = request.member
    asked = read(request.GET, columns.choosable(member.corpus))
    found = filters.statements(member, QueryDict(asked.narrowed())).order_by(*order_by(asked.ordering))
    words = digest.digest(
        member, list(found[: digest.MOST + 1]), member.corpus.name, gettext, partial(_address, request)
    )
    return HttpResponse(words, content_type="text/markdown; charset=utf-8")


def _address(request: PageRequest, thing: str) -> str:
    """The whole address of a statement by its label, or of a path."""
    path = thing if thing.startswith("/") else reverse("statement_detail", args=[request.member.corpus.slug, thing])
    return f"{settings.BASE_URL}{path}"


@page("tracker")
def tracker_pane(request: PageRequest, label: str) -> HttpResponse:
    """The passages of one statement in context. Without scripts the Tracker itself opens with it."""
    if not request.htmx:
        return redirect(f"{reverse('tracker', args=[request.member.corpus.slug])}?open={label}")
    return show(request, "annotations/_tracker_pane.html", opened(request, label))


def opened(request: PageRequest, label: str) -> dict[str, Any]:
    """What the pane shows of the statement with this label; the page's own 404 when there is none."""
    statement = statement_of(request, label)
    moves = [move for move in workflow.moves(statement, request.member) if move.forbidden is None]
    return {
        "statement": statement, "status": workflow.shown(statement), "moves": moves,
        "passages": context.passages(request.member, statement),
        "rechecked": being_rechecked(statement.work, statement.public),
        "types": vocabulary.CLAIM_TYPES if statement.kind == "claim" else vocabulary.MECHANISMS,
    }  # fmt: skip

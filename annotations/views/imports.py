"""The import pages: a file, its columns, a preview of every row, then the import and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from annotations.formats.column_names import FIELDS
from annotations.forms.imports import ColumnsForm, DocumentForm, UploadForm
from annotations.http.problems import sentence
from annotations.rules import roles
from annotations.rules.errors import Problem
from annotations.services import imports_kept, imports_states, imports_steps
from annotations.services import restore as dumps
from annotations.services.imports import STATES
from annotations.services.imports_kept import Kept
from annotations.services.imports_run import VERBS
from annotations.views import imports_shown as shown
from annotations.views.door import PageRequest, page, say, show

PAGE = 50
SAMPLE = 3
MADE = (
    "documents", "annotations", "statements", "tags", "verifications", "evidence", "sources", "relations", "milestones",
    "members",
)  # fmt: skip
#: States of which the last page lists each item, and how many at most.
TOLD, MOST_TOLD = ("several", "missing", "no_document", "refused"), 200


@page("import", verb="import_annotations")
def import_page(request: PageRequest) -> HttpResponse:
    """Send a file; what it is, is told by its content."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = imports_steps.start(request.member, file.read(), file.name)
            return redirect("import_step", request.member.corpus.slug, kept.uid)
        except Problem as problem:
            form.add_error("file", sentence(problem))
    may_dump = roles.allows(request.member.role, "import_corpus")
    return show(request, "annotations/import_page.html", {"form": form, "may_dump": may_dump})


@page("import", verb="import_annotations")
def import_step(request: PageRequest, uid: UUID) -> HttpResponse:
    """GET: the step that the import is at (`?columns` goes back to them). POST: `action`."""
    kept = imports_kept.load(request.member, uid)
    if kept.kind in VERBS:
        roles.check(request.member.role, VERBS[kept.kind])
    if request.method == "POST":
        return act(request, kept)
    if kept.state.get("done"):
        return done(request, kept)
    if kept.kind != imports_steps.TABLE:
        return report(request, kept)
    if kept.state["items"] is None or "columns" in request.GET:
        return columns(request, kept)
    return preview(request, kept)


def act(request: PageRequest, kept: Kept) -> HttpResponse:
    action, query = request.POST.get("action", ""), ""
    try:
        if action == "discard":
            imports_kept.forget(kept)
            return redirect("import_page", request.member.corpus.slug)
        if action == "columns":
            return choose_columns(request, kept)
        if action == "sheet":
            imports_steps.choose_sheet(kept, request.POST.get("sheet", ""))
        elif action == "document":
            choose_document(request, kept)
        elif not kept.state.get("done"):
            query = go_on(request, kept, action)
    except Problem as problem:
        say(request, problem)
    return redirect(reverse("import_step", args=[request.member.corpus.slug, kept.uid]) + query)


def go_on(request: PageRequest, kept: Kept, action: str) -> str:
    """Keep the choices of this page; import, or turn to another page (its query)."""
    if kept.kind == imports_steps.TABLE and "progress" not in kept.state:
        imports_steps.choose_places(kept, choices(request))
    if action == "import":
        imports_steps.go_on(request.member, kept)
        return ""
    state, number = request.POST.get("state", ""), action.removeprefix("page-")
    return f"?page={number if number.isdecimal() else 1}" + (f"&state={state}" if state in STATES else "")


def choices(request: PageRequest) -> dict[int, int | None]:
    """The fields place-<row>: which of the places, "" for none yet."""
    found: dict[int, int | None] = {}
    for name in request.POST:
        number, value = name.removeprefix("place-"), request.POST.get(name, "")
        if name.startswith("place-") and number.isdecimal():
            found[int(number)] = int(value) if value.isdecimal() else None
    return found


def choose_columns(request: PageRequest, kept: Kept) -> HttpResponse:
    form = ColumnsForm(request.POST, columns=kept.state["table"]["columns"], corpus=request.member.corpus)
    if form.is_valid():
        document = form.cleaned_data["document_otherwise"]
        try:
            imports_steps.choose_columns(
                request.member, kept, form.mapping, form.cleaned_data["kind_otherwise"], document and document.pk
            )
            return redirect("import_step", request.member.corpus.slug, kept.uid)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, sentence(problem))
    return columns(request, kept, form)


def choose_document(request: PageRequest, kept: Kept) -> None:
    form = DocumentForm(request.POST, corpus=request.member.corpus)
    if form.is_valid():
        document = form.cleaned_data["document"]
        imports_steps.choose_document(request.member, kept, document and document.pk)


def columns(request: PageRequest, kept: Kept, form: ColumnsForm | None = None) -> HttpResponse:
    table, state = kept.state["table"], kept.state
    initial = {**state["mapping"], "kind_otherwise": state["kind"], "document_otherwise": state["document"]}
    form = form or ColumnsForm(None, initial=initial, columns=table["columns"], corpus=request.member.corpus)
    context = {
        "kept": kept, "form": form, "columns": table["columns"], "sample": table["rows"][:SAMPLE],
        "rows": len(table["rows"]), "guessed": bool(state["mapping"]),
        "first": [form[name] for name in FIELDS], "rest": [form["kind_otherwise"], form["document_otherwise"]],
    }  # fmt: skip
    return show(request, "annotations/import_columns.html", context, status=422 if form.errors else 200)


def preview(request: PageRequest, kept: Kept) -> HttpResponse:
    plain, wanted = kept.state["items"], request.GET.get("state", "")
    states = Counter(item["state"] for item in plain)
    listed = [item for item in plain if item["state"] == wanted] if wanted in STATES else plain
    found = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    choices, slug = kept.state["choices"], request.member.corpus.slug
    items = imports_states.load(list(found.object_list))
    progress = kept.state.get("progress")
    context = {
        "kept": kept, "page": found, "states": shown.counted(states, wanted), "state": wanted,
        "items": [shown.row(item, slug, choices.get(str(item.number))) for item in items], "total": len(plain),
        "new": sum(count for code, count in states.items() if code not in ("here", "refused")),
        "undecided": states["several"] - len(choices), "position": progress["position"] if progress else None,
    }  # fmt: skip
    return show(request, "annotations/import_preview.html", context)


def report(request: PageRequest, kept: Kept) -> HttpResponse:
    """Annotations of another program, or a dump, before the import."""
    told, wanted = kept.state["report"], request.GET.get("state", "")
    listed = [item for item in told["items"] if item["state"] == wanted] if wanted in STATES else told["items"]
    found = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        "kept": kept, "page": found, "states": shown.counted(told["states"], wanted), "state": wanted,
        "items": shown.reported(list(found.object_list), request.member), "notices": told["notices"],
        "made": told_made(told["made"]),
        "new": sum(told["states"].get(code, 0) for code in ("anchored", "changed")),
        "form": DocumentForm(None, initial={"document": kept.state["document"]}, corpus=request.member.corpus),
        "is_empty": kept.kind == "json" and dumps.is_empty(request.member.corpus),
    }  # fmt: skip
    return show(request, "annotations/import_report.html", context)


def told_made(made: Mapping[str, int]) -> dict[str, int]:
    """What the page tells of what was made: the names of the template _import_made.html, in this order."""
    return {name: made[name] for name in MADE if made.get(name)}


def done(request: PageRequest, kept: Kept) -> HttpResponse:
    """What was added, and what needs somebody's eye."""
    if kept.kind == imports_steps.TABLE:
        items = imports_states.load(kept.state["items"])
        made = kept.state["progress"]["made"]
        states = dict(Counter(item.state for item in items))
        slug = request.member.corpus.slug
        told = [shown.row(item, slug, None) for item in items if item.state in TOLD or item.problems]
        notices: list[dict[str, str]] = []
    else:
        result = kept.state["report"]
        made, states, notices = result["made"], result["states"], result["notices"]
        some = [item for item in result["items"] if item["state"] in TOLD or item["problems"]]
        told = shown.reported(some, request.member)
    context = {
        "kept": kept, "made": told_made(made), "unplaced": made.get("unplaced", 0), "notices": notices,
        "states": shown.counted(states, ""), "told": told[:MOST_TOLD], "more": max(0, len(told) - MOST_TOLD),
    }  # fmt: skip
    return show(request, "annotations/import_done.html", context)


urls: list[Any] = [
    path("import/", import_page, name="import_page"),
    path("import/<uuid:uid>/", import_step, name="import_step"),
]

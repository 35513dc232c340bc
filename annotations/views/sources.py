"""Sources: the list, adding by address, text or file, the page with snapshots and everything that rests on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import SourceEditForm, SourceForm
from annotations.http.problems import sentence
from annotations.models import Snapshot, Source
from annotations.rules import roles
from annotations.rules.errors import Problem, Refused
from annotations.services import captures, citations, lookup, snapshots, sources, verifications
from annotations.services.op import writing
from annotations.views import snapshots_shown
from annotations.views.door import PageRequest, page, refuse, say, show
from annotations.views.meeting import alone, both_versions, valid
from annotations.views.selecting import purpose_of, selecting
from annotations.views.snapshots import described, source_of

PAGE = 50


@page("sources")
def source_list(request: PageRequest) -> HttpResponse:
    rows = Source.objects.filter(corpus=request.member.corpus, removed_at=None)
    asked = request.GET.get("q", "").strip()
    if asked:
        rows = rows.filter(
            Q(title__icontains=asked)
            | Q(publisher__icontains=asked)
            | Q(identifier__icontains=asked)
            | Q(url__icontains=asked)
        )
    live = Q(evidence__removed_at=None)
    said = Snapshot.objects.filter(source=OuterRef("pk")).order_by("-id").values("text_sha256")
    rows = rows.annotate(
        uses=Count("evidence", filter=live, distinct=True),
        claims=Count("evidence__statement", filter=live, distinct=True),
        shots=Count("snapshots", distinct=True),
        says=Subquery(said[:1]),
        said_before=Subquery(said[1:2]),
    )
    found = Paginator(rows.order_by("title"), PAGE).get_page(request.GET.get("page"))
    context = {"page": found, "total": found.paginator.count, "asked": asked, "purpose": purpose_of(request)}
    return show(request, "annotations/source_list.html", context)


@page("sources", verb="add_source")
def source_new(request: PageRequest) -> HttpResponse:
    """A source by address and title; pasted text or a file becomes its first snapshot."""
    purpose = purpose_of(request)
    context = {"fetching": captures.enabled(), "purpose": purpose}
    if request.method == "POST" and "read" in request.POST:
        return show(request, "annotations/source_form.html", {"form": cited(request), **context})
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            material = material_of(form)
            with writing(by=request.member) as op:
                made = sources.create(op, material=material, again=form.cleaned_data["again"], **form.values())
                if made.url and form.cleaned_data["capture"] and captures.enabled():
                    captures.ask(op, made)
            return redirect(f"{made.get_absolute_url()}{purpose.carry}")
        except Refused as problem:
            form.add_error(None, sentence(problem))
            form.present = Source.objects.filter(pk=int(str(problem.params.get("id", 0)))).first()
        except Problem as problem:
            refuse(request, problem)
    return show(request, "annotations/source_form.html", {"form": form, **context})


def cited(request: PageRequest) -> SourceForm:
    """The form as it was sent, filled in from the citation; nothing is saved yet, and what was typed stays."""
    typed = {name: request.POST[name] for name in SourceForm.base_fields if request.POST.get(name)}
    try:
        found = citations.read(request.POST.get("citation", ""))
    except Problem as problem:
        say(request, problem)
        found = {}
    else:
        messages.success(request, _("Filled in from the citation and not saved yet. Look it through."))
    typed.pop("type", None) if "type" in found else None  # a choice always has a value; nobody typed it
    return SourceForm(initial=snapshots_shown.for_form(found) | typed | {"capture": "capture" in request.POST})


def material_of(form: SourceForm) -> snapshots.Material | None:
    """What the file says, else the pasted text; None without either."""
    file = form.cleaned_data["file"]
    if file:
        return snapshots.uploaded(file.read(), file.name or "")
    text = str(form.cleaned_data["text"])
    return snapshots.pasted(text) if text.strip() else None


@page("sources")
def source_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Who relies on it, what was archived; POST `text` or `file` archives what it says today."""
    source = source_of(request, pk)
    purpose = purpose_of(request)
    if request.method == "POST" and _archive(request, source):
        return redirect(f"{source.get_absolute_url()}{purpose.carry}")
    shots = list(source.snapshots.select_related("created_by").order_by("-id"))
    newest = shots[0] if shots else None
    context = {
        "source": source,
        "snapshots": shots,
        "snapshot": newest,
        "shown": snapshots_shown.shown(newest) if newest else [],
        "described": described(purpose, newest),
        "changed": snapshots_shown.changed(shots),
        "capture": source.captures.select_related("asked_by").order_by("-id").first(),
        "fetching": captures.enabled(),
        "twins": snapshots.twins(source, shots[0]) if shots else [],
        "proposals": snapshots_shown.proposals(source, shots),
        "typed": request.POST.get("text", ""),
        **selecting(request, source, newest, purpose),
        **relying(request, source),
    }
    return show(request, "annotations/source_detail.html", context)


def relying(request: PageRequest, source: Source) -> dict[str, object]:
    """All that rests on it, and how many statements that are; stances only as far as this member may see them."""
    live = source.evidence.filter(removed_at=None, statement__removed_at=None)
    rows = verifications.newest_evidence(live, request.member).select_related("statement", "created_by")
    found = list(rows.order_by("statement__kind", "statement__number"))
    seen = lookup.stances_seen(found, request.member)
    return {
        "evidence": [(row, row.pk in seen) for row in found],
        "lost": sum(row.quote_stands is False for row in found),
        "statements": len({row.statement_id for row in found}),
        "milestones": source.milestones.filter(removed_at=None).select_related("statement"),
        "group": same_group(source),
    }


def same_group(source: Source) -> list[Source]:
    """The other sources of the same origin, which count as one with it."""
    rows = Source.objects.filter(corpus=source.corpus, removed_at=None, independent_group=source.independent_group)
    return list(rows.exclude(pk=source.pk).order_by("title")) if source.independent_group else []


def _archive(request: PageRequest, source: Source) -> bool:
    """Keep the pasted text or the file; what is slow comes before the transaction."""
    roles.check(request.member.role, "add_source")
    file = request.FILES.get("file")
    try:
        if file is not None:
            material = snapshots.uploaded(file.read(), file.name or "")
        else:
            material = snapshots.pasted(request.POST.get("text", ""))
        with writing(by=request.member) as op:
            stored = snapshots.store(op, Source.objects.select_for_update().get(pk=source.pk), material)
    except Problem as problem:
        refuse(request, problem)
        return False
    messages.success(request, _("It says the same as the newest snapshot.") if stored.unchanged else _("Saved"))
    return True


@page("sources", verb="add_source")
def source_capture(request: PageRequest, pk: int) -> HttpResponse:
    """Have the address captured; the page one comes from shows how it goes."""
    source = source_of(request, pk)
    if request.method == "POST":
        try:
            with writing(by=request.member) as op:
                captures.ask(op, source)
        except Problem as problem:
            refuse(request, problem)
    return redirect(f"{source.get_absolute_url()}{purpose_of(request).carry}")


@page("sources", verb="edit_source")
def source_edit(request: PageRequest, pk: int) -> HttpResponse:
    source = source_of(request, pk)
    shots = list(source.snapshots.order_by("-id")[:1]) if "proposed" in request.GET else []
    proposed = {one.name: one.value for one in snapshots_shown.proposals(source, shots)}
    form = SourceEditForm(request.POST or None, initial=initial(source))
    if proposed and not form.is_bound:
        form.offer(snapshots_shown.for_form(proposed))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with writing(by=request.member) as op:
                row = Source.objects.select_for_update(of=("self",)).get(pk=pk)
                fresh = SourceEditForm(request.POST, initial=initial(row))
                alone(op, fresh, row)
                sources.update(op, row, **valid(fresh).values())
            return redirect(source.get_absolute_url())
        except Problem as problem:
            status = refuse(request, problem)
            form = SourceEditForm(request.POST, initial=initial(source_of(request, pk)))
    context = {"form": form, "source": source, "proposed": proposed, **both_versions(form)}
    return show(request, "annotations/source_form.html", context, status=status)


def initial(source: Source) -> dict[str, Any]:
    found = {name: getattr(source, name) for name in sources.EDITABLE}
    return found | {"authors": "; ".join(source.authors)}


urls: list[Any] = [
    path("sources/", source_list, name="source_list"),
    path("sources/new/", source_new, name="source_new"),
    path("sources/<int:pk>/", source_detail, name="source_detail"),
    path("sources/<int:pk>/capture/", source_capture, name="source_capture"),
    path("sources/<int:pk>/edit/", source_edit, name="source_edit"),
]

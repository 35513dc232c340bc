"""Sources: the list, adding by address, text or file, the page with snapshots and everything that rests on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations import sandbox
from annotations.forms import SourceForm
from annotations.http.problems import sentence
from annotations.models import Source
from annotations.rules.errors import Problem, Refused
from annotations.services import access, limits, lookup, sources
from annotations.services.op import writing
from annotations.views.door import PageRequest, page, refuse, show

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
    rows = rows.annotate(
        uses=Count("evidence", filter=live, distinct=True),
        claims=Count("evidence__statement", filter=live, distinct=True),
        shots=Count("snapshots", distinct=True),
    )
    found = Paginator(rows.order_by("title"), PAGE).get_page(request.GET.get("page"))
    return show(
        request, "annotations/source_list.html", {"page": found, "total": found.paginator.count, "asked": asked}
    )


@page("sources", verb="add_source")
def source_new(request: PageRequest) -> HttpResponse:
    """A source by address and title; pasted text or a file becomes its first snapshot."""
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = text_of(form)
            with writing(by=request.member) as op:
                made = sources.create(op, text=text, again=form.cleaned_data["again"], **form.values())
            return redirect(made.get_absolute_url())
        except Refused as problem:
            form.add_error(None, sentence(problem))
            form.present = Source.objects.filter(pk=int(str(problem.params.get("id", 0)))).first()
        except Problem as problem:
            refuse(request, problem)
    return show(request, "annotations/source_form.html", {"form": form})


def text_of(form: SourceForm) -> str:
    """The pasted text, else what the sandbox reads from the file."""
    file = form.cleaned_data["file"]
    if not file:
        return str(form.cleaned_data["text"])
    return sandbox.read_upload(file.read(), file.name or "", limits.of_sandbox()).text


def source_of(request: PageRequest, pk: int) -> Source:
    found = Source.objects.filter(corpus=request.member.corpus, removed_at=None, pk=pk).first()
    if found is None:
        raise access.not_found()
    found.corpus = request.member.corpus
    return found


@page("sources")
def source_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Who relies on it, what was archived; POST `text` archives what it says today."""
    source = source_of(request, pk)
    if request.method == "POST" and _capture(request, source):
        return redirect(source.get_absolute_url())
    rows = source.evidence.filter(removed_at=None, statement__removed_at=None).select_related("statement", "created_by")
    context = {
        "source": source,
        "snapshots": source.snapshots.order_by("-id"),
        "evidence": [
            (row, lookup.may_see_stance(row, request.member))
            for row in rows.order_by("statement__kind", "statement__number")
        ],
        "typed": request.POST.get("text", ""),
        "milestones": source.milestones.filter(removed_at=None).select_related("statement"),
    }
    return show(request, "annotations/source_detail.html", context)


def _capture(request: PageRequest, source: Source) -> bool:
    try:
        with writing(by=request.member) as op:
            sources.capture_text(op, Source.objects.get(pk=source.pk), request.POST.get("text", ""))
        messages.success(request, _("Saved"))
        return True
    except Problem as problem:
        refuse(request, problem)
        return False


@page("sources", verb="edit_source")
def source_edit(request: PageRequest, pk: int) -> HttpResponse:
    source = source_of(request, pk)
    form = SourceForm(request.POST or None, initial=initial(source))
    if request.method == "POST" and form.is_valid():
        try:
            with writing(by=request.member) as op:
                sources.update(op, Source.objects.get(pk=pk), **form.values())
            return redirect(source.get_absolute_url())
        except Problem as problem:
            refuse(request, problem)
    return show(request, "annotations/source_form.html", {"form": form, "source": source})


def initial(source: Source) -> dict[str, Any]:
    found = {name: getattr(source, name) for name in sources.EDITABLE}
    return found | {"authors": "; ".join(source.authors)}


urls: list[Any] = [
    path("sources/", source_list, name="source_list"),
    path("sources/new/", source_new, name="source_new"),
    path("sources/<int:pk>/", source_detail, name="source_detail"),
    path("sources/<int:pk>/edit/", source_edit, name="source_edit"),
]

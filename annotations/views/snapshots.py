"""The page of a snapshot, on which evidence is selected; and evidence that can only be described."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.forms import DescribedForm
from annotations.models import Evidence, Snapshot, Source, Statement
from annotations.rules.errors import Problem
from annotations.services import access, sources, verifications
from annotations.services.op import writing
from annotations.text import difference
from annotations.views import snapshots_shown
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.selecting import Purpose, purpose_of, selecting
from annotations.views.statements import statement_of


def source_of(request: PageRequest, pk: int) -> Source:
    """The source with this id in the corpus; 404 without one."""
    found = Source.objects.filter(corpus=request.member.corpus, removed_at=None, pk=pk).first()
    if found is None:
        raise access.not_found()
    found.corpus = request.member.corpus
    return found


def snapshot_of(source: Source, pk: int) -> Snapshot:
    found: Snapshot | None = source.snapshots.select_related("created_by", "file").filter(pk=pk).first()
    if found is None:
        raise access.not_found()
    return found


@page("sources")
def source_snapshot(request: PageRequest, pk: int, shot: int) -> HttpResponse:
    """One snapshot: its text to select in, where it comes from, and what changed since the one before."""
    source = source_of(request, pk)
    purpose = purpose_of(request)
    found = snapshot_of(source, shot)
    before = source.snapshots.filter(pk__lt=shot).order_by("-id").first()
    context = {
        "source": source, "snapshot": found, "before": before, "shown": snapshots_shown.shown(found),
        "lines": difference.compare(before.text, found.text) if before else [],
        "newest": not source.snapshots.filter(pk__gt=shot).exists(),
        "described": described(purpose, found), **selecting(request, source, found, purpose),
    }  # fmt: skip
    return show(request, "annotations/source_snapshot.html", context)


def described(purpose: Purpose, snapshot: Snapshot | None) -> DescribedForm:
    """The empty form, with the statement one came for."""
    label = purpose.statement.label if purpose.statement else ""
    return DescribedForm(initial={"statement": label, "snapshot": snapshot.pk if snapshot else None})


@page("sources", verb="add_evidence")
def source_describe(request: PageRequest, pk: int) -> HttpResponse:
    """Evidence without a quotation: what a picture, a table or a recording shows, in words. Back to where one was."""
    source = source_of(request, pk)
    purpose = purpose_of(request)
    form = DescribedForm(request.POST) if request.method == "POST" else described(purpose, None)
    if form.is_bound and form.is_valid() and (statement := named(request, form)):
        try:
            made = attach(request, source, statement, purpose, form.cleaned_data)
            messages.success(request, _("Saved"))
            return redirect(address_of(made, purpose))
        except Problem as problem:
            refuse(request, problem)
    context = {"source": source, "described": form, "purpose": purpose}
    return show(request, "annotations/source_describe.html", context)


def named(request: PageRequest, form: DescribedForm) -> Statement | None:
    """The statement with the number that was typed; None with the reason at the field."""
    try:
        return statement_of(request, form.cleaned_data["statement"])
    except Problem:
        form.add_error("statement", _("There is no claim or proposal with this number. It looks like C-12 or P-7."))
        return None


def attach(
    request: PageRequest, source: Source, statement: Statement, purpose: Purpose, values: dict[str, Any]
) -> Evidence:
    """Save it, under the answer one came for when that is of this statement."""
    words = {name: values[name] for name in ("stance", "medium", "locator", "note")}
    snapshot = snapshot_of(source, values["snapshot"]) if values["snapshot"] else None
    with writing(by=request.member) as op:
        made = sources.add_evidence(op, statement, source, snapshot=snapshot, **words)
        if purpose.answer is not None and purpose.statement == statement:
            verifications.place(op, made, purpose.answer)
    return made


def address_of(evidence: Evidence, purpose: Purpose) -> str:
    """Where it is shown: the page of its snapshot, else of its source."""
    slug, source, snapshot = evidence.corpus.slug, evidence.source_id, evidence.snapshot_id
    if snapshot is None:
        return f"{reverse('source_detail', args=[slug, source])}{purpose.carry}#e-{evidence.pk}"
    return f"{reverse('source_snapshot', args=[slug, source, snapshot])}{purpose.carry}#e-{evidence.pk}"


urls: list[Any] = [
    path("sources/<int:pk>/snapshots/<int:shot>/", source_snapshot, name="source_snapshot"),
    path("sources/<int:pk>/describe/", source_describe, name="source_describe"),
]

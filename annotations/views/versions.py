"""Versions of a document: the list, a new one with its preview, and what changed between two with its repairs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms.versions import VersionForm
from annotations.http.problems import sentence
from annotations.models import Annotation, Document, Version
from annotations.readers import READERS
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import access, comparison, imports_kept, new_versions, texts, undo, versions
from annotations.services.annotations import Span
from annotations.services.comparison import ALL_EFFECTS, Comparison
from annotations.services.op import Op, writing
from annotations.views.documents import document_of
from annotations.views.door import PageRequest, attempt, page, say, show
from annotations.views.meeting import check_seen

ROWS = 150  # lines of a comparison on a page
MOST = 100  # passages to look at on a page
#: The states in the order of the summary; what a person settled as lost stands last.
STATES = ("ok", "moved", "changed", "ambiguous", "orphaned", "lost")


@page("documents", post="add_version")
def version_list(request: PageRequest, pk: int) -> HttpResponse:
    """All versions, newest first, with what to compare; a new one is sent from here."""
    document = document_of(request, pk)
    form = VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        sent = {"data": file.read(), "name": file.name or "file"} if file else {"text": form.cleaned_data["text"]}
        try:
            draft = new_versions.begin(request.member, document, **sent)
            return redirect("version_preview", request.member.corpus.slug, pk, draft.kept.uid)
        except Problem as problem:
            form.add_error("file" if file else "text", sentence(problem))
    rows = list(document.versions.select_related("created_by").order_by("-number"))
    context = {
        "document": document, "form": form, "pairs": list(zip(rows, [*rows[1:], None], strict=True)),
        "accepted": [extension for reader in READERS for extension in reader.extensions],
        "to_check": to_check(request, document),
    }  # fmt: skip
    return show(request, "annotations/version_list.html", context)


def to_check(request: PageRequest, document: Document) -> int:
    """How many passages of the current version somebody should look at."""
    lost = versions.orphans(document, request.member)
    gone = versions.lost(lost, document)
    return versions.to_check(document, request.member).count() + lost.exclude(pk__in=gone.values("pk")).count()


@page("documents", verb="add_version")
def version_preview(request: PageRequest, pk: int, uid: UUID) -> HttpResponse:
    """What a text would change, before it is stored. POST: store it, or `action` discard."""
    document = document_of(request, pk)
    slug = request.member.corpus.slug
    if request.method == "POST" and request.POST.get("action") == "discard":
        imports_kept.forget(imports_kept.load(request.member, uid, imports_kept.VERSION))
        return redirect("version_list", slug, pk)
    draft = new_versions.resume(request.member, document, uid)
    if request.method == "POST":
        incoming = new_versions.with_file(draft)
        try:
            with writing(by=request.member) as op:
                made = new_versions.finish(op, document, draft, incoming)
        except Problem as problem:
            say(request, problem)
            return redirect("version_preview", slug, pk, uid)
        messages.success(request, _("Version %(n)s is the current one now.") % {"n": made.number})
        return redirect("version_changes", slug, pk)
    found = comparison.planned(document, request.member, draft.plan)
    number = max(document.versions.values_list("number", flat=True), default=0) + 1
    context = {"kept": draft.kept, "number": number, "incoming": draft.incoming, **compared(request, found)}
    return show(request, "annotations/version_preview.html", {"document": document, **context})


def compared(request: PageRequest, found: Comparison) -> dict[str, Any]:
    """What _comparison.html expects."""
    whole = "all" in request.GET
    shown = Paginator(comparison.segments(found, whole=whole), ROWS).get_page(request.GET.get("page"))
    doubtful = [one for one in found.passages if one.to_check]
    return {
        "found": found, "lines": comparison.lines(found, list(shown)), "page": shown, "whole": whole,
        "counts": [(state, found.counts[state]) for state in STATES if found.counts[state]],
        "effects": [(code, found.effects[code]) for code in ALL_EFFECTS if found.effects[code]],
        "doubtful": doubtful[:MOST], "more": max(0, len(doubtful) - MOST), "doubtful_count": len(doubtful),
    }  # fmt: skip


def two_of(request: PageRequest, document: Document) -> tuple[Version, Version]:
    """The versions `?from=` and `?to=` by their numbers; without them the current one and the one before it."""
    rows = {row.number: row for row in document.versions.all()}
    numbers = sorted(rows)
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    new = int(asked[1]) if asked[1].isdecimal() else numbers[-1]
    old = int(asked[0]) if asked[0].isdecimal() else max((n for n in numbers if n < new), default=0)
    if old not in rows or new not in rows or old == new:
        raise access.not_found()
    return rows[old], rows[new]


@page("documents", post="reanchor")
def version_changes(request: PageRequest, pk: int) -> HttpResponse:
    """Two versions side by side, every passage with what became of it; what needs a look can be settled here."""
    document = document_of(request, pk)
    status = 200
    if request.method == "POST":
        query = request.GET.copy()
        status = attempt(request, _settle, document, query, said=None)
        if status == 302:
            return redirect(f"{request.path}?{query.urlencode()}#to-check")
    if document.versions.count() < 2:
        return redirect("version_list", request.member.corpus.slug, pk)
    old, new = two_of(request, document)
    context = {
        "document": document, "old": old, "new": new, "versions": document.versions.order_by("number"),
        "current": new.pk == document.current_id, "done": request.GET.get("done", ""),
        **compared(request, comparison.stored(document, request.member, old, new)),
    }  # fmt: skip
    return show(request, "annotations/version_changes.html", context, status=status)


def _settle(request: PageRequest, document: Document, query: QueryDict) -> None:
    """`query` gets what the step can be taken back by."""
    with writing(by=request.member) as op:
        settle(op, request, document)
    query["done"] = op.key


def settle(op: Op, request: PageRequest, document: Document) -> None:
    """POST `action`: right, lost, seek or undo; `annotation` and what was `seen` of it."""
    action = request.POST.get("action", "")
    if action == "undo":
        undo.undo(op, request.POST.get("op", ""))
        return
    if action not in SETTLED:
        raise Invalid("action_unknown", noop("This page is too old. Load it again."))
    annotation = annotation_of(op, document, request.POST.get("annotation", ""))
    stale = noop("Somebody changed this passage meanwhile. Look at it again.")
    check_seen(request.POST, annotation.version, Stale("changed_meanwhile", stale))
    SETTLED[action](op, annotation)


def annotation_of(op: Op, document: Document, pk: str) -> Annotation:
    """A passage of this document that the member may see, locked until commit."""
    known = Annotation.objects.visible_to(op.by).filter(document=document, pk=int(pk) if pk.isdecimal() else 0)
    rows = Annotation.objects.select_for_update(of=("self",)).select_related("document__current")
    found = rows.filter(pk__in=list(known.values_list("pk", flat=True))).first()
    if found is None:
        raise access.not_found()
    found.document.corpus = op.corpus
    return found


def right(op: Op, annotation: Annotation) -> None:
    """The place that was found is the right one."""
    anchor = annotation.anchors.filter(version=annotation.document.current).first()
    if anchor is None:
        raise access.not_found()
    text = texts.get(anchor.version_id)
    versions.reattach(op, annotation, Span(anchor.start, anchor.end, "raw", text.raw[anchor.start : anchor.end]))


SETTLED = {"right": right, "lost": versions.let_go, "seek": versions.seek}

urls: list[Any] = [
    path("documents/<int:pk>/versions/", version_list, name="version_list"),
    path("documents/<int:pk>/versions/<uuid:uid>/", version_preview, name="version_preview"),
    path("documents/<int:pk>/changes/", version_changes, name="version_changes"),
]

"""The editions of the codebook: which there are, what changed between two, what one said; naming one; undoing the
last change."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language

from annotations.models import CodebookVersion
from annotations.models.codebook import suffix
from annotations.rules import editions as compared
from annotations.rules.errors import Stale, noop
from annotations.services import access, editions, undo
from annotations.services.op import writing
from annotations.views.door import PageRequest, attempt, page, show
from annotations.views.meeting import check_seen

PAGE = 50


@page("codebook")
def edition_list(request: PageRequest) -> HttpResponse:
    """All editions, newest first, each with what changed since the one before; `?from=&to=` compares two."""
    rows = CodebookVersion.objects.filter(corpus=request.member.corpus).select_related("by").order_by("-number")
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = list(found.object_list)
    before = {row.number: row.content for row in shown}
    if shown and (older := rows.filter(number__lt=shown[-1].number).first()):
        before[older.number] = older.content
    numbers = sorted(before)
    told = []
    for row in shown:
        earlier = [number for number in numbers if number < row.number]
        told.append((row, compared.compare(before[earlier[-1]], row.content, labelled()) if earlier else []))
    context = {"page": found, "editions": told, "numbers": rows.values_list("number", "note"), **_between(request)}
    return show(request, "annotations/edition_list.html", context)


def labelled() -> str:
    """The column that names a tag in the language of the page."""
    return f"label_{suffix(get_language() or 'en')}"


def _between(request: PageRequest) -> dict[str, Any]:
    """The two editions that the address names, and what changed from the one to the other."""
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    if not all(one.isdecimal() for one in asked):
        return {}
    old, new = (editions.get(request.member.corpus, int(one[:9])) for one in asked)
    return {"old": old, "new": new, "changes": compared.compare(old.content, new.content, labelled())}


@page("codebook", post="manage_codebook")
def edition_detail(request: PageRequest, number: int) -> HttpResponse:
    """The codebook as it stood then; POST gives the edition a name."""
    edition = editions.get(request.member.corpus, number)
    status = 200
    if request.method == "POST":
        status = attempt(request, _name, number)
        if status == 302:
            return redirect(request.path)
        edition.refresh_from_db()
    tags = edition.content["tags"]
    sets = [(row, [tag for tag in tags if tag["tag_set"] == row["uid"]]) for row in edition.content["tag_sets"]]
    labels = {tag["uid"]: tag["label"] for tag in tags}
    return show(request, "annotations/edition_detail.html", {"edition": edition, "sets": sets, "labels": labels},
                status=status)  # fmt: skip


def _name(request: PageRequest, number: int) -> None:
    with writing(by=request.member) as op:
        row = CodebookVersion.objects.select_for_update().filter(corpus=op.corpus, number=number).first()
        said = noop("Somebody named this edition meanwhile. Look at it again.")
        check_seen(request.POST, row.note if row else "", Stale("changed_meanwhile", said))
        editions.name(op, number, request.POST.get("note", ""))


@page("codebook", post="manage_codebook")
def codebook_undo(request: PageRequest) -> HttpResponse:
    """POST {op}: take back what one changed last. A GET leads back."""
    if request.method == "POST":
        attempt(request, _undo)
    return redirect("codebook", request.member.corpus.slug)


def _undo(request: PageRequest) -> None:
    key = request.POST.get("op", "")[:64]
    if not CodebookVersion.objects.filter(corpus=request.member.corpus, op=key, by=request.member).exists():
        raise access.not_found()
    with writing(by=request.member) as op:
        undo.undo(op, key)


urls: list[Any] = [
    path("codebook/editions/", edition_list, name="edition_list"),
    path("codebook/editions/<int:number>/", edition_detail, name="edition_detail"),
    path("codebook/undo/", codebook_undo, name="codebook_undo"),
]

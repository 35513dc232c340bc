"""The codebook page: tag sets with their tags; add, rename, recolour, key, define, retire."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path

from annotations.formats.codebooks import CODEBOOK_FORMATS
from annotations.forms import TagForm, TagSetForm
from annotations.models import CodebookVersion, Tag, TagSet
from annotations.services import access, codebook, following, undo
from annotations.services.codebook_reach import reach, uses
from annotations.services.op import writing
from annotations.views.door import PageRequest, attempt, page, show
from annotations.views.meeting import alone, both_versions, valid


@page("codebook", post="manage_codebook")
def codebook_page(request: PageRequest) -> HttpResponse:
    """Every tag with how often it is used; POST adds a tag set."""
    form = TagSetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, _add_set, form) == 302:
        return redirect(request.path)
    sets = TagSet.objects.filter(corpus=request.member.corpus, removed_at=None)
    rows = list(sets.prefetch_related(Prefetch("tags", Tag.objects.order_by("deprecated", "order"))))
    found = uses(request.member.corpus)
    for tag in (tag for tag_set in rows for tag in tag_set.tags.all()):
        tag.uses = found.get(tag.pk, 0)  # type: ignore[attr-defined]
    return show(request, "annotations/codebook.html", {
        "sets": rows, "form": form, "last": last_change(request), "formats": CODEBOOK_FORMATS.values(),
        "recodings": following.under_way(request.member.corpus_id),
    })  # fmt: skip


def last_change(request: PageRequest) -> CodebookVersion | None:
    """The newest edition, when it is this member's own doing and can be taken back."""
    newest = CodebookVersion.objects.filter(corpus=request.member.corpus).defer("content").order_by("-number").first()
    mine = newest is not None and newest.by_id == request.member.pk
    return newest if mine and newest and undo.can_undo(request.member, newest.op) else None


def _add_set(request: PageRequest, form: TagSetForm) -> None:
    with writing(by=request.member) as op:
        codebook.add_set(op, **form.cleaned_data)


@page("codebook", verb="manage_codebook")
def tag_new(request: PageRequest, pk: int) -> HttpResponse:
    tag_set = TagSet.objects.filter(corpus=request.member.corpus, removed_at=None, pk=pk).first()
    if tag_set is None:
        raise access.not_found()
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, _add_tag, tag_set, form) == 302:
        return redirect("codebook", request.member.corpus.slug)
    return show(request, "annotations/tag_form.html", {"form": form, "tag_set": tag_set})


def _add_tag(request: PageRequest, tag_set: TagSet, form: TagForm) -> None:
    with writing(by=request.member) as op:
        codebook.add_tag(op, tag_set, **form.cleaned_data)


@page("codebook", verb="manage_codebook")
def tag_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Everything about one tag, and what hangs on it; merging, splitting and moving it have pages of their own."""
    tag = tag_of(request, pk)
    sent = request.POST or None
    form = TagForm(sent, instance=copy(tag))  # checking it writes into its instance
    status = 200
    if form.is_valid():
        status = attempt(request, _update, pk, request.POST)
        if status == 302:
            return redirect("codebook", request.member.corpus.slug)
        tag.refresh_from_db()
        form = TagForm(sent, instance=copy(tag))
    context = {"form": form, "tag": tag, "tag_set": tag.tag_set, "reach": reach(tag), **both_versions(form)}
    return show(request, "annotations/tag_form.html", context, status=status)


def tag_of(request: PageRequest, pk: int) -> Tag:
    """A tag of this corpus, or 404."""
    tag = Tag.objects.select_related("tag_set").filter(corpus=request.member.corpus, pk=pk).first()
    if tag is None:
        raise access.not_found()
    return tag


def locked(pk: int) -> Tag:
    return Tag.objects.select_for_update(of=("self",)).select_related("tag_set").get(pk=pk)


def _update(request: PageRequest, pk: int, data: QueryDict) -> None:
    with writing(by=request.member) as op:
        row = locked(pk)
        form = TagForm(data, instance=copy(row))
        alone(op, form, row)
        codebook.update_tag(op, row, **valid(form).mine())


urls: list[Any] = [
    path("codebook/", codebook_page, name="codebook"),
    path("codebook/sets/<int:pk>/tags/new/", tag_new, name="tag_new"),
    path("codebook/tags/<int:pk>/", tag_edit, name="tag_edit"),
]

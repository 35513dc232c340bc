"""The codebook page: tag sets with their tags; add, rename, recolour, key, retire, merge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import MergeTagForm, TagForm, TagSetForm
from annotations.models import Tag, TagSet
from annotations.rules.errors import Problem
from annotations.services import access, codebook
from annotations.services.op import writing
from annotations.views.door import PageRequest, page, say, show


@page("codebook", post="manage_codebook")
def codebook_page(request: PageRequest) -> HttpResponse:
    """Every tag with how often it is used; POST adds a tag set."""
    form = TagSetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _try(request, _add_set, form):
        return redirect(request.path)
    live = Q(annotation_rows__annotation__removed_at=None)
    tags = Tag.objects.annotate(
        uses=Count("annotation_rows", filter=live, distinct=True) + Count("statement_rows", distinct=True)
    )
    sets = TagSet.objects.filter(corpus=request.member.corpus, removed_at=None)
    rows = sets.prefetch_related(Prefetch("tags", tags.order_by("deprecated", "order")))
    return show(request, "annotations/codebook.html", {"sets": rows, "form": form})


def _add_set(request: PageRequest, form: TagSetForm) -> None:
    with writing(by=request.member) as op:
        codebook.add_set(op, **form.cleaned_data)


def _try(request: PageRequest, act: Any, *values: Any) -> bool:
    """Whether the act went through; a domain error is said on the page."""
    try:
        act(request, *values)
    except Problem as problem:
        say(request, problem)
        return False
    messages.success(request, _("Saved"))
    return True


@page("codebook", verb="manage_codebook")
def tag_new(request: PageRequest, pk: int) -> HttpResponse:
    tag_set = TagSet.objects.filter(corpus=request.member.corpus, removed_at=None, pk=pk).first()
    if tag_set is None:
        raise access.not_found()
    form = TagForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _try(request, _add_tag, tag_set, form):
        return redirect("codebook", request.member.corpus.slug)
    return show(request, "annotations/tag_form.html", {"form": form, "tag_set": tag_set})


def _add_tag(request: PageRequest, tag_set: TagSet, form: TagForm) -> None:
    with writing(by=request.member) as op:
        codebook.add_tag(op, tag_set, **form.cleaned_data)


@page("codebook", verb="manage_codebook")
def tag_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Everything about one tag; merging it into another one stands below."""
    tag = Tag.objects.select_related("tag_set").filter(corpus=request.member.corpus, pk=pk).first()
    if tag is None:
        raise access.not_found()
    others = Tag.objects.filter(corpus=tag.corpus, tag_set__scope=tag.tag_set.scope, deprecated=False).exclude(pk=pk)
    form = TagForm(None if "merge" in request.POST else request.POST or None, instance=tag)
    merge = MergeTagForm(request.POST if "merge" in request.POST else None, others=others)
    if form.is_bound and form.is_valid() and _try(request, _update, pk, form):
        return redirect("codebook", request.member.corpus.slug)
    if merge.is_bound and merge.is_valid() and _try(request, _merge, pk, merge):
        return redirect("codebook", request.member.corpus.slug)
    return show(
        request, "annotations/tag_form.html", {"form": form, "merge": merge, "tag": tag, "tag_set": tag.tag_set}
    )


def _update(request: PageRequest, pk: int, form: TagForm) -> None:
    with writing(by=request.member) as op:
        codebook.update_tag(op, Tag.objects.get(pk=pk), **form.cleaned_data)


def _merge(request: PageRequest, pk: int, form: MergeTagForm) -> None:
    with writing(by=request.member) as op:
        codebook.merge_tag(op, Tag.objects.get(pk=pk), form.cleaned_data["into"])


urls: list[Any] = [
    path("codebook/", codebook_page, name="codebook"),
    path("codebook/sets/<int:pk>/tags/new/", tag_new, name="tag_new"),
    path("codebook/tags/<int:pk>/", tag_edit, name="tag_edit"),
]

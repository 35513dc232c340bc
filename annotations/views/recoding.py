"""Merging, splitting and moving a tag: each page first shows what it touches, then does it in one step that can be
undone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from annotations.forms import ChoiceForm, MergeTagForm, PlaceTagForm, SplitTagForm
from annotations.models import Member, Tag, TagSet
from annotations.rules.errors import Invalid, Stale, noop
from annotations.services import codebook_reach, limits, placing, recoding
from annotations.services.codebook_reach import Choice
from annotations.services.op import Op, writing
from annotations.views.codebook import locked, tag_of
from annotations.views.door import PageRequest, attempt, page, show
from annotations.views.meeting import check_seen, valid

PAGE = 50


def others_of(tag: Tag) -> QuerySet[Tag]:
    """The tags in use that stand for the same kind of thing."""
    rows = Tag.objects.filter(corpus_id=tag.corpus_id, tag_set__scope=tag.tag_set.scope, deprecated=False)
    return rows.filter(tag_set__removed_at=None).exclude(pk=tag.pk).order_by("tag_set__order", "order", "id")


def as_seen(request: PageRequest, op: Op, pk: int) -> Tag:
    """The tag, locked; Stale when somebody changed it since the page was shown."""
    row = locked(pk)
    said = noop("Somebody changed this tag meanwhile. Look at it again before you go on.")
    check_seen(request.POST, row.version, Stale("changed_meanwhile", said))
    row.corpus = op.corpus
    return row


@page("codebook", verb="manage_codebook")
def tag_merge(request: PageRequest, pk: int) -> HttpResponse:
    """`?into=` shows what merging would touch; POST merges."""
    tag = tag_of(request, pk)
    status = 200
    if request.method == "POST":
        status = attempt(request, _merge, pk)
        if status == 302:
            return redirect("codebook", request.member.corpus.slug)
    form = MergeTagForm(request.POST or request.GET or None, others=others_of(tag))
    into = form.cleaned_data["into"] if form.is_valid() else None
    context = {"tag": tag, "form": form, "into": into, "reach": codebook_reach.reach(tag, into)}
    return show(request, "annotations/tag_merge.html", context, status=status)


def _merge(request: PageRequest, pk: int) -> None:
    with writing(by=request.member) as op:
        row = as_seen(request, op, pk)
        into = valid(MergeTagForm(request.POST, others=others_of(row))).cleaned_data["into"]
        recoding.merge_tag(op, row, into)


@page("codebook", verb="manage_codebook")
def tag_split(request: PageRequest, pk: int) -> HttpResponse:
    """The things of a tag, filtered; POST sends the ticked ones, or all that were found, to another tag."""
    tag = tag_of(request, pk)
    choice = _choice_form(request, tag)
    found = codebook_reach.chosen(tag, request.member, _choice(choice))
    status = 200
    form = SplitTagForm(request.POST or None, others=others_of(tag))
    if request.method == "POST":
        status = attempt(request, _split, pk)
        if status == 302:
            return redirect(request.get_full_path())
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "tag": tag, "form": form, "choice": choice, "page": shown, "total": shown.paginator.count,
        "rows": codebook_reach.words(tag, list(shown.object_list)), "ticked": request.POST.getlist("ids"),
    }  # fmt: skip
    return show(request, "annotations/tag_split.html", context, status=status)


def _choice_form(request: PageRequest, tag: Tag) -> ChoiceForm:
    members = Member.objects.filter(corpus=request.member.corpus).order_by("name")
    return ChoiceForm(request.GET, others=others_of(tag), members=members)


def _choice(form: ChoiceForm) -> Choice:
    found = form.cleaned_data if form.is_valid() else {}
    by, other = found.get("by"), found.get("tag")
    return Choice(
        q=found.get("q", "").strip(), document=found.get("document"), by=by.pk if by else None,
        tag=other.pk if other else None,
    )  # fmt: skip


def _chosen_ids(request: PageRequest, tag: Tag) -> list[int]:
    """Looked up before the lock is taken: it may be much."""
    if request.POST.get("which") == "all":
        found = codebook_reach.chosen(tag, request.member, _choice(_choice_form(request, tag)))
        ids = list(found.values_list("pk", flat=True))
    else:
        ids = sorted({int(one) for one in request.POST.getlist("ids") if one.isdecimal()})
        limits.check("bulk_rows", len(ids))
    return ids


def _split(request: PageRequest, pk: int) -> None:
    ids = _chosen_ids(request, tag_of(request, pk))
    with writing(by=request.member) as op:
        row = as_seen(request, op, pk)
        if not ids:
            raise Invalid("nothing_chosen", noop("Tick what is to go to the other tag."), field="ids")
        wanted = valid(SplitTagForm(request.POST, others=others_of(row))).cleaned_data
        part = recoding.Part(ids, wanted["into"], wanted["label"], wanted["definition"])
        recoding.split_tag(op, row, [part], retire=wanted["retire"])


@page("codebook", verb="manage_codebook")
def tag_place(request: PageRequest, pk: int) -> HttpResponse:
    """Another set, or another tag above it."""
    tag = tag_of(request, pk)
    status = 200
    if request.method == "POST":
        status = attempt(request, _place, pk)
        if status == 302:
            return redirect("codebook", request.member.corpus.slug)
    form = _place_form(request, tag)
    context = {"tag": tag, "form": form, "reach": codebook_reach.reach(tag), "family": placing.below(tag)[1:]}
    return show(request, "annotations/tag_place.html", context, status=status)


def _place_form(request: PageRequest, tag: Tag) -> PlaceTagForm:
    sets = TagSet.objects.filter(corpus=request.member.corpus, removed_at=None)
    others = Tag.objects.filter(corpus=request.member.corpus, deprecated=False, tag_set__removed_at=None)
    now = {"tag_set": tag.tag_set_id, "parent": tag.parent_id}
    return PlaceTagForm(request.POST or None, initial=now, sets=sets, others=others.exclude(pk=tag.pk))


def _place(request: PageRequest, pk: int) -> None:
    tag = tag_of(request, pk)
    looked = placing.look(valid(_place_form(request, tag)).cleaned_data["tag_set"], placing.below(tag))
    with writing(by=request.member) as op:
        row = as_seen(request, op, pk)
        wanted = valid(_place_form(request, row)).cleaned_data
        placing.place_tag(op, row, wanted["tag_set"], wanted["parent"], looked=looked)


urls: list[Any] = [
    path("codebook/tags/<int:pk>/merge/", tag_merge, name="tag_merge"),
    path("codebook/tags/<int:pk>/split/", tag_split, name="tag_split"),
    path("codebook/tags/<int:pk>/place/", tag_place, name="tag_place"),
]

"""The way in: one's corpora, a new corpus, one's own settings, permalinks to passages."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from annotations.forms import CorpusForm
from annotations.http.problems import sentence
from annotations.models import Annotation, Corpus, Document, User
from annotations.rules.errors import Problem
from annotations.services import access, corpora, visits
from annotations.views.door import problem_page


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """One's corpora; straight into the only one, and to the form when there is none."""
    mine = access.corpora_of(cast(User, request.user))
    if mine.count() == 1 and "all" not in request.GET:
        return redirect(mine[0].get_absolute_url())
    news = visits.unread_of(cast(User, request.user))
    rows = [(one, Document.objects.filter(corpus=one, removed_at=None).count(), news.get(one.pk, 0)) for one in mine]
    return render(request, "annotations/home.html", {"rows": rows, "form": CorpusForm()})


@login_required
def corpus_new(request: HttpRequest) -> HttpResponse:
    """Anybody with an account may open a corpus and is its first admin."""
    form = CorpusForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            corpus: Corpus = corpora.create(
                user=cast(User, request.user),
                name=data["name"],
                description=data["description"],
                book=data["codebook"],
            )
            return redirect(corpus.get_absolute_url())
        except Problem as problem:
            form.add_error(None, sentence(problem))
    return render(request, "annotations/corpus_new.html", {"form": form})


@login_required
def annotation_permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """/a/<id>/: the reader, at the passage; the round of a passage that a coder marked in one."""
    try:
        annotation, member = access.row_for(
            request.user, Annotation.objects.select_related("document", "layer__round"), pk
        )
    except Problem as problem:
        return problem_page(request, problem)
    annotation.document.corpus = member.corpus
    if annotation.layer is not None:  # the reader of everybody shows no layers
        annotation.layer.round.corpus = member.corpus
        return redirect(annotation.layer.round.get_absolute_url())
    return redirect(f"{annotation.document.get_absolute_url()}#a={annotation.pk}")


root_urls: list[Any] = [
    path("", home, name="home"),
    path("new/", corpus_new, name="corpus_new"),
    path("a/<int:pk>/", annotation_permalink, name="annotation_permalink"),
]

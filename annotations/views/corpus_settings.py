"""The settings of a corpus: who publishes its checks and where corrections go; for admins also its name."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from annotations.forms import PublisherForm, SettingsForm
from annotations.models import Corpus
from annotations.rules import roles
from annotations.rules.errors import Problem
from annotations.services import corpora, public
from annotations.services.op import Op, writing
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import alone, both_versions, valid


@page("settings", verb="set_publisher")
def corpus_settings(request: PageRequest) -> HttpResponse:
    """See and change them. What somebody else changed meanwhile is shown beside what was typed."""
    shape = SettingsForm if roles.allows(request.member.role, "manage_corpus") else PublisherForm
    sent = request.POST if request.method == "POST" else None
    form = shape(sent, instance=copy(request.member.corpus))  # checking it writes into its instance
    status = 200
    if sent is not None and form.is_valid():
        try:
            with writing(by=request.member) as op:
                save(op, shape, request)
            messages.success(request, _("Saved"))
            return redirect(request.path)
        except Problem as problem:
            status = refuse(request, problem)
            form = shape(sent, instance=Corpus.objects.get(pk=request.member.corpus.pk))
    context = {"form": form, "any_public": public.statements(request.member.corpus).exists(), **both_versions(form)}
    return show(request, "annotations/corpus_settings.html", context, status=status)


def save(op: Op, shape: type[PublisherForm], request: PageRequest) -> None:
    """Store what this person changed; Stale when somebody else changed the same."""
    op.corpus = Corpus.objects.select_for_update().get(pk=op.corpus.pk)
    form = shape(request.POST, instance=copy(op.corpus))
    alone(op, form, op.corpus)
    if values := valid(form).mine():
        corpora.update(op, **values)


urls: list[Any] = [path("settings/", corpus_settings, name="corpus_settings")]

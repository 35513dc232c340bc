"""What machines suggest in this corpus: how right they were, why, the switch, and a document looked through now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.models import Document
from annotations.rules.errors import Missing, Problem, noop
from annotations.services import asking, lessons, meaning, meaning_run, precision, suggesting
from annotations.services.op import writing
from annotations.views.door import PageRequest, page, say, show

SWITCHES = {"on": (suggesting.switch, True), "off": (suggesting.switch, False), "send": (asking.switch, True),
            "keep": (asking.switch, False)}  # fmt: skip


@page("suggestions", post="manage_corpus")
def suggestion_report(request: PageRequest) -> HttpResponse:
    """See it; an admin turns suggestions on and off, has all texts looked through again, agrees to a language model."""
    if request.method == "POST":
        act(request, request.POST.get("action", ""))
        return redirect(request.path)
    member = request.member
    context = {
        "records": precision.records(member),
        "cues": precision.of_cues(member),
        "latest": precision.latest(member),
        "last": precision.LAST,
        "learned": lessons.of_corpus(member.corpus_id).examples,
        "waiting": suggesting.pending().filter(corpus=member.corpus_id).count(),
        "possible": suggesting.enabled(),
        "meaning": meaning.enabled(),
        "unread": meaning_run.left(member.corpus_id),
        "model": asking.endpoint(),
        "sends": asking.agreed(member.corpus),
        "sent": asking.progress(member.corpus),
    }
    return show(request, "annotations/suggestion_report.html", context)


def act(request: PageRequest, action: str) -> None:
    try:
        with writing(by=request.member) as op:
            if action == "again":
                suggesting.again(op)
            elif action in SWITCHES:
                switch, on = SWITCHES[action]
                switch(op, on)
        messages.success(request, _("Saved"))
    except Problem as problem:
        say(request, problem)


@page("documents", verb="decide_suggestion")
def document_suggest(request: PageRequest, pk: int) -> HttpResponse:
    """POST: look through a document now, with what was learned so far; then back to reading it."""
    rows = Document.objects.filter(corpus=request.member.corpus, pk=pk, removed_at=None)
    document = rows.select_related("corpus", "current").first()
    if document is None:
        raise Missing("document_missing", noop("This document does not exist or was removed."))
    if request.method == "POST":
        try:
            count = suggesting.look_through(document.pk, by=request.member)
            found = ngettext("%(count)s passage is suggested", "%(count)s passages are suggested", count)
            messages.success(request, found % {"count": count})
        except Problem as problem:
            say(request, problem)
    return redirect(document)


urls: list[Any] = [
    path("suggestions/", suggestion_report, name="suggestion_report"),
    path("documents/<int:pk>/suggest/", document_suggest, name="document_suggest"),
]

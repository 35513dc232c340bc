"""Publish a check, or publish it again: the public page as it will be, what is still needed, the confirming click.

The page is the public one with a strip above it, so that what is confirmed is what readers get. Nothing of it is
stored before the click, and nobody else can reach it.
"""

from __future__ import annotations

from contextlib import nullcontext
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations.forms import PublisherForm, PublishForm
from annotations.models import Corpus, Statement
from annotations.rules.errors import Problem, Stale, noop
from annotations.services import corpora, public, publishing, workflow
from annotations.services.facts import Asked
from annotations.services.op import Op, writing
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.public import frame, language_of, told
from annotations.views.statements import statement_of


@page("tracker", verb="publish")
def statement_publish(request: PageRequest, label: str) -> HttpResponse:
    """GET, or POST do=look: the preview. POST do=publish: publish what was seen."""
    statement = statement_of(request, label)
    if statement.label != label:
        return redirect("statement_publish", statement.corpus.slug, statement.label)
    sheet, status = Sheet(request, statement), 200
    if request.POST.get("do") == "publish" and sheet.right():
        try:
            with writing(by=request.member) as op:
                sheet.publish(op)
            messages.success(request, _("Published"))
            return redirect(statement.get_absolute_url())
        except Problem as problem:
            status = refuse(request, problem)
    chosen = translation.override(language_of(request)) if "lang" in request.GET else nullcontext()
    with chosen:
        return show(request, "annotations/statement_publish.html", sheet.context(), status=status)


class Sheet:
    """What one editor is about to publish, with what they typed so far."""

    def __init__(self, request: PageRequest, statement: Statement) -> None:
        self.request, self.statement = request, statement
        sent = request.POST if request.method == "POST" else None
        plan = publishing.planned(statement, Asked())
        self.form = PublishForm(sent, replaces=plan is not None and plan.replaces)
        corpus = request.member.corpus
        named = corpus.publisher_name and corpus.publisher_contact
        self.publisher = None if named else PublisherForm(sent, instance=copy(corpus))

    def right(self) -> bool:
        """Whether what was typed has the right shape."""
        return self.form.is_valid() and (self.publisher is None or self.publisher.is_valid())

    def publish(self, op: Op) -> None:
        """Store the publisher when it was missing, then publish; Stale when the page is not the one that was seen."""
        if self.publisher is not None:
            op.corpus = Corpus.objects.select_for_update().get(pk=op.corpus.pk)
            corpora.update(op, **self.publisher.mine())
        row = Statement.objects.select_for_update(of=("self",)).get(pk=self.statement.pk)
        row.corpus = op.corpus
        asked = self.form.asked()
        lacking = publishing.lacking(row, op.by, asked)
        if not lacking and public.fingerprint(public.preview(row, asked, op.at)) != self.request.POST.get("seen"):
            template = noop("%(label)s changed since you saw this page. Look at it once more, then publish.")
            raise Stale("changed_meanwhile", template, label=row.label)
        workflow.transition(op, row, "published", asked)

    def context(self) -> dict[str, Any]:
        """The public page as it will be, and the strip above it."""
        request, statement, asked = self.request, copy(self.statement), self.form.asked()
        statement.corpus = self._corpus()
        missing = publishing.lacking(statement, request.member, asked)
        check = public.preview(statement, asked, timezone.now())
        canonical = reverse("public_check", args=[statement.corpus.slug, statement.label])
        return {
            **frame(request, canonical), **told(request, statement.corpus, check, canonical),
            "preview": True, "statement": statement, "form": self.form, "publisher": self.publisher,
            "missing": missing, "seen": public.fingerprint(check),
        }  # fmt: skip

    def _corpus(self) -> Corpus:
        """The corpus with the publisher as typed, so that the foot of the page shows it."""
        if self.publisher is not None and self.publisher.is_bound and self.publisher.is_valid():
            return self.publisher.instance
        return self.request.member.corpus


urls: list[Any] = [path("statements/<str:label>/publish/", statement_publish, name="statement_publish")]

"""Recording what a checker makes of a quotation after reading it beside its original."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.models import Verification
from annotations.rules.errors import Problem
from annotations.services import access, quotation, verifications
from annotations.services.op import writing
from annotations.views.door import PageRequest, page, refuse
from annotations.views.statements import statement_of


@page("tracker", verb="verify")
def quotation_judge(request: PageRequest, label: str) -> HttpResponse:
    """POST `flag` and `on`: a flag of one's check that is under way, set or taken back; then the check again."""
    statement = statement_of(request, label)
    check = verifications.open_one(statement)
    if check is None:
        raise access.not_found()
    verifications.check_writer(request.member, check)
    if request.method == "POST":
        try:
            with writing(by=request.member) as op:
                fresh = Verification.objects.select_for_update(of=("self",)).get(pk=check.pk)
                quotation.record(op, fresh, request.POST.get("flag", ""), request.POST.get("on") == "1")
        except Problem as problem:
            refuse(request, problem)
        else:
            messages.success(request, _("Saved"))
    return redirect(reverse("check_edit", args=[statement.corpus.slug, statement.label]) + "#quotation")


urls: list[Any] = [path("statements/<str:label>/quotation/", quotation_judge, name="quotation_judge")]

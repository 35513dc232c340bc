"""Pages of coding rounds: the list, opening one, one round with its work or its figures, coding, settling."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.formats.guard import guard_row
from annotations.forms.rounds import RoundForm, RulingForm
from annotations.models import Document, Round
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Stale, noop
from annotations.services import access, adjudication, agreement, coding, rounds
from annotations.services.op import Op, writing
from annotations.views.door import PageRequest, attempt, page, show
from annotations.views.meeting import check_seen
from annotations.views.rounds_shown import figures, sheets

PAGE = 50


def round_of(request: PageRequest, pk: int) -> Round:
    """A round of this corpus, or 404."""
    found = Round.objects.filter(corpus=request.member.corpus, pk=pk).select_related("created_by").first()
    if found is None:
        raise access.not_found()
    found.corpus = request.member.corpus
    return found


@page("rounds")
def round_list(request: PageRequest) -> HttpResponse:
    """All rounds, and what is waiting for this member in them."""
    rows = rounds.visible(request.member)
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    mine = {row.pk: rounds.own(row, request.member).filter(state="open").count() for row in found if not row.closed_at}
    return show(request, "annotations/round_list.html", {"page": found, "mine": mine})


@page("rounds", verb="manage_rounds")
def round_new(request: PageRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, member=request.member)
    status = 200
    if request.method == "POST" and form.is_valid():
        made: list[Round] = []
        status = attempt(request, _open, form, made, said=_("The round is open."))
        if status == 302:
            return redirect(made[0].get_absolute_url())
    return show(request, "annotations/round_new.html", {"form": form}, status=status)


def _open(request: PageRequest, form: RoundForm, made: list[Round]) -> None:
    """`made` gets the round."""
    given = form.cleaned_data
    with writing(by=request.member) as op:
        made.append(rounds.open_round(
            op, name=given["name"], documents=form.chosen(), coders=list(given["coders"]),
            each=given["each"], blind=given["blind"], guide=given["guide"],
        ))  # fmt: skip


@page("rounds")
def round_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One's own documents and how far all are; the figures once it is closed. POST: close it."""
    row = round_of(request, pk)
    closed = _("The round is closed. Everybody can see its passages and figures.")
    status = attempt(request, _close, row, said=closed) if request.method == "POST" else 200
    if status == 302:
        return redirect(row.get_absolute_url())
    row = round_of(request, pk)
    standings = adjudication.of_round(row) if row.closed_at else {}
    context = {
        "round": row,
        "mine": rounds.own(row, request.member),
        "progress": rounds.progress(row),
        "waiting": rounds.waiting(row) if not row.closed_at else (),
        "figures": figures(row),
        "sheets": sheets(row, standings),
        "agreed": len(adjudication.agreed(standings)),
    }
    return show(request, "annotations/round_detail.html", context, status=status)


def _close(request: PageRequest, row: Round) -> None:
    with writing(by=request.member) as op:
        fresh = Round.objects.select_for_update(of=("self",)).get(pk=row.pk)
        fresh.corpus = op.corpus
        said = noop("Somebody changed the round meanwhile. Look at it again before you close it.")
        check_seen(request.POST, fresh.version, Stale("changed_meanwhile", said))
        rounds.close(op, fresh, anyway="anyway" in request.POST)


@page("rounds", verb="code_round")
def round_state(request: PageRequest, pk: int, document: int) -> HttpResponse:
    """POST `state`: one's own document is done, holds nothing, or is taken up again."""
    row, found = round_of(request, pk), document_in(request, pk, document)
    if request.method != "POST":
        return redirect(row.get_absolute_url())
    if attempt(request, _finish, row, found, said=None) != 302 or request.POST.get("state") == "open":
        return redirect("round_code", row.corpus.slug, row.pk, found.pk)
    following = rounds.own(row, request.member).filter(state="open").first()
    if following is not None:
        return redirect("round_code", row.corpus.slug, row.pk, following.document_id)
    messages.success(request, _("You are done with all your documents of this round."))
    return redirect(row.get_absolute_url())


def _finish(request: PageRequest, row: Round, document: Document) -> None:
    mine = coding.assignment_of(row, document, request.member)
    with writing(by=request.member) as op:
        rounds.finish(op, mine, request.POST.get("state", ""))


def document_in(request: PageRequest, pk: int, document: int) -> Document:
    """A live document of a round, or 404."""
    rows = Document.objects.filter(corpus=request.member.corpus, removed_at=None, rounds=pk).select_related("current")
    found = rows.filter(pk=document).first()
    if found is None:
        raise access.not_found()
    return found


@page("rounds", verb="adjudicate")
def round_places(request: PageRequest, pk: int, document: int) -> HttpResponse:
    """Every place of a document of a closed round; POST settles one, or takes over all that is agreed."""
    row, found = round_of(request, pk), document_in(request, pk, document)
    if row.closed_at is None:
        return redirect(row.get_absolute_url())
    status = attempt(request, _settle, row, found, said=_("Settled")) if request.method == "POST" else 200
    if status == 302:
        return redirect(request.get_full_path())
    which = request.GET.get("show", "open")
    standings = adjudication.of_document(row, found.pk)
    shown = [one for one in standings if which == "all" or one.ruling is None]
    context = {
        "round": row, "document": found, "shown": shown, "which": which, "count": len(standings),
        "left": sum(one.ruling is None for one in standings), "names": _names(row),
        "tags": {tag["id"]: tag for tag in row.codebook}, "kinds": dict(vocabulary.KINDS.choices),
    }  # fmt: skip
    return show(request, "annotations/round_places.html", context, status=status)


def _names(row: Round) -> dict[int, str]:
    return dict(row.layers.values_list("member_id", "member__name"))


def _settle(request: PageRequest, row: Round, document: Document) -> None:
    form = RulingForm(request.POST)
    if not form.is_valid():
        raise Invalid("action_unknown", noop("This page is too old. Load it again."))
    with writing(by=request.member) as op:
        _settle_place(op, row, document, form.cleaned_data)


def _settle_place(op: Op, row: Round, document: Document, given: dict[str, Any]) -> None:
    standing = adjudication.place_at(row, document.pk, given["start"], given["end"])
    choice = adjudication.choose(standing, given["annotation"]) if given["annotation"] else None
    adjudication.settle(op, row, document, given["start"], given["end"], choice, given["reason"])


@page("rounds", verb="adjudicate")
def round_agreed(request: PageRequest, pk: int) -> HttpResponse:
    """POST: what all coders marked alike becomes passages for everybody."""
    row = round_of(request, pk)
    if request.method == "POST":
        attempt(request, _accept_agreed, row, said=None)
    return redirect(row.get_absolute_url())


def _accept_agreed(request: PageRequest, row: Round) -> None:
    with writing(by=request.member) as op:
        made = adjudication.accept_agreed(op, row)
    said = ngettext("%(count)s place was taken over.", "%(count)s places were taken over.", len(made))
    messages.success(request, said % {"count": len(made)})


@page("rounds", verb="export")
def round_table(request: PageRequest, pk: int) -> HttpResponse:
    """CSV annotator,category,start,end (and the document) of a closed round, for other programs."""
    row = round_of(request, pk)
    if row.closed_at is None:
        return redirect(row.get_absolute_url())
    name = f"{row.corpus.slug}-{slugify(row.name) or row.pk}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    table = csv.writer(response)
    table.writerow(("annotator", "category", "start", "end", "document"))
    for one in agreement.rows(row):
        table.writerow(guard_row([str(cell) for cell in one]))
    return response


urls: list[Any] = [
    path("rounds/", round_list, name="round_list"),
    path("rounds/new/", round_new, name="round_new"),
    path("rounds/<int:pk>/", round_detail, name="round_detail"),
    path("rounds/<int:pk>/agreed/", round_agreed, name="round_agreed"),
    path("rounds/<int:pk>/passages.csv", round_table, name="round_table"),
    path("rounds/<int:pk>/documents/<int:document>/state/", round_state, name="round_state"),
    path("rounds/<int:pk>/documents/<int:document>/places/", round_places, name="round_places"),
]

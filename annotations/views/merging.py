"""Merging a statement into another and splitting it: what will happen is shown first, and can be taken back after."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.filters import statements as filtered
from annotations.forms import SplitForm
from annotations.models import Member, Statement
from annotations.rules.errors import Invalid, Problem, Stale, noop
from annotations.services import lookup, merge_preview, merging, undo
from annotations.services.op import Op, writing
from annotations.text import variants
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import check_seen, valid
from annotations.views.statements import places, statement_of

#: So many statements are offered before and after something is typed.
OFFERED = 12
CHANGED = noop("One of the two was changed since you saw this page. Look at it once more, then merge.")


@page("tracker")
def statement_others(request: PageRequest, label: str) -> HttpResponse:
    """Statements by number or words, for a field that searches as one types: {results: [{value, label, hint}]}.
    `kind=same` leaves out those of the other kind; without words, those most like this one."""
    statement = statement_of(request, label)
    rows = others(statement, request.member, same=request.GET.get("kind") == "same")
    words = request.GET.get("q", "").strip()[:200]
    found = matching(request.member, rows, words) if words else likely(rows, statement)
    offered = [(row.label, f"{row.label}  {row.text[:120]}", row.gloss_en[:80]) for row in found]
    return JsonResponse({"results": [{"value": value, "label": words, "hint": hint} for value, words, hint in offered]})


def likely(rows: QuerySet[Statement], statement: Statement) -> list[Statement]:
    """Those most like this one, then the newest."""
    alike = lookup.similar(rows, statement.text, limit=OFFERED)
    newest = rows.exclude(pk__in=[row.pk for row in alike]).order_by("-updated_at")
    return [*alike, *newest[: OFFERED - len(alike)]]


def matching(member: Member, rows: QuerySet[Statement], words: str) -> list[Statement]:
    """Those whose number or words these are; when there are none, those most like them."""
    exact = filtered(member, {"q": words}).filter(pk__in=rows.values("pk")).order_by("-updated_at")[:OFFERED]
    return list(exact) or lookup.similar(rows, words, limit=OFFERED)


def others(statement: Statement, member: Member, *, same: bool) -> QuerySet[Statement]:
    rows = Statement.objects.visible_to(member).filter(redirect_to=None).exclude(pk=statement.pk)
    return rows.filter(kind=statement.kind) if same else rows


def asked_op(member: Member) -> Op:
    """An op that only asks what would be refused; it writes nothing."""
    return Op(member.corpus, member, "", timezone.now())


@page("tracker", verb="merge_statements")
def statement_merge(request: PageRequest, label: str) -> HttpResponse:
    """GET: choose the other one; with ?into=C-3 what will happen. POST: do it."""
    loser, member = statement_of(request, label), request.member
    asked = request.POST.get("into") or request.GET.get("into", "")
    winner, status = lookup.by_label(member, asked) if asked else None, 200
    if asked and winner is None:
        messages.error(request, _("There is no such statement in this corpus."))
    if winner is not None and request.method == "POST":
        try:
            with writing(by=member) as op:
                key = op.key
                merge(op, loser, winner, request)
            names = {"label": loser.label, "into": winner.label}
            messages.success(request, _("%(label)s is merged into %(into)s.") % names)
            return redirect(f"{winner.get_absolute_url()}?done={key}")
        except Problem as problem:
            status = refuse(request, problem)
            loser.refresh_from_db()
            winner.refresh_from_db()
    return show(request, "annotations/statement_merge.html", merge_context(request, loser, winner), status=status)


def merge(op: Op, loser: Statement, winner: Statement, request: PageRequest) -> None:
    """Both rows locked in id order, and as they were shown; the fields that were chosen are taken."""
    op.check("merge_statements")
    pks = sorted((loser.pk, winner.pk))
    rows = {row.pk: row for row in Statement.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")}
    for row in rows.values():
        row.corpus = op.corpus
    one, other = rows[loser.pk], rows[winner.pk]
    if one.redirect_to_id or one.removed_at or other.redirect_to_id or other.removed_at:
        raise Stale("changed_meanwhile", CHANGED)
    check_seen(request.POST, f"{one.version}.{other.version}", Stale("changed_meanwhile", CHANGED))
    take = [name for name in merge_preview.COMPARED if request.POST.get(f"field-{name}") == "theirs"]
    merging.merge(op, one, other, [*take, "wording"] if "text" in take else take)


def merge_context(request: PageRequest, loser: Statement, winner: Statement | None) -> dict[str, Any]:
    member = request.member
    found: dict[str, Any] = {"statement": loser, "winner": winner}
    if winner is None:
        alike = lookup.similar(others(loser, member, same=True), loser.text, limit=8)
        return found | {"alike": [(row, sorted(variants.differences(loser.text, row.text))) for row in alike]}
    return found | {
        "preview": merge_preview.preview(asked_op(member), loser, winner, get_language() or "en"),
        "places": places(loser, member),
        "typed": request.POST,
    }


@page("tracker", verb="split_statement")
def statement_split(request: PageRequest, label: str) -> HttpResponse:
    """Passages that go to a new statement, or to one that is there; they stay with this one, too, or leave it."""
    statement, member = statement_of(request, label), request.member
    found = places(statement, member)
    form = SplitForm(
        request.POST if request.method == "POST" else None, passages=[place["row"].pk for place in found],
        offered=others(statement, member, same=True).order_by("-updated_at")[:OFFERED], text=statement.text,
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        try:
            with writing(by=member) as op:
                key = op.key
                made = split(op, statement, valid(form).cleaned_data)
            messages.success(request, _("The passages express %(label)s now.") % {"label": made.label})
            return redirect(f"{made.get_absolute_url()}?done={key}")
        except Problem as problem:
            status = refuse(request, problem)
    context = {"statement": statement, "form": form, "places": found, "chosen": chosen(request, found)}
    return show(request, "annotations/statement_split.html", context, status=status)


def chosen(request: PageRequest, found: list[dict[str, Any]]) -> set[int]:
    """The passages that are ticked: what was sent, else the last one."""
    if request.method == "POST":
        return {int(pk) for pk in request.POST.getlist("occurrences") if pk.isdecimal()}
    return {found[-1]["row"].pk} if len(found) > 1 else {place["row"].pk for place in found}


def split(op: Op, statement: Statement, values: dict[str, Any]) -> Statement:
    row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    row.corpus = op.corpus
    passages = [int(pk) for pk in values["occurrences"]]
    if not values["into"]:
        return merging.split(op, row, text=values["text"], passages=passages, take=values["take"])
    target = lookup.by_label(op.by, values["into"])
    if target is None:
        raise Invalid("statement_unknown", noop("There is no such statement in this corpus."), field="into")
    return merging.hand_over(op, row, target, passages, take=values["take"])


@page("tracker", verb="undo_own")
def statement_undo(request: PageRequest, label: str) -> HttpResponse:
    """POST {op}: take back what this person just did here; {op, again}: do it once more."""
    statement, key = statement_of(request, label), request.POST.get("op", "")
    again = "again" in request.POST
    if request.method != "POST":
        return redirect(statement.get_absolute_url())
    try:
        with writing(by=request.member) as op:
            op.check("undo_own")
            (undo.redo if again else undo.undo)(op, key)
        messages.success(request, _("Done again") if again else _("Undone"))
    except Problem as problem:
        refuse(request, problem)
        return redirect(statement.get_absolute_url())
    back = lookup.by_label(request.member, request.POST.get("back", "")) or lookup.by_label(request.member, label)
    url = back.get_absolute_url() if back else reverse("tracker", args=[request.member.corpus.slug])
    return redirect(f"{url}?done={key}")


urls: list[Any] = [
    path("statements/<str:label>/others/", statement_others, name="statement_others"),
    path("statements/<str:label>/merge/", statement_merge, name="statement_merge"),
    path("statements/<str:label>/split/", statement_split, name="statement_split"),
    path("statements/<str:label>/undo/", statement_undo, name="statement_undo"),
]

"""A document beside its translation, paragraph by paragraph, with the passages of both; which translates which."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.safestring import SafeString, mark_safe

from annotations.models import Document
from annotations.rules.errors import Stale, noop
from annotations.services import translations, undo
from annotations.services.op import Op, writing
from annotations.services.translations import Cell, Pair, Passage
from annotations.views.documents import document_of
from annotations.views.door import PageRequest, attempt, page, show
from annotations.views.meeting import check_seen

MOST = 1000  # documents offered as the original


@page("documents", post="edit_document_facts")
def document_beside(request: PageRequest, pk: int) -> HttpResponse:
    """Both texts, the original first (`?with=`: which of several); without a partner, the form that names one. POST
    `original`: the id of the original, "" for none; or `action` undo with the `op` of a step before."""
    document = document_of(request, pk)
    status = 200
    if request.method == "POST":
        query = request.GET.copy()
        status = attempt(request, _settle, pk, query, said=None)
        if status == 302:
            return redirect(f"{request.path}?{query.urlencode()}")
    partners = translations.partners(document)
    context: dict[str, Any] = {"document": document, "partners": partners, "done": request.GET.get("done", "")}
    if not partners:
        return show(
            request, "annotations/document_beside.html", {**context, "choices": choices(document)}, status=status
        )
    other = next((one for one in partners if str(one.pk) == request.GET.get("with")), partners[0])
    left, right = (other, document) if other.pk == document.translation_of_id else (document, other)
    pairs = [shown(pair) for pair in translations.beside(left, right, request.member)]
    context |= {"left": left, "right": right, "other": other, "pairs": pairs}
    return show(request, "annotations/document_beside.html", context, status=status)


def _settle(request: PageRequest, pk: int, query: QueryDict) -> None:
    """`query` gets what the step can be taken back by."""
    with writing(by=request.member) as op:
        if request.POST.get("action") == "undo":
            undo.undo(op, request.POST.get("op", ""))
        else:
            settle(op, request, pk)
    query["done"] = op.key


def settle(op: Op, request: PageRequest, pk: int) -> None:
    row = Document.objects.select_for_update(of=("self",)).select_related("translation_of").get(pk=pk)
    row.corpus = op.corpus
    stale = noop("Somebody changed the facts of this document meanwhile. Look at them again.")
    check_seen(request.POST, row.version, Stale("changed_meanwhile", stale))
    asked = request.POST.get("original", "")
    translations.say(op, row, translations.original_of(op, int(asked)) if asked.isdecimal() else None)


def choices(document: Document) -> list[tuple[int, str]]:
    """Documents that may be the original: those that are no translation themselves."""
    rows = Document.objects.filter(corpus=document.corpus_id, removed_at=None, translation_of=None)
    return list(rows.exclude(pk=document.pk).order_by("title").values_list("pk", "title")[:MOST])


def shown(pair: Pair) -> tuple[list[tuple[Cell, SafeString]], list[tuple[Cell, SafeString]], str]:
    """A pair with its words as HTML."""
    old, new = ([(cell, words(cell)) for cell in side] for side in (pair.old, pair.new))
    return old, new, pair.level


def words(cell: Cell) -> SafeString:
    """The text of a cell, its passages marked, the numbers of their statements behind them. Text is escaped, never
    trusted."""
    return mark_safe("".join(_pieces(cell)))


def _pieces(cell: Cell) -> Iterator[str]:
    cuts = sorted({0, len(cell.text), *(at - cell.start for one in cell.passages for at in (one.start, one.end))})
    cuts = [cut for cut in cuts if 0 <= cut <= len(cell.text)]
    for first, last in zip(cuts, cuts[1:], strict=False):
        inner = escape(cell.text[first:last], quote=False)
        here = [one for one in cell.passages if one.start <= cell.start + first and cell.start + last <= one.end]
        yield _mark(here, inner) if here else inner
        for one in here:
            if one.end == cell.start + last:
                yield from _numbers(one)


def _mark(here: list[Passage], inner: str) -> str:
    kinds = {row.kind for one in here for row in one.statements}
    line = "".join(f" line-{kind}" for kind in ("claim", "proposal") if kind in kinds)
    ids = " ".join(str(one.annotation) for one in here)
    others = " ".join(str(other) for one in here for other in one.others)
    return (
        f'<mark class="tint-plain{line}" tabindex="0" role="button" aria-pressed="false" data-ids="{ids}" '
        f'data-with="{others}">{inner}</mark>'
    )


def _numbers(one: Passage) -> Iterator[str]:
    for row in one.statements:
        yield (
            f'<a class="number-mark kind-{row.kind} beside-number" href="{escape(row.get_absolute_url())}">'
            f"{escape(row.label)}</a>"
        )


urls: list[Any] = [path("documents/<int:pk>/beside/", document_beside, name="document_beside")]

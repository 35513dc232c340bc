"""Pages of documents: the list, adding many at once or pasting, facts, removing."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.filters import documents as filtered
from annotations.forms import FactsForm
from annotations.forms.meeting import lines
from annotations.models import Batch, Document, Member, ReadingState
from annotations.rules import vocabulary
from annotations.rules.errors import Problem
from annotations.services import access, coverage, documents
from annotations.services.op import Op, writing
from annotations.views.door import PageRequest, page, refuse, show
from annotations.views.meeting import alone, both_versions, valid

PAGE = 50
FILTERS = ("q", "reading", "language", "batch", "unread_by_all", "tag")
ORDERS = {
    "-added": ("-id",),
    "added": ("id",),
    "title": ("title", "id"),
    "-title": ("-title", "-id"),
    "passages": ("annotation_count", "id"),
    "-passages": ("-annotation_count", "-id"),
    "date": ("published_date", "id"),
    "-date": ("-published_date", "-id"),
}


def document_of(request: PageRequest, pk: int) -> Document:
    """A live document of this corpus, or 404."""
    found = (
        Document.objects.select_related("current", "batch")
        .filter(corpus=request.member.corpus, removed_at=None, pk=pk)
        .first()
    )
    if found is None:
        raise access.not_found()
    found.corpus = request.member.corpus
    return found


def with_reading(rows: QuerySet[Document], member: Member) -> QuerySet[Document]:
    """Each document with this member's reading state, and whether anybody has read it."""
    mine = ReadingState.objects.filter(document=OuterRef("pk"), member=member)
    anybody = ReadingState.objects.filter(document=OuterRef("pk"), state__in=("read", "nothing"))
    return rows.annotate(
        my_state=Subquery(mine.values("state")[:1]),
        my_paragraph=Subquery(mine.values("paragraph")[:1]),
        read_by_somebody=Exists(anybody),
    )


@page("documents")
def document_list(request: PageRequest) -> HttpResponse:
    """Documents with their reading state, filtered and paged; the filters are those of the API."""
    member = request.member
    rows = with_reading(filtered(member, request.GET), member)
    order = request.GET.get("ordering", "-added")
    rows = rows.order_by(*ORDERS.get(order, ORDERS["-added"])).select_related("current", "batch")
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    coverage.tell(found.object_list, member)
    batches = Batch.objects.filter(corpus=member.corpus).annotate(n=Count("documents")).filter(n__gt=0)
    return show(request, "annotations/document_list.html", {
        "page": found, "total": found.paginator.count, "ordering": order, "query": request.GET,
        "batches": batches.order_by("-id")[:20], "filtered": any(request.GET.get(name) for name in FILTERS),
        "progress": reading_counts(member), "reading_states": vocabulary.READING_STATES.codes,
        "languages": vocabulary.LANGUAGES.codes,
    })  # fmt: skip


def reading_counts(member: Member) -> dict[str, int]:
    """Documents by this member's reading state."""
    live = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None)
    mine = ReadingState.objects.filter(member=member, document__removed_at=None)
    found: dict[str, int] = {
        str(row["state"]): row["n"] for row in mine.values("state").annotate(n=Count("id")).order_by("state")
    }
    total = live.count()
    begun = sum(n for state, n in found.items() if state != "unread")
    return {
        "total": total,
        "read": found.get("read", 0) + found.get("nothing", 0),
        "reading": found.get("reading", 0),
        "unread": total - begun,
    }


@page("documents", post="edit_document_facts")
def document_facts(request: PageRequest, pk: int) -> HttpResponse:
    """The facts of a document: proposed ones are marked, saving confirms them."""
    document = document_of(request, pk)
    form = FactsForm(request.POST or None, instance=copy(document))  # checking it writes into its instance
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            with writing(by=request.member) as op:
                save_facts(op, pk, request.POST)
        except Problem as problem:
            status = refuse(request, problem)
            document.refresh_from_db()
            form = FactsForm(request.POST, instance=copy(document))
        else:
            messages.success(request, _("Saved"))
            return redirect(document.get_absolute_url())
    proposed = [form.fields[name].label for name in document.proposed if name in form.fields]
    context = {
        "document": document,
        "form": form,
        "proposed": proposed,
        "versions": document.versions.order_by("-number"),
        "load": load_report(document),
        **both_versions(form),
    }
    return show(request, "annotations/document_facts.html", context, status=status)


def save_facts(op: Op, pk: int, data: QueryDict) -> None:
    """Store what this person changed and confirm the rest; Stale when somebody else changed the same."""
    row = Document.objects.select_for_update(of=("self",)).get(pk=pk)
    form = FactsForm(data, instance=copy(row))
    alone(op, form, row)
    values = valid(form).facts()
    row = documents.update_facts(op, row, confirm=form.fields, **values)
    if "note" in form.touched():
        documents.set_note(op, row, lines(form.cleaned_data["note"]))


def load_report(document: Document) -> list[tuple[str, int]]:
    """Repairs by kind and folded paragraphs, for the load report (UX.md 4.11)."""
    version = document.current
    return sorted(version.repairs.items()) if version else []


@page("documents", verb="remove_document")
def document_remove(request: PageRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    if request.method == "POST":
        with writing(by=request.member) as op:
            documents.remove(op, document)
        messages.success(request, _("Removed: %(title)s") % {"title": document.title})
    return redirect(reverse("document_list", args=[request.member.corpus.slug]))


@page("documents")
def document_last(request: PageRequest) -> HttpResponse:
    """The document that one read last, at the paragraph where one was; the list when there is none."""
    mine = ReadingState.objects.filter(member=request.member, document__removed_at=None)
    found = mine.order_by("-updated_at").first()
    if found is None:
        return redirect("document_list", request.member.corpus.slug)
    return redirect("document_read", request.member.corpus.slug, found.document_id)


def next_unread(member: Member, after: int = 0) -> Document | None:
    """The next document this member has not read, after this one in the list, else the first."""
    begun = ReadingState.objects.filter(member=member, state__in=("read", "nothing")).values("document_id")
    rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None).exclude(pk__in=begun).order_by("id")
    return rows.filter(pk__gt=after).first() or rows.exclude(pk=after).first()


urls: list[Any] = [
    path("documents/", document_list, name="document_list"),
    path("documents/last/", document_last, name="document_last"),
    path("documents/<int:pk>/facts/", document_facts, name="document_facts"),
    path("documents/<int:pk>/remove/", document_remove, name="document_remove"),
]

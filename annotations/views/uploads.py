"""Adding documents: many files at once, or a pasted text. Scripts send each file to the API; without them one form has
them all, and what may be a new version of a document that is here is asked about on the page that comes back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.forms import PasteForm
from annotations.http.problems import sentence
from annotations.models import Document
from annotations.readers import READERS
from annotations.rules.errors import Missing, Problem, Refused
from annotations.rules.limits import LIMITS
from annotations.services import access, imports_kept, limits, loading, new_versions
from annotations.services.imports_kept import Kept
from annotations.services.new_versions import Draft
from annotations.services.op import writing
from annotations.views.documents import document_of
from annotations.views.door import PageRequest, attempt, page, say, show


@page("documents", post="add_document", verb="add_document")
def document_add(request: PageRequest) -> HttpResponse:
    """Upload many files (each goes to the API by script, or all in one form without), or paste a text."""
    form = PasteForm(request.POST or None)
    if request.method == "POST" and request.FILES:
        return upload_all(request)
    if request.method == "POST" and "another" in request.POST:
        attempt(request, _another, said=None)
        left = [str(kept.uid) for kept, _document in asked(request)]
        return redirect(asking(request, left) if left else reverse("document_list", args=[request.member.corpus.slug]))
    if request.method == "POST" and form.is_valid():
        made = paste(request, form)
        if made is not None:
            return redirect(made.get_absolute_url())
    context = {
        "asked": asked(request),
        "form": form,
        "limits": shown_limits(),
        "formats": [reader.extensions[0] for reader in READERS],
        "accepted": [extension for reader in READERS for extension in reader.extensions],
        "max_bytes": limits.of("upload_bytes"),
        "max_files": limits.of("batch_files"),
    }
    return show(request, "annotations/document_add.html", context)


def shown_limits() -> list[tuple[str, object, str]]:
    """(name, number as a person reads it, unit) of the limits that an uploader meets."""
    names = ("upload_bytes", "batch_files", "text_characters", "pages", "reader_seconds")
    return [(name, LIMITS[name].shown(limits.of(name)), LIMITS[name].unit) for name in names]


def paste(request: PageRequest, form: PasteForm) -> Document | None:
    """The document of a pasted text; None with the reason said when it could not be made."""
    given = {"title": form.cleaned_data["title"]} if form.cleaned_data["title"] else {}
    try:
        incoming = loading.from_text(form.cleaned_data["text"], again=form.cleaned_data["again"])
        with writing(by=request.member) as op:
            return loading.store(op, incoming, **given)
    except Refused as problem:
        form.add_error("text", sentence(problem))
        form.present = Document.objects.filter(pk=int(str(problem.params.get("id", 0)))).first()
    except Problem as problem:
        say(request, problem)
    return None


def upload_all(request: PageRequest) -> HttpResponse:
    """Without scripts: every file of the form, one bad file never stops the rest; then what has to be asked."""
    done: list[Document] = []
    ask: list[str] = []
    for file in request.FILES.getlist("file")[: limits.of("batch_files")]:
        try:
            found = _upload(request, file.read(), file.name or "")
        except Problem as problem:
            say(request, problem)
            continue
        if isinstance(found, Draft):
            ask.append(str(found.kept.uid))
        else:
            done.append(found)
    for document in done:
        messages.success(request, _("Loaded: %(title)s") % {"title": document.title})
    return redirect(asking(request, ask) if ask else reverse("document_list", args=[request.member.corpus.slug]))


def _upload(request: PageRequest, data: bytes, name: str) -> Document | Draft:
    """A new document; or a draft, kept for a day, when it may be a new version of one with the same name."""
    incoming = loading.from_upload(request.member, data, name, ask=True)
    try:
        with writing(by=request.member) as op:
            return loading.store(op, incoming)
    except Refused as problem:
        if problem.code != "document_named":
            raise
        other = Document.objects.select_related("current").get(pk=int(str(problem.params["id"])))
        other.corpus = request.member.corpus
        return new_versions.begin(request.member, other, data=data, name=name)


def asking(request: PageRequest, uids: list[str]) -> str:
    """The address of this page with what it has to ask."""
    return f"{request.path}?{urlencode({'ask': uids}, doseq=True)}"


def asked(request: PageRequest) -> list[tuple[Kept, Document]]:
    """The files that wait for an answer, each with the document of the same name."""
    found = []
    for uid in request.GET.getlist("ask")[: limits.of("batch_files")]:
        try:
            found.append(waiting(request, uid))
        except Missing:
            pass  # answered, or older than a day
    return found


def waiting(request: PageRequest, uid: str) -> tuple[Kept, Document]:
    """One's own file that waits, and the document of the same name; Missing when either is gone."""
    try:
        kept = imports_kept.load(request.member, UUID(uid), imports_kept.VERSION)
    except ValueError:
        raise access.not_found() from None
    return kept, document_of(request, kept.state["document"])


def _another(request: PageRequest) -> None:
    """The file is a document of its own."""
    kept, _document = waiting(request, request.POST["another"])
    incoming = loading.from_upload(request.member, kept.data, kept.name)
    with writing(by=request.member) as op:
        made = loading.store(op, incoming)
    imports_kept.forget(kept)
    messages.success(request, _("Loaded: %(title)s") % {"title": made.title})


urls: list[Any] = [path("documents/add/", document_add, name="document_add")]

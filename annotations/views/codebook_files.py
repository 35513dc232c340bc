"""The codebook as a file, and out of one: which formats, what a file would change, then the change."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from annotations.formats.codebooks import CODEBOOK_FORMATS, format_of, read_json, write_json
from annotations.models import Corpus
from annotations.rules.errors import Invalid, Missing, Stale, noop
from annotations.services import codebook_import, editions, limits
from annotations.services.op import writing
from annotations.views.door import PageRequest, attempt, page, show
from annotations.views.meeting import check_seen


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("JSON or CSV as exported here, or QDC of another program"))


@page("codebook", verb="export")
def codebook_export(request: PageRequest, name: str) -> HttpResponse:
    """The file of an edition: `?edition=`, else as it is now."""
    format = CODEBOOK_FORMATS.get(name)
    if format is None:
        raise Missing("format_unknown", noop("There is no format “%(name)s”."), name=name)
    corpus, asked = request.member.corpus, request.GET.get("edition", "")
    number = int(asked[:9]) if asked.isdecimal() else corpus.codebook_version
    content = editions.get(corpus, number).content if asked else editions.content(corpus)
    response = HttpResponse(format.write(content, number), content_type=format.mime)
    file = f"{corpus.slug}-codebook-{number}.{format.extension}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response


@page("codebook", verb="manage_codebook")
def codebook_import_page(request: PageRequest) -> HttpResponse:
    """A file, then what it would change; the second POST brings back what was read and changes it."""
    if "content" in request.POST:
        status = attempt(request, _import)
        if status == 302:
            return redirect("codebook", request.member.corpus.slug)
        return show(request, "annotations/codebook_import.html", {"form": FileForm()}, status=status)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        attempt(request, _look, form.cleaned_data["file"], context, said=None)
    return show(request, "annotations/codebook_import.html", context)


def _look(request: PageRequest, file: Any, context: dict[str, Any]) -> None:
    """Put what the file says, and what that would change, into the context."""
    limits.check("upload_bytes", file.size, "file")
    data = file.read()
    content = format_of(data, file.name).read(data, file.name)
    changes = codebook_import.preview(request.member, content)
    kept = write_json(content, 0).decode()
    seen = request.member.corpus.codebook_version
    context.update({"changes": changes, "content": kept, "name": file.name, "seen": seen})


def _import(request: PageRequest) -> None:
    try:
        content = read_json(request.POST["content"].encode(), "")
    except (json.JSONDecodeError, UnicodeEncodeError):
        raise Invalid("codebook_broken", noop("The codebook did not come back whole. Send the file again.")) from None
    with writing(by=request.member) as op:
        corpus = Corpus.objects.select_for_update().get(pk=op.corpus.pk)
        said = noop("Somebody changed the codebook meanwhile. Look at the file again.")
        check_seen(request.POST, corpus.codebook_version, Stale("changed_meanwhile", said))
        codebook_import.apply(op, content)


urls: list[Any] = [
    path("codebook/export/<str:name>/", codebook_export, name="codebook_export"),
    path("codebook/import/", codebook_import_page, name="codebook_import"),
]

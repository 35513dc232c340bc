"""Coding a document of a round: the reader on the text that was shared out, with one's own layer and frozen tags."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language

from annotations.models import Assignment, Document
from annotations.models.codebook import suffix
from annotations.services import coding
from annotations.views.door import PageRequest, page
from annotations.views.reader import boot, reader
from annotations.views.rounds import document_in, round_of

#: Addresses that the reader of a round goes without: no reading state, no statement to go to, nothing that suggests.
WITHOUT = ("reading", "coverage", "next_unread", "statement", "suggestions")


@page("rounds", verb="code_round")
def round_code(request: PageRequest, pk: int, document: int) -> HttpResponse:
    """The reader of one's own layer; what others marked does not come with it."""
    row, found = round_of(request, pk), document_in(request, pk, document)
    mine = coding.assignment_of(row, found, request.member)
    here = reverse("api_round_annotations", args=[row.pk, found.pk])
    more = {
        "round": row,
        "assignment": mine,
        "state": None,
        "versions": (),
        "latest": True,
        "boot": booted(request, found, mine, here),
    }
    return reader(request, found, mine.text, here, more)


def booted(request: PageRequest, document: Document, mine: Assignment, here: str) -> dict[str, Any]:
    """What the scripts are told of the document, with the codebook as it was when the round was opened."""
    found = boot(request, document)
    row, language = mine.layer.round, suffix(get_language() or "en")
    at_work = mine.state == "open" and row.closed_at is None
    tags = [
        {
            "id": tag["id"], "label": tag.get(f"label_{language}") or tag["label"], "colour": tag["colour"],
            "key": tag["key"], "definition": tag.get(f"definition_{language}") or tag["definition"],
        }
        for tag in row.codebook
    ]  # fmt: skip
    urls = {name: url for name, url in found["urls"].items() if name not in WITHOUT}
    can = {**found["member"]["can"], "annotate": found["member"]["can"]["annotate"] and at_work}
    return {
        **found, "tags": tags, "urls": {**urls, "annotations": here, "same": reverse("api_same", args=[document.pk])},
        "member": {**found["member"], "can": can}, "round": {"id": row.pk, "assignment": mine.pk},
    }  # fmt: skip


urls: list[Any] = [path("rounds/<int:pk>/documents/<int:document>/", round_code, name="round_code")]

"""The export page: a format, what it leaves out, and only then the button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.filters import StatementFilter, ordered
from annotations.filters import statements as filtered
from annotations.formats import FORMATS
from annotations.formats.base import Format
from annotations.records import Export
from annotations.rules import roles
from annotations.rules.errors import render
from annotations.rules.vocabulary import (
    CHECKWORTHINESS,
    CLAIM_TYPES,
    FITS,
    KINDS,
    MECHANISMS,
    PROGRESS,
    PUBLIC,
    STATUSES,
    VERDICTS,
    WORDINGS,
    WORK,
)
from annotations.services import collect
from annotations.services.collect import asked
from annotations.views.door import PageRequest, page, show

#: What each filter is called; the words of the Tracker.
LABELS: Mapping[str, Promise] = {
    "q": _("Text"), "kind": _("Kind"), "type": _("Type"), "status": _("Status"), "work": _("Status"),
    "public": _("Public"), "verdict": _("Verdict"), "progress": _("Progress"), "mechanism": _("Mechanism"),
    "checkworthiness": _("Check-worthiness"), "wording": _("Wording"), "tag": _("Tag"), "document": _("Document"),
    "agent": _("Speaker"), "assignee": _("Owner"), "creator": _("Made by"), "fit": _("Passages"),
    "due_before": _("Due before"), "due_after": _("Due after"), "created_after": _("Made after"),
    "created_before": _("Made before"), "updated_after": _("Changed after"), "about": _("About"),
}  # fmt: skip
TERMS: Mapping[str, Sequence[Any]] = {
    "kind": (KINDS,), "type": (CLAIM_TYPES, MECHANISMS), "status": (STATUSES,), "work": (WORK,), "public": (PUBLIC,),
    "verdict": (VERDICTS,), "progress": (PROGRESS,), "mechanism": (MECHANISMS,), "checkworthiness": (CHECKWORTHINESS,),
    "wording": (WORDINGS,), "fit": (FITS,),
}  # fmt: skip
OTHER_WORDS: Mapping[str, Promise] = {"none": _("none"), "me": _("me")}


@page("export", verb="export")
def export_page(request: PageRequest) -> HttpResponse:
    """GET ?format=&filters: the formats, the loss report of the chosen one, the download."""
    member, query = request.member, request.GET.dict()
    format = asked.format_named(query.get("format", "csv"))
    rows = ordered(filtered(member, request.GET), query.get("ordering", ""))
    chosen = asked.narrowing(query, StatementFilter.base_filters)
    said = filter_words(asked.named(member, chosen))
    words = "; ".join(f"{label}: {values}" for label, values in said)
    found = collect.export(member, rows, filters=words, unreviewed=asked.unreviewed(query))
    context = {
        "formats": [choice(each, each is format) for each in FORMATS.values()], "format": format,
        "said": said, "losses": losses(format, found), "counts": found.counts,
        "file_name": asked.file_name(found, format), "download": download(request, format),
        "narrowed": chosen, "ordering": query.get("ordering", ""), "unreviewed": asked.unreviewed(query),
        "may_check": roles.allows(member.role, "verify"),
    }  # fmt: skip
    return show(request, "annotations/export_page.html", context)


def filter_words(filters: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Each filter as its label and its values, in the language of the page."""
    return [
        (str(LABELS.get(name, name)), ", ".join(_value(name, value) for value in values))
        for name, values in filters.items()
    ]


def _value(name: str, value: str) -> str:
    for vocabulary in TERMS.get(name, ()):
        if value in vocabulary:
            return gettext(vocabulary.label(value))
    return str(OTHER_WORDS.get(value, value))


def choice(format: Format, is_chosen: bool) -> dict[str, object]:
    return {
        "name": format.name, "label": gettext(format.label), "extension": format.extension, "chosen": is_chosen,
    }  # fmt: skip


def losses(format: Format, found: Export) -> list[str]:
    """The loss report as sentences, but for the filter, which the page shows by itself."""
    return [
        render(loss.template, {"count": loss.count, **loss.params}, gettext)
        for loss in format.losses(found)
        if loss.code != "filter"
    ]


def download(request: PageRequest, format: Format) -> str:
    """The address of the file, with the filters of the page."""
    query = request.GET.copy()
    query.pop("format", None)
    address = reverse("api_export", args=[request.member.corpus_id, format.name])
    return f"{address}?{query.urlencode()}" if query else address


urls: list[Any] = [path("export/", export_page, name="export_page")]

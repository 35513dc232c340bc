"""Items of an import as a page shows them: words, places to choose from, what a row becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from annotations.http.problems import sentence
from annotations.models import Document, Member
from annotations.rules.vocabulary import KINDS
from annotations.services import texts
from annotations.services.imports import STATES, Place
from annotations.services.imports_table import RowItem

#: How a state looks: the code of another state with the same shape and tone.
LOOKS: Mapping[str, str] = {
    "anchored": "confirmed", "changed": "changed", "several": "ambiguous", "missing": "orphaned",
    "no_document": "refused", "bare": "proposed", "here": "nothing", "refused": "refused",
}  # fmt: skip
AROUND = 16


def state(code: str) -> dict[str, str]:
    """`look` is for the status tag; word and meaning are translated."""
    term = STATES[code]
    return {"code": code, "look": LOOKS[code], "word": gettext(term.label), "meaning": gettext(term.definition)}


def counted(states: Mapping[str, int], chosen: str) -> list[dict[str, Any]]:
    """The states that occur, each with its number, for filtering by them."""
    return [
        {**state(code), "count": states[code], "chosen": code == chosen} for code in STATES.codes if states.get(code)
    ]


def row(item: RowItem, slug: str, chosen: int | None) -> dict[str, Any]:
    """One row of a table, with the passage it was found at."""
    return {
        "number": item.number, "state": state(item.state), "quote": item.quote, "title": item.title,
        "url": reader(item.place, slug), "paragraph": paragraph(item.place), "kind": kind(item.row.kind),
        "text": item.row.text, "tags": item.row.tags, "speaker": item.row.speaker,
        "places": [{"index": index, "label": label(place), "chosen": index == chosen}
                   for index, place in enumerate(item.places)] if item.state == "several" else [],
        "problems": [sentence(problem) for problem in item.problems],
    }  # fmt: skip


def kind(code: str) -> str:
    return gettext(KINDS.label(code)) if code else ""


def reader(place: Place | None, slug: str) -> str:
    return reverse("document_read", args=[slug, place.document]) if place else ""


def paragraph(place: Place | None) -> int:
    """Counted from 1; 0 for no place."""
    return texts.get(place.version).block_at(place.start) + 1 if place else 0


def label(place: Place) -> str:
    """A place among several: its paragraph and what stands around it."""
    text = texts.get(place.version)
    start, end = text.map.raw_to_clean(place.start, place.end)
    before = text.clean[max(0, start - AROUND) : start].replace("\n", " ")
    after = text.clean[end : end + AROUND].replace("\n", " ")
    title = Document.objects.values_list("title", flat=True).get(pk=place.document)
    return f"{title[:24]} ¶{text.block_at(place.start) + 1} …{before}[{text.clean[start:end][:24]}]{after}…"


def reported(items: Sequence[Mapping[str, Any]], member: Member) -> list[dict[str, Any]]:
    """Items of a kept report (annotations of another program)."""
    slug = member.corpus.slug
    return [
        {
            **item, "state": state(item["state"]), "quote": item["quote"] or item["id"],
            "url": reverse("document_read", args=[slug, item["document"]]) if item["document"] else "",
            "problems": [problem["detail"] for problem in item["problems"]],
        }
        for item in items
    ]  # fmt: skip

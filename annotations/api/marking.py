"""What the body of a new annotation asks for: where (offsets or W3C selectors) and which statements it expresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from annotations.http import requests
from annotations.models import Document, Version
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.services import texts
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.text import selectors
from annotations.text.cleaning import Cleaned


def version_of(request: HttpRequest, document: Document) -> int:
    """The version that `?version=` names, by its id; the current one without."""
    asked = requests.query_id(request, "version")
    return known(asked, document) if asked is not None else document.current_id or 0


def known(pk: int, document: Document) -> int:
    """The id, when it is one of this document's versions; Missing otherwise."""
    if pk != document.current_id and not Version.objects.filter(document=document, pk=pk).exists():
        raise Missing("version_unknown", noop("This document has no such version."), field="version")
    return pk


def span_of(body: Mapping[str, Any], document: Document) -> tuple[Span, int | None]:
    """The passage of a request (offsets in raw or clean space, or W3C selectors), and the version it names if any."""
    version: int | None = body.get("version")
    if version is not None:
        known(version, document)
    if "selector" in body:
        return selected(body["selector"], document, version), version
    for name in ("start", "end"):
        if name not in body:
            raise Invalid("field_missing", noop("“%(name)s” is missing."), field=name, name=name)
    space = body.get("space", "raw")
    if space not in ("raw", "clean"):
        raise Invalid("space_unknown", noop("“space” is raw or clean."), field="space")
    if space == "clean" and body.get("cleaner"):
        check_cleaner(body["cleaner"], version or document.current_id or 0)
    return Span(body["start"], body["end"], space, body.get("exact")), version


def check_cleaner(name: str, version: int) -> None:
    """Clean offsets count in the text of one cleaner; another one's would point somewhere else."""
    used = Version.objects.values_list("cleaner", flat=True).filter(pk=version).first()
    if used != name:
        template = noop("This version was cleaned by “%(used)s”; its clean offsets count in that text.")
        raise Refused("other_cleaner", template, field="cleaner", used=used)


def selected(selector: object, document: Document, version: int | None) -> Span:
    """A Span from W3C selectors; Missing when the words are not there, Invalid when they stand in several places."""
    text = texts.get(version or document.current_id or 0)
    cleaned = Cleaned(text.clean, text.map, (), "")  # as stored: nothing is cleaned again
    found = selectors.find(text.raw, selector, cleaned)  # type: ignore[arg-type]  # what makes no sense finds nothing
    if found.state == "ambiguous":
        raise Invalid(
            "several_places", noop("These words stand in several places; add a prefix or a position."), field="selector"
        )
    if found.start is None or found.end is None:
        raise Missing("words_not_found", noop("These words do not stand in the document."), field="selector")
    return Span(found.start, found.end)


def wanted_of(body: Mapping[str, Any]) -> list[Wanted]:
    """`statements: [{kind} | {id, fit, difference}]`; `statement` is its one-item form (UX.md 4.2)."""
    given = body.get("statements", [body["statement"]] if "statement" in body else [])
    return [wanted(item) for item in given]


def wanted(item: Mapping[str, Any]) -> Wanted:
    if "id" in item:
        return Wanted(
            statement_id=item["id"], fit=item.get("fit", "same"), difference=item.get("difference", "")
        )  # fmt: skip
    return Wanted(kind=item.get("kind", ""))

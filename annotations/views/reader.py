"""The reader: a document as clean text (or with its repairs, or raw), its passages beside it. The scripts take it
from there."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language, gettext

from annotations.http import shapes
from annotations.models import Annotation, Document, Member, ReadingState, Tag, Version
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Problem
from annotations.rules.status import status_label
from annotations.services import anchors, comparison, coverage, search, texts
from annotations.views.documents import document_of, next_unread
from annotations.views.door import PageRequest, page, say, show
from annotations.views.reader_blocks import VIEWS, render

REPAIRS = ("gloss", "lost-bytes", "broken-entity")


@page("documents")
def document_read(request: PageRequest, pk: int) -> HttpResponse:
    """The reader page; `?view=` clean, repairs or raw, `?copies=shown` with the repeated body, `?version=`
    another version."""
    document = document_of(request, pk)
    version = version_of(document, request.GET.get("version", ""))
    state = ReadingState.objects.filter(document=document, member=request.member).first()
    told = boot(request, document, read_only=version.pk != document.current_id or "place" in request.GET)
    more = {
        "boot": told
        | {
            "coverage": coverage.of(request.member, document, version),
            "found": found(request, document, version),
        },
        "finding": request.GET.get("find", "").strip(),
        "latest": version.pk == document.current_id,
        "placing": placing(request, document, version),
        "state": state,
        "versions": document.versions.order_by("-number") if document.versions.count() > 1 else (),
    }
    return reader(request, document, version, reverse("api_annotations", args=[pk]), more)


def reader(
    request: PageRequest, document: Document, version: Version, annotations: str, more: dict[str, Any]
) -> HttpResponse:
    """The page of one text, with the passages that the address `annotations` gives; `more` is of the caller."""
    text = texts.get(version.pk)
    view = request.GET.get("view", "clean") if request.GET.get("view") in VIEWS else "clean"
    repairs = sum(version.repairs.get(kind, 0) for kind in REPAIRS)
    context = {
        "document": document,
        "version": version,
        "view": view,
        "space": "raw" if view == "raw" else "clean",
        "blocks": render(text, view, "copies" in request.GET),
        "annotations": annotations,
        "repairs": repairs,
        "views": [(code, label) for code, label in view_names(repairs)],
        **more,
    }
    response = show(request, "annotations/document_read.html", context)
    response["Link"] = (
        f"<{annotations}?version={version.pk}&page_size=10000>; rel=preload; as=fetch; crossorigin=anonymous"
    )
    return response


def placing(request: PageRequest, document: Document, version: Version) -> dict[str, Any] | None:
    """`?place=`: the passage that is to be selected again, its old words, and about where they stood."""
    asked = request.GET.get("place", "")
    if not asked.isdecimal() or version.pk != document.current_id or version.number < 2:
        return None
    roles.check(request.member.role, "reanchor")
    visible = Annotation.objects.visible_to(request.member).select_related("document")
    row = visible.filter(document=document, pk=int(asked)).first()
    if row is None:
        return None
    last, now = anchors.before(row), row.anchors.filter(version=version).first()
    near = now.clean_start if now else comparison.near(last, version)
    return {"annotation": row, "before": last.quote, "near": near, "end": now.clean_end if now else 0}


def found(request: PageRequest, document: Document, version: Version) -> list[tuple[int, int]]:
    """Where the words of `?find=` stand, as clean offsets; nothing for what cannot be understood."""
    words = request.GET.get("find", "").strip()
    if not words or version.pk != document.current_id:
        return []
    try:
        return search.places(request.member, words, document)
    except Problem as problem:
        say(request, problem)
        return []


def version_of(document: Document, asked: str) -> Version:
    found = document.versions.filter(number=int(asked)).first() if asked.isdecimal() else None
    return found or document.current  # type: ignore[return-value]


def view_names(repairs: int) -> list[tuple[str, str]]:
    names = [("clean", gettext("Clean")), ("repairs", gettext("Repairs")), ("raw", gettext("Raw"))]
    return names if repairs else [names[0], names[2]]


def boot(request: PageRequest, document: Document, *, read_only: bool = False) -> dict[str, Any]:
    """What the scripts need to know; the words come apart (js_strings). An old version is read, never marked."""
    member, language = request.member, get_language() or "en"
    tags = Tag.objects.filter(
        corpus=member.corpus, tag_set__scope="annotation", tag_set__removed_at=None, deprecated=False
    )
    return {
        "tags": [shapes.tag(tag, language) for tag in tags.order_by("tag_set__order", "order")],
        "member": {
            "id": member.pk,
            "name": member.name,
            "role": member.role,
            "can": {verb: roles.allows(member.role, verb) and not read_only for verb in roles.VERBS},
        },
        "urls": urls_of(member, document),
        "kinds": words(vocabulary.KINDS),
        "labels": labels(),
        "document": {
            "id": document.pk,
            "title": document.title,
            "author": ", ".join(document.authors),
            "affiliation": document.affiliation,
            "publisher": document.publisher,
            "date": document.published_date,
            "url": document.url,
        },
        "keys": {"single": request.user.single_keys},  # type: ignore[union-attr]
    }


def words(name: vocabulary.Vocabulary[Any]) -> dict[str, str]:
    return {code: gettext(label) for code, label in name.choices}


def labels() -> dict[str, dict[str, str]]:
    """Words for codes, as the cards show them."""
    return {
        "status": {code: gettext(status_label("claim", code)) for code in vocabulary.STATUSES.codes},
        "verdict": words(vocabulary.VERDICTS),
        "progress": words(vocabulary.PROGRESS),
        "voice": words(vocabulary.VOICES),
        "modality": words(vocabulary.MODALITIES),
        "difference": words(vocabulary.DIFFERENCES),
        "fit": words(vocabulary.FITS),
        "author_stance": words(vocabulary.AUTHOR_STANCES),
    }


def urls_of(member: Member, document: Document) -> dict[str, str]:
    slug, corpus = member.corpus.slug, member.corpus_id
    following = next_unread(member, document.pk)
    return {
        "annotations": reverse("api_annotations", args=[document.pk]),
        "annotation": reverse("api_annotation", args=[0]).replace("/0/", "/{id}/"),
        "occurrence": reverse("api_occurrence", args=[0]).replace("/0/", "/{id}/"),
        "comments": reverse("api_annotation_comments", args=[0]).replace("/0/", "/{id}/"),
        "comment": reverse("api_comment", args=[0]).replace("/0/", "/{id}/"),
        "same": reverse("api_same", args=[document.pk]),
        "suggestions": reverse("api_suggestions", args=[document.pk]),
        "suggestion_accept": reverse("api_suggestion_accept", args=[0]).replace("/0/", "/{id}/"),
        "suggestion_reject": reverse("api_suggestion_reject", args=[0]).replace("/0/", "/{id}/"),
        "alike": reverse("alike", args=[slug]),
        "permalink": reverse("annotation_permalink", args=[0]).replace("/0/", "/{id}/"),
        "statement": reverse("statement_detail", args=[slug, "LABEL"]).replace("LABEL", "{label}"),
        "statements": reverse("api_statements", args=[corpus]),
        "reading": reverse("api_reading", args=[document.pk]),
        "coverage": reverse("api_coverage", args=[document.pk]),
        "undo": reverse("api_undo", args=[corpus]),
        "redo": reverse("api_redo", args=[corpus]),
        "search": reverse("search", args=[slug]),
        "home": reverse("corpus_home", args=[slug]),
        "documents": reverse("document_list", args=[slug]),
        "tracker": reverse("tracker", args=[slug]),
        "sources": reverse("source_list", args=[slug]),
        "review": reverse("review_queue", args=[slug]),
        "codebook": reverse("codebook", args=[slug]),
        "next_unread": reverse("document_read", args=[slug, following.pk]) if following else "",
    }


urls: list[Any] = [path("documents/<int:pk>/", document_read, name="document_read")]

"""What the scripts of the Tracker are told with the page: addresses, choices for the cells, what this member may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from annotations.models import Member, Tag
from annotations.rules import roles, vocabulary
from annotations.rules.vocabulary import Vocabulary

VERBS = ("edit_statement", "assign_self", "assign_others", "set_aside", "triage", "annotate", "save_view")


def script_data(member: Member, tags: Mapping[int, Tag], people: Iterable[Member]) -> dict[str, Any]:
    """JSON of the page: `can` gives for each verb "" or the sentence that says who may."""
    corpus, slug, language = member.corpus_id, member.corpus.slug, get_language() or "en"
    return {
        "me": {"id": member.pk, "name": member.name}, "people": [{"id": one.pk, "name": one.name} for one in people],
        "types": {"claim": codes(vocabulary.CLAIM_TYPES), "proposal": codes(vocabulary.MECHANISMS)},
        "tags": [
            {"id": tag.pk, "set": tag.tag_set_id, "set_name": gettext(tag.tag_set.name),
             "label": tag.label_in(language), "colour": tag.colour, "scope": tag.tag_set.scope,
             "many": tag.tag_set.many}
            for tag in tags.values() if not tag.deprecated and tag.tag_set.scope != "document"
        ],
        "can": {verb: why(member, verb) for verb in VERBS},
        "urls": {
            "list": reverse("tracker", args=[slug]), "rows": reverse("tracker_rows", args=[slug]),
            "pane": reverse("tracker_pane", args=[slug, "LABEL"]),
            "page": reverse("statement_detail", args=[slug, "LABEL"]),
            "statement": reverse("api_statement", args=[0]), "bulk": reverse("api_bulk", args=[corpus]),
            "cells": reverse("api_cells", args=[corpus]), "events": reverse("api_events", args=[corpus]),
            "undo": reverse("api_undo", args=[corpus]), "redo": reverse("api_redo", args=[corpus]),
            "dialog": reverse("tracker_bulk", args=[slug, "ACTION"]), "keys": reverse("preferences"),
        },
    }  # fmt: skip


def codes(words: Vocabulary[Any]) -> list[dict[str, str]]:
    return [
        {"value": term.code, "label": gettext(term.label), "hint": gettext(term.definition) if term.definition else ""}
        for term in words
    ]


def why(member: Member, verb: str) -> str:
    """Empty when the member may, else the sentence that says which role it takes."""
    problem = roles.forbidden(member.role, verb)
    return problem.sentence(gettext) if problem else ""

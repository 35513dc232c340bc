"""What the pages of rounds show: figures in words and numbers, and the documents with what is left to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext

from annotations.models import Document, Round
from annotations.models.codebook import suffix
from annotations.rules import vocabulary
from annotations.services.adjudication import Standing

#: Krippendorff's reading of alpha: below the first nothing may be concluded, from the second on it is reliable.
TENTATIVE, RELIABLE = 0.667, 0.8


def figures(row: Round) -> dict[str, Any]:
    """The report as a table: names of the coders, and one row a label that somebody used."""
    names = dict(row.layers.order_by("member__name").values_list("member_id", "member__name"))
    words = label_words(row)
    shown = [found for found in row.report if found["label"] == "" or any(found["counts"].values())]
    return {"coders": list(names.values()), "rows": [_row(found, list(names), words) for found in shown]}


def label_words(row: Round) -> dict[str, str]:
    """What a label of the report is called in the language of the page."""
    language = suffix(get_language() or "en")
    tags = {f"tag:{tag['id']}": tag.get(f"label_{language}") or tag["label"] for tag in row.codebook}
    return {"": gettext("All passages"), **{code: gettext(word) for code, word in vocabulary.KINDS.choices}, **tags}


def _row(found: Mapping[str, Any], coders: Sequence[int], words: Mapping[str, str]) -> dict[str, Any]:
    counts = found["counts"]
    return {
        "label": words.get(found["label"], found["label"]), "counts": [counts.get(str(pk), 0) for pk in coders],
        "exact": found["exact"], "overlap": found["overlap"], "kappa": found["kappa"], "alpha": found["alpha"],
        "alpha_interval": found["alpha_interval"], "unit": found["unit"], "unit_interval": found["unit_interval"],
        "reading": _reading(found["alpha"]),
    }  # fmt: skip


def _reading(alpha: float | None) -> str:
    """good, fair or poor; "" where there is nothing to read."""
    if alpha is None:
        return ""
    return "good" if alpha >= RELIABLE else "fair" if alpha >= TENTATIVE else "poor"


def sheets(row: Round, standings: Mapping[int, Sequence[Standing]]) -> list[dict[str, Any]]:
    """The documents of a closed round: places, differences, and how many are not settled."""
    documents = Document.objects.filter(pk__in=list(standings), removed_at=None).order_by("title", "pk")
    return [
        {
            "document": document, "places": len(standings[document.pk]),
            "differ": sum(bool(one.differences) for one in standings[document.pk]),
            "left": sum(one.ruling is None for one in standings[document.pk]),
        }
        for document in documents
    ]  # fmt: skip

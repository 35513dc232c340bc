"""The shapes in which passages like another one, and text that documents share, leave over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from annotations.models import Document
from annotations.rules.reasons import told
from annotations.services import recurrence, texts
from annotations.services.deciding import Marked
from annotations.services.recurrence import Alike
from annotations.services.shared_text import Partner, Stretch
from annotations.services.suggested import OVERLAP, overlap


def alike(found: Sequence[Alike], marked: Marked) -> list[dict[str, Any]]:
    """Passages with both spans (code points) and the labels of the statements that are marked there."""
    titles = dict(Document.objects.filter(pk__in={one.document for one in found}).values_list("pk", "title"))
    rows = []
    for one in found:
        start, end = texts.get(one.version).map.clean_to_raw(one.start, one.end)
        here = {label for span, label in marked.get(one.version, ()) if overlap((one.start, one.end), span) >= OVERLAP}
        why = (told(reason, gettext) for reason in recurrence.reasons(one.verdict))
        rows.append({
            "document": one.document, "title": titles.get(one.document, ""), "text_version": one.version,
            "paragraph": one.block + 1, "start": start, "end": end, "clean_start": one.start, "clean_end": one.end,
            "quote": one.quote, "score": one.verdict.score, "fit": one.verdict.fit,
            "difference": one.verdict.difference, "why": [words for words in why if words],
            "statements": sorted(here),
        })  # fmt: skip
    return rows


def partners(found: Sequence[Partner]) -> list[dict[str, Any]]:
    return [
        {"document": one.document.pk, "title": one.document.title, "share": round(one.share, 4)} for one in found
    ]  # fmt: skip


def stretches(document: Document, found: Sequence[Stretch]) -> list[dict[str, Any]]:
    """Runs of words with their raw spans in both documents, and the words as the first one has them."""
    clean = texts.get(document.current_id or 0).clean
    return [
        {
            "start": one.start, "end": one.end, "other_start": one.other_start, "other_end": one.other_end,
            "text": clean[one.clean.start : one.clean.end],
        }
        for one in found
    ]  # fmt: skip

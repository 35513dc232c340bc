"""The shape in which two statements that may say the same leave over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from annotations.models import Statement
from annotations.rules.reasons import told
from annotations.services import duplicates, recurrence
from annotations.text import restating


def duplicate(row: Any) -> dict[str, Any]:
    """A pair as services.duplicates gives it: the words of each that were compared, with the spans in them (code
    points) where they differ."""
    mine, theirs = restating.spans(row.one_words, row.other_words)
    reasons = recurrence.reasons(restating.both_ways(row.one_words, row.other_words))
    loser, winner, why = duplicates.merge_order(row)
    return {
        "state": row.state, "score": row.score, "fit": row.fit, "difference": row.difference,
        "why": [one for one in (told(reason, gettext) for reason in reasons) if one],
        "one": _side(row.one, row.one_words, mine), "other": _side(row.other, row.other_words, theirs),
        "merge": None if why else {"loser": loser.pk, "winner": winner.pk},
    }  # fmt: skip


def _side(statement: Statement, words: str, spans: list[tuple[int, int]]) -> dict[str, Any]:
    return {
        "id": statement.pk, "label": statement.label, "kind": statement.kind, "text": statement.text,
        "version": statement.version, "words": words, "differing": [list(span) for span in spans],
    }  # fmt: skip

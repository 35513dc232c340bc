"""The shape in which quotations beside their originals leave over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from annotations.models import Member, Statement
from annotations.services import quotation
from annotations.services.quotation import Compared, Held, Quotation


def quotations(row: Statement, found: Compared | None, member: Member) -> dict[str, Any]:
    """All quotations of a statement, none when it is no claim of a quotation. `flags` as far as this member may read
    the check that records them (UX.md 4.6)."""
    return {
        "statement": row.pk, "type": row.type,
        "flags": quotation.flags(row, member),
        "quotations": [one(each) for each in found.quotations] if found else [],
        "wordless": [shot.pk for shot in found.wordless] if found else [],
    }  # fmt: skip


def one(found: Quotation) -> dict[str, Any]:
    return {
        "words": found.words,
        "annotations": list(found.annotations),
        "comparisons": [comparison(each) for each in found.held],
    }


def comparison(held: Held) -> dict[str, Any]:
    found = held.comparison
    there = found.kind != "not_found"
    return {
        "snapshot": held.snapshot.pk, "source": held.snapshot.source_id, "kind": found.kind,
        "start": found.start if there else None, "end": found.end if there else None,
        "similarity": found.similarity, "marked": found.marked, "before": held.before, "after": held.after,
        "pieces": [asdict(piece) for piece in found.pieces],
    }  # fmt: skip

"""The shapes in which sources, their snapshots and captures leave over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.db.models.functions import Length
from django.utils.translation import gettext

from annotations.models import Capture, Snapshot, Source
from annotations.services import captures

#: Snapshots of a source without their texts, which may be long.
SNAPSHOTS = Prefetch(
    "snapshots",
    Snapshot.objects.annotate(characters=Length("text")).defer("text", "block_rows").order_by("id"),
    to_attr="shots",
)
CAPTURES = Prefetch("captures", Capture.objects.order_by("-id"), to_attr="wishes")


def source(row: Source) -> dict[str, Any]:
    return sources([row])[0]


def sources(rows: Sequence[Source]) -> list[dict[str, Any]]:
    """Sources with what is archived of them, and how their last capture went."""
    prefetch_related_objects(rows, SNAPSHOTS, CAPTURES)
    return [
        {
            "id": row.pk, "uid": str(row.uid), "corpus": row.corpus_id, "version": row.version, "title": row.title,
            "type": row.type, "publisher": row.publisher, "authors": row.authors, "url": row.url,
            "published_date": row.published_date, "identifier": row.identifier, "language": row.language,
            "reliability_note": row.reliability_note, "interests_note": row.interests_note,
            "independent_group": row.independent_group, "no_snapshot_reason": row.no_snapshot_reason,
            "created_at": row.created_at, "updated_at": row.updated_at, "created_by": row.created_by_id,
            "snapshots": [snapshot(one) for one in row.shots],  # type: ignore[attr-defined]
            "capture": next((capture(one) for one in row.wishes), None),  # type: ignore[attr-defined]
        }
        for row in rows
    ]  # fmt: skip


def snapshot(row: Snapshot) -> dict[str, Any]:
    """What is archived, without its text. Only what is whole is a snapshot: what is under way is a capture."""
    return {
        "id": row.pk, "uid": str(row.uid), "source": row.source_id, "state": "fetched", "way": row.way,
        "retrieved_at": row.retrieved_at, "sha256": row.sha256, "mime": row.mime,
        "characters": getattr(row, "characters", None) or len(row.text), "http_status": row.http_status,
        "final_url": row.final_url, "redirects": row.redirects, "archive_url": row.archive_url,
        "proposed": row.proposed, "file_name": row.file_name, "created_by": row.created_by_id,
    }  # fmt: skip


def capture(row: Capture) -> dict[str, Any]:
    """One wish and what came of it, the reason in the language of whoever asks."""
    problem = captures.problem_of(row.reason)
    return {
        "id": row.pk, "uid": str(row.uid), "source": row.source_id, "url": row.url, "state": row.state,
        "code": problem.code if problem else "", "reason": problem.sentence(gettext) if problem else "",
        "http_status": row.http_status, "tries": row.tries, "asked_at": row.asked_at, "asked_by": row.asked_by_id,
        "next_try": captures.next_try(row), "ended_at": row.ended_at, "snapshot": row.snapshot_id,
        "unchanged": row.unchanged,
    }  # fmt: skip

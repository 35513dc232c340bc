"""The half of a table row that tells of the passage: where it stands, what it says, who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings

from annotations.models import Member
from annotations.services.collect import anchors, sql
from annotations.services.collect.directory import Directory
from annotations.services.collect.texts import SEPARATOR
from annotations.services.passages import VISIBLE

#: Columns of a passage, in the order in which `by_statement` gives them.
PASSAGE = (
    "document_id", "document_title", "document_language", "published_date", "document_read", "annotation_id",
    "permalink", "paragraph", "start", "end", "quote_raw", "quote_clean", "note", "annotation_tags", "fit",
    "difference", "voice", "attributed_to", "reported_via", "author_stance", "modality",
)  # fmt: skip
#: Where the anchor begins in a row of `_query`.
HERE = 14


def by_statement(member: Member, ids: Sequence[int], names: Directory) -> dict[int, list[tuple[str, ...]]]:
    """The passages of each statement that this member may see, in the order in which they were linked."""
    where, values = sql.among("o.statement_id", ids)
    rows = sql.fetch(_query().format(where=where), [member.pk, *values])
    wanted = set(ids)
    rows = [row for row in rows if row[0] in wanted]
    lost = anchors.last([row[1] for row in rows if row[HERE] is None])
    base = f"{settings.BASE_URL}/a/"
    found: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for row in rows:
        (statement_id, pk, uid, document_id, note, fit, difference, voice, speaker, via, stance, modality, strongest,
         tags, *anchor) = row  # fmt: skip
        _, start, end, exact, quote, _, _, _, block = anchor if row[HERE] is not None else lost[pk]
        document = names.documents[document_id]
        found[statement_id].append((
            document.uid, document.title, document.language, document.published_date, names.read[document_id], uid,
            f"{base}{pk}/", str(block + 1), str(start), str(end), exact, quote, note,
            SEPARATOR.join(names.labels(tags)), fit, difference, voice, names.agents[speaker], via, stance,
            modality or strongest,
        ))  # fmt: skip
    return found


def _query() -> str:
    return (
        f"SELECT o.statement_id, a.id, {sql.uid('a.uid')}, a.document_id, a.note, o.fit, o.difference, o.voice, "
        f"o.attributed_to_id, o.reported_via, o.author_stance, o.modality, s.modality, {sql.tag_ids('a.id')}, "
        f"x.version_id, {anchors.PLACE}, x.block "
        "FROM annotations_occurrence o JOIN annotations_statement s ON s.id = o.statement_id "
        f"JOIN annotations_annotation a ON a.id = o.annotation_id {anchors.JOINS} "
        "LEFT JOIN annotations_layer l ON l.id = a.layer_id LEFT JOIN annotations_round r ON r.id = l.round_id "
        f"WHERE {VISIBLE} AND o.removed_at IS NULL AND {{where}} ORDER BY o.statement_id, o.id"
    )

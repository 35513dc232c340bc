"""What a reader shows: the annotations of a document with tags and statements, read by a few cursors, not the ORM.

This is a hot path (DESIGN.md 10): 1,000 annotations in at most 15 CPU ms. Rows leave as dicts that orjson can write as
they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import connection
from django.db.models import Q

from annotations.models import Annotation, Member, Occurrence
from annotations.rules.workflow import shown_status
from annotations.services import texts
from annotations.services.annotations import Marked

VISIBLE = """
    a.removed_at IS NULL AND (a.layer_id IS NULL OR l.member_id = %s OR r.closed_at IS NOT NULL OR NOT r.blind)
"""
ROWS = f"""
SELECT a.id, {{uid}}, a.version, a.document_id, x.start, x."end", x.clean_start, x.clean_end, x.exact, x.quote,
       m.id, m.name, {{created_at}}, a.note, x.state, x.home_start, x.home_end, x.block, x.version_id, {{updated_at}},
       a.layer_id, a.kinds
FROM annotations_annotation a
JOIN annotations_anchor x ON x.annotation_id = a.id AND x.version_id = %s
LEFT JOIN annotations_member m ON m.id = a.created_by_id
LEFT JOIN annotations_layer l ON l.id = a.layer_id
LEFT JOIN annotations_round r ON r.id = l.round_id
WHERE {VISIBLE} AND {{where}}
ORDER BY x.home_start, x.home_end, a.id
"""
#: A tag whose rows are going over to another one is that one already (services/following.py).
TAGS = """SELECT t.annotation_id, COALESCE(g.leads_to_id, t.tag_id) FROM annotations_annotationtag t
JOIN annotations_tag g ON g.id = t.tag_id WHERE {where} ORDER BY t.id"""
LINKS = """
SELECT o.annotation_id, o.id, s.id, s.kind, s.number, o.fit, s.work, s.public, s.verdict, s.version, o.voice, g.name,
       o.modality, o.difference, o.reported_via, o.author_stance, o.version, o.prefilled, s.text, s.verdict_as_of,
       s.progress, s.progress_date, o.utterance_date
FROM annotations_occurrence o
JOIN annotations_statement s ON s.id = o.statement_id
LEFT JOIN annotations_agent g ON g.id = o.attributed_to_id
{join}
WHERE o.removed_at IS NULL AND {where}
ORDER BY o.id
"""
AGENTS = """
SELECT t.statement_id, t.role, g.name, t.prefilled
FROM annotations_statementagent t
JOIN annotations_agent g ON g.id = t.agent_id
WHERE t.role IN ('proposer', 'actor') AND t.statement_id IN (SELECT o.statement_id FROM annotations_occurrence o
{join} WHERE o.removed_at IS NULL AND {where})
ORDER BY t.id
"""
#: Columns as they leave. SQLite keeps 32 digits and UTC without saying so; what PostgreSQL gives, orjson writes itself.
AS_SENT = {
    "sqlite": {
        "uid": "substr(a.uid, 1, 8) || '-' || substr(a.uid, 9, 4) || '-' || substr(a.uid, 13, 4) || '-' || "
               "substr(a.uid, 17, 4) || '-' || substr(a.uid, 21)",
        "created_at": "replace(a.created_at, ' ', 'T') || '+00:00'",
        "updated_at": "replace(a.updated_at, ' ', 'T') || '+00:00'",
    },
    "postgresql": {"uid": "a.uid", "created_at": "a.created_at", "updated_at": "a.updated_at"},
}  # fmt: skip
#: Comments that nobody has settled yet.
COMMENTS = """
SELECT c.annotation_id, COUNT(*)
FROM annotations_comment c
JOIN annotations_annotation a ON a.id = c.annotation_id
LEFT JOIN annotations_comment p ON p.id = c.parent_id
WHERE c.removed_at IS NULL AND COALESCE(p.resolved_at, c.resolved_at) IS NULL AND {where}
GROUP BY c.annotation_id
"""
LETTER = {"claim": "C-", "proposal": "P-"}


def of_document(document_id: int, version_id: int, member: Member, layer: int | None = None) -> list[dict[str, Any]]:
    """All annotations of a document that this member may see, on this version, in text order: those for everybody, or
    those of one coder's layer."""
    where, values = ("a.layer_id = %s", [layer]) if layer else ("a.layer_id IS NULL", [])
    rows = _fetch(_rows(f"a.document_id = %s AND {where}"), [version_id, member.pk, document_id, *values])
    tags = _fetch(TAGS.format(where="document_id = %s"), [document_id])
    join = "JOIN annotations_annotation a ON a.id = o.annotation_id"
    links = _links(join, "a.document_id = %s AND a.removed_at IS NULL", [document_id])
    said = dict(_fetch(COMMENTS.format(where="a.document_id = %s"), [document_id]))
    return _shape(rows, tags, links, version_id, said)


def of_ids(ids: Sequence[int], version_id: int, member: Member, document: int | None = None) -> list[dict[str, Any]]:
    """These annotations (of this document, when it is named) on this version, shaped alike."""
    if not ids:
        return []
    marks = ", ".join(["%s"] * len(ids))
    rows = _fetch(_rows(f"a.id IN ({marks})"), [version_id, member.pk, *ids])
    if document is not None:
        rows = [row for row in rows if row[3] == document]
    tags = _fetch(TAGS.format(where=f"annotation_id IN ({marks})"), list(ids))
    links = _links("", f"o.annotation_id IN ({marks})", ids)
    said = dict(_fetch(COMMENTS.format(where=f"c.annotation_id IN ({marks})"), list(ids)))
    return _shape(rows, tags, links, version_id, said)


def fresh(made: Marked) -> dict[str, Any]:
    """An annotation that was just made, from what was written; only statements are read, if it has any."""
    row, at = made.annotation, made.anchor
    key = row.pk
    values = (
        key, row.uid, row.version, row.document_id, at.start, at.end, at.clean_start, at.clean_end, at.exact, at.quote,
        row.created_by_id, str(row.created_by), row.created_at, row.note, at.state, at.home_start, at.home_end,
        at.block, at.version_id, row.updated_at, row.layer_id, row.kinds,
    )  # fmt: skip
    links = _links("", "o.annotation_id IN (%s)", [key]) if made.expresses else {}
    return _shape([values], [(key, tag.pk) for tag in made.tags], links, at.version_id, {})[0]


def one(annotation: Annotation, member: Member) -> dict[str, Any] | None:
    """One annotation on the current version of its document, or, orphaned, on the last that has a place for it; None
    when it is removed or hidden."""
    if found := of_ids([annotation.pk], annotation.document.current_id or 0, member):
        return found[0]
    last = annotation.anchors.order_by("-version__number").values_list("version_id", flat=True).first()
    return next(({**row, "anchor_state": "orphaned"} for row in of_ids([annotation.pk], last or 0, member)), None)


def touched(things: Iterable[tuple[str, int]], member: Member) -> tuple[list[dict[str, Any]], list[int]]:
    """The annotations behind (object type, id) pairs of an op, as they are now, and the ids of those that are gone."""
    of_kind: dict[str, set[int]] = {"annotation": set(), "occurrence": set(), "statement": set()}
    for kind, pk in things:
        of_kind.setdefault(kind, set()).add(pk)
    ids, links, stated = (of_kind[kind] for kind in ("annotation", "occurrence", "statement"))
    linked = Q(pk__in=links) | Q(statement_id__in=stated)
    ids |= set(Occurrence.objects.filter(linked).values_list("annotation_id", flat=True))
    found: list[dict[str, Any]] = []
    versions: dict[int, list[int]] = {}
    for pk, current in Annotation.objects.filter(pk__in=ids).values_list("pk", "document__current_id"):
        versions.setdefault(current, []).append(pk)
    for version_id, here in versions.items():
        found += of_ids(here, version_id, member)
    return found, sorted(ids - {row["id"] for row in found})


def _rows(where: str) -> str:
    return ROWS.format(where=where, **AS_SENT[connection.vendor])


def _fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _links(join: str, where: str, values: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    """The statements of passages, by annotation; those of proposals with who proposes and who should act."""
    rows = _fetch(LINKS.format(join=join, where=where), values)
    named: dict[int, dict[str, list[Any]]] = {}
    if any(row[3] == "proposal" for row in rows):
        for statement_id, role, name, prefilled in _fetch(AGENTS.format(join=join, where=where), values):
            roles = named.setdefault(statement_id, {"prefilled": []})
            roles.setdefault(role, []).append(name)
            if prefilled and role not in roles["prefilled"]:
                roles["prefilled"].append(role)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_link(row, named.get(row[2], {})))
    return found


def _shape(
    rows: list[tuple[Any, ...]],
    tags: list[tuple[Any, ...]],
    links: dict[int, list[dict[str, Any]]],
    version_id: int,
    said: dict[int, int],
) -> list[dict[str, Any]]:
    tags_of: dict[int, list[int]] = {}
    for annotation_id, tag_id in tags:
        known = tags_of.setdefault(annotation_id, [])
        if tag_id not in known:
            known.append(tag_id)
    text = texts.get(version_id) if rows else None
    repeats = text if text and any(b.duplicate_of is not None for b in text.blocks) else None
    return [
        _annotation(row, tags_of.get(row[0], []), links.get(row[0], []), said.get(row[0], 0), repeats) for row in rows
    ]


def _annotation(
    row: tuple[Any, ...], tags: list[int], links: list[Any], said: int, repeats: texts.Text | None
) -> dict[str, Any]:
    found = {
        "id": row[0], "uid": row[1], "version": row[2], "document": row[3], "start": row[4], "end": row[5],
        "clean_start": row[6], "clean_end": row[7], "exact": row[8], "quote": row[9],
        "creator": {"id": row[10], "name": row[11]}, "created_at": row[12], "note": row[13], "tags": tags,
        "anchor_state": row[14], "home_start": row[15], "home_end": row[16], "block": row[17],
        "text_version": row[18], "updated_at": row[19], "statements": links, "comments": said,
    }  # fmt: skip
    if row[20]:
        found["layer"], found["statements"] = row[20], [_kind(kind) for kind in row[21].split()]
    if repeats:
        spans = [s for s in [(row[15], row[16]), *repeats.copies(row[15], row[16])] if s != (row[4], row[5])]
        found["copies"] = [repeats.map.raw_to_clean(*span) for span in spans]
        found["copies_raw"] = spans
    return found


def _kind(kind: str) -> dict[str, Any]:
    """A claim or proposal in a coding round: no statement yet, so no number and no id."""
    return {
        "occurrence": 0, "id": 0, "label": "", "kind": kind, "fit": "same", "status": "", "verdict": None,
        "version": 0, "voice": "", "speaker": "", "modality": "", "difference": "", "reported_via": "",
        "author_stance": "", "occurrence_version": 0, "prefilled": [], "text": "", "verdict_as_of": "", "progress": "",
        "progress_date": "", "utterance_date": "",
    }  # fmt: skip


def _link(row: tuple[Any, ...], roles: dict[str, list[Any]]) -> dict[str, Any]:
    """A statement on a passage; a variant does not inherit the verdict (UX.md 4.8)."""
    same = row[5] == "same"
    found = {
        "occurrence": row[1], "id": row[2], "label": f"{LETTER[row[3]]}{row[4]}", "kind": row[3], "fit": row[5],
        "status": shown_status(row[6], row[7]), "verdict": (row[8] if same else "") or None,
        "version": row[9], "voice": row[10],
        "speaker": row[11] or "", "modality": row[12], "difference": row[13], "reported_via": row[14],
        "author_stance": row[15], "occurrence_version": row[16],
        "prefilled": [*_list(row[17]), *roles.get("prefilled", ())], "text": row[18],
        "verdict_as_of": row[19] if same else "",
        "progress": "" if row[20] == "not_yet_rated" else row[20], "progress_date": row[21], "utterance_date": row[22],
    }  # fmt: skip
    if row[3] == "proposal":
        found |= {"proposer": roles.get("proposer", []), "actor": roles.get("actor", [])}
    return found


def _list(value: Any) -> list[str]:
    if isinstance(value, str):  # SQLite keeps JSON as text; most are empty
        return [] if value == "[]" else list(orjson.loads(value))
    return list(value or ())

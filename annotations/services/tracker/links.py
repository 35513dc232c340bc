"""Which passages count for a member, and small questions about statements that filters, counts and rows share."""

from __future__ import annotations

from django.db import connection
from django.db.models import F, Q, QuerySet

from annotations.models import Annotation, Member, Occurrence, Statement
from annotations.rules.vocabulary import FINISHED_PROGRESS

#: States of an anchor that a person has to look at.
ASTRAY = ("changed", "ambiguous", "orphaned")
#: Work states in which a due date presses nobody any more.
SETTLED = ("set_aside", "approved")
KINDS = {"C-": "claim", "P-": "proposal"}
HIDDEN = """SELECT l.id FROM annotations_layer l JOIN annotations_round r ON r.id = l.round_id
WHERE r.corpus_id = %s AND r.closed_at IS NULL AND r.blind AND l.member_id <> %s"""
#: Live annotations without a place in the current version of their document, which nobody has given up.
LOST = """SELECT a.id FROM annotations_version v
JOIN annotations_document d ON d.current_id = v.id
JOIN annotations_annotation a ON a.document_id = d.id AND a.removed_at IS NULL
LEFT JOIN annotations_anchor x ON x.annotation_id = a.id AND x.version_id = v.id
WHERE v.corpus_id = %s AND v.number > 1 AND x.id IS NULL AND (a.lost_in IS NULL OR a.lost_in <> v.number)"""
REMOVED = "SELECT id FROM annotations_document WHERE corpus_id = %s AND removed_at IS NOT NULL"


def number_of(label: str) -> tuple[str, int] | None:
    """(kind, number) of a label such as C-12, in any case and width of the letters; None for anything else."""
    label = label.strip().upper()
    digits = label[2:]
    if label[:2] not in KINDS or not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
        return None
    return KINDS[label[:2]], int(digits)


def hidden_layers(member: Member) -> list[int]:
    """Layers of other coders in open blind rounds of the corpus; nearly always none."""
    return _ids(HIDDEN, member.corpus_id, member.pk)


def removed_documents(member: Member) -> list[int]:
    """Documents of the corpus that were removed; their passages count no more. Few, so that no join is needed."""
    return _ids(REMOVED, member.corpus_id)


def _ids(sql: str, *values: int) -> list[int]:
    """The ids that a statement gives. Each list asks several times, and the ORM would take ten times as long."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]


def links(member: Member) -> QuerySet[Occurrence]:
    """Occurrences on live passages of live documents that this member may see.

    Not narrowed to the corpus: whoever asks does it by statements, documents or tags, whose indexes serve better.
    """
    return _seen(member, Occurrence.objects.filter(removed_at=None, annotation__removed_at=None))


def links_by_id(member: Member) -> QuerySet[Occurrence]:
    """The same within the corpus of the member, without a look at each passage: what was removed is left out by its id.
    Faster where thousands of links are asked for nothing but their ids."""
    gone = Annotation.objects.filter(corpus_id=member.corpus_id, removed_at__isnull=False)
    return _seen(member, Occurrence.objects.filter(removed_at=None).exclude(annotation_id__in=gone.values("pk")))


def _seen(member: Member, rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Without those of removed documents and of layers that are hidden from this member."""
    if hidden := hidden_layers(member):
        rows = rows.exclude(annotation__layer_id__in=hidden)
    if gone := removed_documents(member):
        rows = rows.exclude(annotation__document_id__in=gone)
    return rows


def displaced(member: Member) -> QuerySet[Occurrence]:
    """Passages of the corpus that need a look in the current version of the document: what their place is worth, or
    where they went, unless somebody said that they are gone."""
    where = Q(
        annotation__anchors__version_id=F("annotation__document__current_id"), annotation__anchors__state__in=ASTRAY
    )
    if lost := _ids(LOST, member.corpus_id):
        where |= Q(annotation_id__in=lost)
    return links(member).filter(where, corpus_id=member.corpus_id)


def unfinished() -> Q:
    """Work that a due date still presses: not set aside, not approved, not withdrawn, and something still awaited."""
    return ~(Q(work__in=SETTLED) | Q(public="withdrawn") | Q(progress__in=FINISHED_PROGRESS))


def is_pressing(one: Statement) -> bool:
    """`unfinished` of a statement in hand."""
    return not (one.work in SETTLED or one.public == "withdrawn" or one.progress in FINISHED_PROGRESS)

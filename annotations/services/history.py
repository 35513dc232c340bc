"""The history read back: the chain proved line by line, and the events of an object for its page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet

from annotations.models import Comment, Corpus, CorpusHead, Event, EventObject, Relation, Review, Statement
from annotations.services.op import chain

EMPTY = "0" * 64
BEYOND = "it stands after what the head of the corpus calls the last event"
#: The columns that `prove` reads.
LINE = (
    "seq", "at", "actor_id", "op", "kind", "object_type", "object_id", "object_version", "payload", "payload_sha256",
    "hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line of a history that does not prove: its seq and what is wrong with it."""

    seq: int
    reason: str


def verify(corpus: Corpus) -> Broken | None:
    """None when every event of the corpus proves: gapless seqs, payloads as hashed, each hash on the one before.

    Others may write meanwhile: what they add after the head was read is left for the next time.
    """
    last = Event.objects.filter(corpus=corpus).aggregate(last=Max("seq"))["last"] or 0
    head = CorpusHead.objects.get(corpus=corpus)
    if last > head.seq:
        return Broken(head.seq + 1, BEYOND)
    lines = Event.objects.filter(corpus=corpus, seq__lte=head.seq).order_by("seq").values_list(*LINE)
    return prove(lines.iterator(chunk_size=2000), head.seq, head.hash)


def prove(lines: Iterable[tuple[Any, ...]], seq: int, head: str) -> Broken | None:
    """The same for lines (columns LINE, in order) from wherever they come, up to the last one's seq and hash."""
    previous, expected = EMPTY, 1
    for line in lines:
        if line[0] != expected:
            return Broken(expected, "missing")
        broken = _check(line, previous)
        if broken:
            return broken
        previous, expected = line[-1], expected + 1
    if expected <= seq:
        return Broken(expected, "missing")
    return None if previous == head else Broken(seq, "the head of the corpus names another last event")


def _check(line: tuple[Any, ...], previous: str) -> Broken | None:
    seq, at, actor, op, kind, object_type, object_id, version, payload, payload_sha256, hashed = line
    if payload and hashlib.sha256(payload.encode()).hexdigest() != payload_sha256:
        return Broken(seq, "the payload was changed")
    wanted = chain(previous, seq, at, actor, op, kind, f"{object_type}:{object_id}:{version}", payload_sha256)
    return None if wanted == hashed else Broken(seq, "the line was changed")


def of_object(corpus: Corpus, kind: str, pk: int) -> QuerySet[Event]:
    """Events of one object, bulk ones included, newest first."""
    bulk = EventObject.objects.filter(object_type=kind, object_id=pk).values("event_id")
    own = Q(object_type=kind, object_id=pk)
    return Event.objects.filter(own | Q(pk__in=bulk), corpus=corpus).select_related("actor").order_by("-seq")


def of_objects(corpus: Corpus, things: Sequence[tuple[str, Sequence[int]]]) -> QuerySet[Event]:
    """Events of several objects together, e.g. a statement with its passages, evidence and checks; newest first."""
    where = Q(pk__in=[])
    for kind, ids in things:
        where |= Q(object_type=kind, object_id__in=list(ids))
        bulk = EventObject.objects.filter(object_type=kind, object_id__in=list(ids)).values("event_id")
        where |= Q(pk__in=bulk)
    return Event.objects.filter(where, corpus=corpus).select_related("actor").order_by("-seq")


def of_statement(statement: Statement) -> QuerySet[Event]:
    """Events of a statement with its passages, evidence, checks, reviews, milestones and relations; newest first."""
    links = list(statement.occurrences.values_list("pk", "annotation_id"))
    checks = list(statement.verifications.values_list("pk", flat=True))
    related = Relation.objects.filter(Q(source=statement) | Q(target=statement)).values_list("pk", flat=True)
    about = Q(statement=statement) | Q(verification__in=checks) | Q(annotation__in=[pk for _, pk in links])
    comments = Comment.objects.filter(about).values_list("pk", flat=True)
    return of_objects(
        statement.corpus,
        [
            ("statement", [statement.pk]), ("occurrence", [pk for pk, _ in links]),
            ("annotation", [pk for _, pk in links]), ("verification", checks),
            ("evidence", list(statement.evidence.values_list("pk", flat=True))),
            ("review", list(Review.objects.filter(verification__in=checks).values_list("pk", flat=True))),
            ("comment", list(comments)),
            ("milestone", list(statement.milestones.values_list("pk", flat=True))), ("relation", list(related)),
        ],
    )  # fmt: skip


def since(corpus: int, seq: int, limit: int = 500) -> Iterator[Event]:
    """Events after `seq`, oldest first."""
    found = Event.objects.filter(corpus_id=corpus, seq__gt=seq).select_related("actor").order_by("seq")
    yield from found[:limit]

"""The history read back: the chain proved line by line, and the events of an object for its page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from annotations.models import Corpus, CorpusHead, Event, EventObject, Relation, Review, Statement
from annotations.services.op import chain

EMPTY = "0" * 64


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line of a history that does not prove: its seq and what is wrong with it."""

    seq: int
    reason: str


def verify(corpus: Corpus) -> Broken | None:
    """None when every event of the corpus proves: gapless seqs, payloads as hashed, each hash on the one before,
    head at the end."""
    previous, expected = EMPTY, 1
    for event in Event.objects.filter(corpus=corpus).order_by("seq").iterator(chunk_size=2000):
        if event.seq != expected:
            return Broken(expected, "missing")
        broken = _check(event, previous)
        if broken:
            return broken
        previous, expected = event.hash, expected + 1
    head = CorpusHead.objects.get(corpus=corpus)
    if (head.seq, head.hash) != (expected - 1, previous):
        return Broken(expected, "the head of the corpus names another last event")
    return None


def _check(event: Event, previous: str) -> Broken | None:
    if event.payload and hashlib.sha256(event.payload.encode()).hexdigest() != event.payload_sha256:
        return Broken(event.seq, "the payload was changed")
    thing = f"{event.object_type}:{event.object_id}:{event.object_version}"
    wanted = chain(previous, event.seq, event.at, event.actor_id, event.op, event.kind, thing, event.payload_sha256)
    return None if wanted == event.hash else Broken(event.seq, "the line was changed")


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
    return of_objects(
        statement.corpus,
        [
            ("statement", [statement.pk]), ("occurrence", [pk for pk, _ in links]),
            ("annotation", [pk for _, pk in links]), ("verification", checks),
            ("evidence", list(statement.evidence.values_list("pk", flat=True))),
            ("review", list(Review.objects.filter(verification__in=checks).values_list("pk", flat=True))),
            ("milestone", list(statement.milestones.values_list("pk", flat=True))), ("relation", list(related)),
        ],
    )  # fmt: skip


def since(corpus: Corpus, seq: int, limit: int = 500) -> Iterator[Event]:
    """Events after `seq`, oldest first."""
    found = Event.objects.filter(corpus=corpus, seq__gt=seq).select_related("actor").order_by("seq")
    yield from found[:limit]

"""Which events a member may not see now: other coders' open layers, and what tells an unreviewed verdict (UX.md 4.6).

Decided when events are sent, never when they are written: what is hidden today is told once the check is approved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from annotations.models import Annotation, Comment, Event, Evidence, Layer, Member, Review, Verification, Watch
from annotations.services.audiences import Audience, layer_owners, readers_of_checks, readers_of_comments

#: Kinds whose payload tells of an unreviewed check: a verdict, an answer, a stance, the words of a reviewer.
PRIVATE = frozenset(
    {
        "verification.updated", "verification.question", "verification.answer", "review.blind", "review.decided",
        "evidence.updated",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides who may see some events, looked up once for all readers."""

    layered: Mapping[int, int | None]  # seq -> the coder in whose open blind layer it happened
    checks: Mapping[int, frozenset[int]]  # seq -> the checks that it tells of
    readers: Mapping[int, Audience]  # check -> who may read it
    actors: Mapping[int, int | None]  # seq -> who did it, of private events
    said: Mapping[int, frozenset[int]]  # seq of an event of a comment that is not for everybody -> for whom it is
    watched: Mapping[int, int | None]  # seq of an event of a watch -> whose it is: nobody else's business

    def hides(self, seq: int, member: int) -> bool:
        """Whether this member may not see the event now."""
        if seq in self.layered:
            return self.layered[seq] != member
        if seq in self.said:
            return member not in self.said[seq]
        if seq in self.watched:
            return self.watched[seq] != member
        if seq not in self.checks or self.actors[seq] == member:
            return False
        allowed = (self.readers.get(check, frozenset()) for check in self.checks[seq])
        return any(readers is not None and member not in readers for readers in allowed)


def facts(events: Sequence[Event]) -> Facts:
    """One look for all readers of these events: two queries when checks are private, one for passages."""
    owners = layer_owners([e.object_id for e in events if e.object_type == "annotation"])
    layered = {e.seq: owners[e.object_id] for e in events if e.object_type == "annotation" and e.object_id in owners}
    private = [event for event in events if event.kind in PRIVATE]
    checks = {seq: frozenset(pks) for seq, pks in checks_of(private).items()} if private else {}
    wanted = {pk for pks in checks.values() for pk in pks}
    comments = {event.seq: event.object_id for event in events if event.object_type == "comment"}
    closed = readers_of_comments(set(comments.values()))
    said = {seq: closed[pk] for seq, pk in comments.items() if pk in closed}
    watches = {event.seq: event.object_id for event in events if event.object_type == "watch"}
    whose = dict(Watch.objects.filter(pk__in=set(watches.values())).values_list("pk", "created_by")) if watches else {}
    watched = {seq: whose.get(pk) for seq, pk in watches.items()}
    return Facts(layered, checks, readers_of_checks(wanted), {e.seq: e.actor_id for e in private}, said, watched)


def hidden(member: Member, events: Sequence[Event]) -> set[int]:
    """The seqs of those of these events that the member may not see."""
    found = facts(events)
    return {event.seq for event in events if found.hides(event.seq, member.pk)}


def hidden_from(member: Member) -> Q:
    """The same as a filter of events, for lists and counts: how much is hidden is not told either."""
    layers = Layer.objects.filter(round__corpus_id=member.corpus_id, round__closed_at=None, round__blind=True)
    layered = Annotation.objects.filter(layer__in=layers.exclude(member=member))
    checks = Verification.objects.filter(corpus_id=member.corpus_id).exclude(
        pk__in=Verification.objects.visible_to(member).values("pk")
    )
    of_checks = Q(answer__question__verification__in=checks)
    of_claims = Q(statement__verifications__in=checks.exclude(state="approved"))
    private = (
        _among("verification", checks)
        | _among("review", Review.objects.filter(verification__in=checks))
        | _among("evidence", Evidence.objects.filter(of_checks | of_claims, corpus_id=member.corpus_id))
    )
    kept = Comment.objects.unhidden(member).order_by().values("pk")
    closed = Comment.objects.filter(corpus_id=member.corpus_id).exclude(pk__in=kept)
    watches = Watch.objects.filter(corpus_id=member.corpus_id).exclude(created_by=member)
    unsaid = _among("annotation", layered) | _among("comment", closed) | _among("watch", watches)
    return unsaid | Q(kind__in=sorted(PRIVATE)) & ~Q(actor=member) & private


def _among(kind: str, rows: models.QuerySet[Any]) -> Q:
    return Q(object_type=kind, object_id__in=rows.order_by().values("pk"))


def checks_of(events: Sequence[Event]) -> dict[int, set[int]]:
    """seq -> ids of the checks that a private event tells of; evidence tells of every open check of its claim."""
    reviews = dict(Review.objects.filter(pk__in=_ids(events, "review")).values_list("pk", "verification_id"))
    open_ones: dict[int, set[int]] = {}
    for pk, check in evidence_checks(_ids(events, "evidence")):
        open_ones.setdefault(pk, set()).add(check)
    found = {}
    for event in events:
        if event.object_type == "verification":
            found[event.seq] = {event.object_id}
        elif event.object_type == "review":
            found[event.seq] = {reviews[event.object_id]} if event.object_id in reviews else set()
        else:
            found[event.seq] = open_ones.get(event.object_id, set())
    return found


def _ids(events: Sequence[Event], kind: str) -> list[int]:
    return [event.object_id for event in events if event.object_type == kind]


def evidence_checks(ids: Sequence[int]) -> list[tuple[int, int]]:
    """(evidence, check) pairs: the check it is placed in, and the ones of its claim that are not approved."""
    placed = Evidence.objects.filter(pk__in=ids).exclude(answer=None)
    under_way = Verification.objects.exclude(state="approved").filter(statement__evidence__in=ids)
    return [
        *placed.values_list("pk", "answer__question__verification_id"),
        *under_way.values_list("statement__evidence", "pk"),
    ]  # fmt: skip

"""Which events a member may not see now: other coders' open layers, and what tells an unreviewed verdict (UX.md 4.6).

Decided when events are sent, never when they are written: what is hidden today is told once the check is approved.
"""

from __future__ import annotations

from collections.abc import Sequence

from annotations.models import Annotation, Event, Evidence, Member, Review, Verification

#: Kinds whose payload tells of an unreviewed check: a verdict, an answer, a stance, the words of a reviewer.
PRIVATE = frozenset(
    {
        "verification.updated", "verification.question", "verification.answer", "review.blind", "review.decided",
        "evidence.updated",
    }
)  # fmt: skip


def hidden(member: Member, events: Sequence[Event]) -> set[int]:
    """The seqs of those of these events that the member may not see."""
    layered = hidden_annotations(member, [e.object_id for e in events if e.object_type == "annotation"])
    found = {e.seq for e in events if e.object_type == "annotation" and e.object_id in layered}
    private = [event for event in events if event.kind in PRIVATE and event.actor_id != member.pk]
    return found | hidden_checks(member, private) if private else found


def hidden_annotations(member: Member, ids: Sequence[int]) -> set[int]:
    """Which of these annotations stand in another coder's layer of an open blind round."""
    layered = Annotation.objects.filter(pk__in=ids, layer__round__closed_at=None, layer__round__blind=True)
    return set(layered.exclude(layer__member=member).values_list("pk", flat=True)) if ids else set()


def hidden_checks(member: Member, events: Sequence[Event]) -> set[int]:
    """The seqs of private events about checks that the member may not read."""
    checks = checks_of(events)
    wanted = {pk for pks in checks.values() for pk in pks}
    readable = Verification.objects.filter(pk__in=wanted).visible_to(member).values_list("pk", flat=True)
    return {seq for seq, pks in checks.items() if not pks <= set(readable)}


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

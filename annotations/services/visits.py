"""Visits: up to which event a member has looked, and how much others did since. A convenience of one person, not
history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from annotations.models import Event, Member, User
from annotations.services import sight

#: Looks less than this apart are one visit: a page that is loaded again keeps its marks while somebody reads.
APART = timedelta(minutes=10)
#: What is looked at again so soon is not written again.
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the visit before ended: events after `seq` are new."""

    seq: int
    at: datetime


def mark_of(member: Member, head: int, kept: Mark | None, *, looks: bool = True) -> Mark:
    """What is new in this visit; in the first one what comes after the event `head`. `kept`: the mark that this
    browser remembers; `looks`: whether a person looks now, and not a page that keeps itself fresh: such a page goes on
    with the mark it was opened with."""
    if member.seen_at is None:
        return Mark(head, timezone.now())
    going_on = timezone.now() - member.seen_at < APART
    if kept and (going_on or not looks) and kept.seq <= member.seen_seq:
        return kept
    return Mark(member.seen_seq, member.seen_at)


def look(member: Member, head: int) -> None:
    """Note that the member has seen everything up to the event `head`."""
    now = timezone.now()
    if head == member.seen_seq and member.seen_at and now - member.seen_at < SOON:
        return
    Member.objects.filter(pk=member.pk).update(seen_seq=head, seen_at=now)


def unread(member: Member, since: int, head: int) -> int:
    """How many events of others, up to `head`, this member may see and has not seen.

    Seqs have no gaps: what is not one's own and not hidden need not be read to be counted.
    """
    if head <= since:
        return 0
    span = Event.objects.filter(corpus_id=member.corpus_id, seq__gt=since, seq__lte=head)
    hidden = span.exclude(actor=member).filter(sight.hidden_from(member)).order_by()
    return head - since - span.filter(actor=member).count() - hidden.count()


def unread_of(user: User) -> Mapping[int, int]:
    """The same for each corpus of a person that they visited before; corpora without news are left out."""
    mine = Member.objects.filter(user=user, active=True, seen_at__isnull=False).select_related("corpus__head")
    found = {one.corpus_id: unread(one, one.seen_seq, one.corpus.head.seq) for one in mine}
    return {corpus: n for corpus, n in found.items() if n > 0}

"""What watches find in a text, told once: a notice to whoever watches, a message to each webhook, in one transaction.

Called when a text has been looked through for repeats (services/recurrence.py), so a statement's repeats are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.models import Document, Member, Statement, Suggestion, Version, Watch, WatchHit
from annotations.rules.errors import Problem
from annotations.services import deliveries, search, suggestions, watches
from annotations.services.op import Op, writing
from annotations.services.webhook_messages import Find


@dataclass(frozen=True, slots=True)
class Sight:
    """What one watch sees in a text: how many places, the first of them in clean code points."""

    watch: Watch
    statement: Statement | None
    count: int
    start: int
    end: int


def look(document: Document) -> int:
    """Tell of what the watches of the corpus find in the current text; how many of them found something new."""
    version = document.current
    if version is None:
        return 0
    found = list(_sights(document, version))
    member = suggestions.in_whose_name(document)
    if not found or member is None:
        return 0
    with writing(by=member) as op:
        # whoever else looks through the same text waits here, and then finds that it was told
        locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if locked.current_id != version.pk or locked.removed_at is not None:
            return 0  # a newer text is looked through by itself
        told = set(WatchHit.objects.filter(text=version).values_list("watch_id", flat=True))
        new = [one for one in found if one.watch.pk not in told]
        for one in new:
            _tell(op, document, version, one)
    return len(new)


def _tell(op: Op, document: Document, version: Version, one: Sight) -> None:
    watch = one.watch
    WatchHit.objects.create(
        watch=watch, document=document, text=version, count=one.count, start=one.start, end=one.end, at=op.at
    )
    payload = {"name": watch.name, "title": document.title, "count": one.count, "version": version.pk}
    if one.statement is None:
        op.log("watch.found", watch, {**payload, "query": watch.query}, document_id=document.pk)
    else:
        told = {**payload, "label": one.statement.label, "statement": one.statement.pk}
        op.log("watch.repeated", watch, told, document_id=document.pk)
    op.tell([watch.created_by_id], "watch", by_itself=True)
    if watch.outside:
        place = (one.count, one.start, one.end)
        deliveries.tell_all(op, Find(document, version.pk, one.statement, watch.query, *place))


def _sights(document: Document, version: Version) -> Iterator[Sight]:
    """What watches see in this text and have not been told of."""
    told = list(WatchHit.objects.filter(text=version).values_list("watch_id", flat=True))
    rows = Watch.objects.filter(corpus=document.corpus_id, removed_at=None, created_by__active=True)
    for watch in rows.exclude(pk__in=told).select_related("statement", "created_by__corpus").order_by("id"):
        assert watch.created_by is not None  # the condition above
        if watch.statement is not None:
            found = _repeats(watch, watch.created_by, document)
        else:
            found = _hits(watch, watch.created_by, document, version)
        if found is not None:
            yield found


def _repeats(watch: Watch, member: Member, document: Document) -> Sight | None:
    """Passages that repeat the statement and wait for a decision; those that waited before the watch are no news."""
    statement = watches.final(watch.statement)
    if statement is None:
        return None
    rows = Suggestion.objects.open().visible_to(member)
    new = rows.filter(document=document, statement=statement, created_at__gte=watch.created_at).order_by("clean_start")
    places = list(new.values_list("clean_start", "clean_end"))
    return Sight(watch, statement, len(places), *places[0]) if places else None


def _hits(watch: Watch, member: Member, document: Document, version: Version) -> Sight | None:
    """Sentences that hold the words, when the text came after the watch."""
    if version.created_at < watch.created_at:
        return None
    try:
        answer = search.run(member, watch.query, document=document.pk, size=1)
    except Problem:  # what it filters by may be gone
        return None
    if not answer.rows:
        return None
    return Sight(watch, None, answer.sentences, *answer.rows[0].clean[0])

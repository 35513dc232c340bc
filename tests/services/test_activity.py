"""The activity as a member may see it: what is hidden is in no list and in no count; filters; sums; visits."""

from __future__ import annotations

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Annotation, Event, Evidence, Layer, Member, Round, Statement
from annotations.services import activity, feed, sight, visits
from annotations.services.activity import Asked
from annotations.services.op import writing
from annotations.services.visits import Mark
from tests import checks
from tests.factories import NOW, Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def secrets(cast: Cast) -> Cast:
    """A check in review, one with a verdict of a reviewer, an approved one, and a passage in an open blind round."""
    check = checks.send(cast, checks.make_claim(cast))
    checks.record(cast, checks.send(cast, checks.make_claim(cast)))
    with patch.object(checks, "WHY", checks.WHY * 2):
        checks.approve(cast, checks.make_claim(cast))
    with writing(by=cast["checker"]) as op:
        op.log("evidence.updated", Evidence.objects.filter(statement=check.statement).latest("id"), {"changes": {}})
    alone = mark(cast["annotator"], make_document(cast["annotator"], "Alone."), "Alone")
    round_ = Round.objects.create(
        corpus=cast.corpus, name="First", codebook_version=1, created_at=NOW, created_by=cast["editor"]
    )
    layer = Layer.objects.create(round=round_, member=cast["annotator"])
    Annotation.objects.filter(pk=alone.pk).update(layer=layer)
    return cast


def head(cast: Cast) -> int:
    return feed.head(cast.corpus.pk)


def test_the_filter_hides_what_the_feed_hides(secrets: Cast) -> None:
    everything = list(Event.objects.filter(corpus=secrets.corpus))
    for member in secrets.members.values():
        hidden = sight.hidden(member, everything)
        assert hidden or member == secrets["checker"]
        listed = set(activity.events(member).values_list("seq", flat=True))
        assert listed == {event.seq for event in everything} - hidden, member.role


def test_what_is_unread_is_counted_exactly(secrets: Cast) -> None:
    everything = list(Event.objects.filter(corpus=secrets.corpus))
    for member in secrets.members.values():
        hidden = sight.hidden(member, everything)
        for since in (0, 20, head(secrets) - 3, head(secrets)):
            wanted = [e for e in everything if e.seq > since and e.seq not in hidden and e.actor_id != member.pk]
            assert visits.unread(member, since, head(secrets)) == len(wanted), (member.role, since)
            assert sum(one.events for one in activity.digest(member, since)) == len(wanted)


def seen(member: Member, **asked: object) -> list[str]:
    return [event.kind for event in activity.events(member, Asked(**asked))]  # type: ignore[arg-type]


def test_filters_combine(cast: Cast) -> None:
    one, two = (make_document(cast[role], title=role) for role in ("annotator", "editor"))
    mark(cast["checker"], one, "Experts agree", "claim")
    mark(cast["checker"], two, "Experts agree", "proposal")
    me = cast["viewer"]
    assert seen(me, person=cast["editor"].pk) == ["document.loaded"]
    assert seen(me, person=cast["checker"].pk, document=one.pk, group="passages")[-1] == "annotation.created"
    assert seen(me, person=cast["editor"].pk, document=one.pk) == []
    assert "statement.created" in seen(me, statement="c-1", group="statements")
    assert seen(me, statement="C-99") == seen(me, statement="nonsense") == []
    assert set(seen(me, group="documents")) == {"document.loaded"}


def test_days_are_of_the_local_calendar(cast: Cast) -> None:
    me, today = cast["viewer"], timezone.localdate()
    assert seen(me, first=today, last=today) == seen(me)
    assert seen(me, last=today - timedelta(days=1)) == seen(me, first=today + timedelta(days=1)) == []
    assert seen(me, last=date.max) == seen(me)


def test_a_digest_counts_things_once(cast: Cast) -> None:
    since = head(cast)
    one, two = (make_document(cast["annotator"], title=name) for name in "ab")
    for document in (one, two):
        for quote in ("Experts agree", "standards body"):
            mark(cast["annotator"], document, quote, "claim")
    found = {row.part.code: row for row in activity.digest(cast["viewer"], since)}
    assert (found["marked"].count, found["marked"].documents) == (4, 2)
    assert (found["made"].count, found["added"].count) == (4, 2)
    assert found["made"].name == str(cast["annotator"])
    assert activity.digest(cast["annotator"], since) == []


def test_a_merged_statement_keeps_its_history(cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"]), "Experts agree", "claim")
    Statement.objects.update(removed_at=NOW)
    assert "statement.created" in seen(cast["viewer"], statement="C-1")


# --- visits


def later(member: Member, minutes: int) -> Member:
    """The member as of so many minutes after the last look."""
    found = Member.objects.select_related("corpus").get(pk=member.pk)
    if found.seen_at:
        Member.objects.filter(pk=member.pk).update(seen_at=found.seen_at - timedelta(minutes=minutes))
        found.refresh_from_db()
    return found


def test_the_mark_stays_while_somebody_reads_and_moves_afterwards(cast: Cast) -> None:
    member = later(cast["viewer"], 0)
    first = visits.mark_of(member, 5, None)
    assert first.seq == 5
    visits.look(member, 7)
    soon = later(member, 3)
    assert soon.seen_at and visits.mark_of(soon, 9, first) == first
    assert visits.mark_of(soon, 9, None) == Mark(7, soon.seen_at)  # another browser: all was seen there
    after = later(member, 30)
    assert after.seen_at and visits.mark_of(after, 9, first) == Mark(7, after.seen_at)


def test_a_page_that_keeps_itself_fresh_goes_on_with_its_mark(cast: Cast) -> None:
    member = later(cast["viewer"], 0)
    visits.look(member, 5)
    after = later(member, 600)
    kept = Mark(3, NOW)
    assert visits.mark_of(after, 9, kept, looks=False) == kept
    assert visits.mark_of(after, 9, Mark(9, NOW), looks=False).seq == 5  # of a history that was restored since


def test_a_look_is_written_once_a_minute(cast: Cast) -> None:
    visits.look(later(cast["viewer"], 0), 5)
    member = later(cast["viewer"], 0)
    with CaptureQueriesContext(connection) as asked:
        visits.look(member, 5)
    assert not [one for one in asked.captured_queries if one["sql"].startswith("UPDATE")]


def test_a_corpus_that_was_never_visited_has_nothing_unread(cast: Cast) -> None:
    user = cast.user("editor")
    assert visits.unread_of(user) == {}
    visits.look(cast["editor"], head(cast))
    assert visits.unread_of(user) == {}
    make_document(cast["annotator"])
    make_document(cast["editor"], "Mine.")
    assert visits.unread_of(user) == {cast.corpus.pk: 1}

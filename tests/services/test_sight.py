"""What an unreviewed check says stays with its contributors, in events and evidence, until it is approved."""

import pytest

from annotations.models import Event, Evidence, Member, Verification
from annotations.services import feed, lookup, sources, workflow
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
PRIVATE = {"verification.updated", "verification.answer", "verification.question", "evidence.updated"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def seen(member: Member) -> set[str]:
    return {row["kind"] for row in feed.page(member, 0)}


def test_events_of_a_check_are_hidden_and_none_is_left_out(cast: Cast) -> None:
    check = checks.send(cast, checks.make_claim(cast))
    with writing(by=cast["checker"]) as op:
        op.log("evidence.updated", Evidence.objects.filter(statement=check.statement).latest("id"), {"changes": {}})
    assert seen(cast["checker"]) >= PRIVATE
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        assert not seen(cast[role]) & PRIVATE
        assert [row["seq"] for row in feed.page(cast[role], 0)] == list(range(1, Event.objects.count() + 1))


def test_they_are_told_once_the_check_is_approved(cast: Cast) -> None:
    checks.approve(cast, checks.make_claim(cast))
    assert seen(cast["viewer"]) >= PRIVATE - {"evidence.updated"}
    assert "review.decided" in seen(cast["viewer"])


def test_the_words_of_a_reviewer_go_to_the_contributors(cast: Cast) -> None:
    statement = checks.make_claim(cast)
    checks.send(cast, statement)
    checks.move(cast, "reviewer", statement, "changes_requested", note="It is refuted on page nine.")
    told = {role: [str(row) for row in feed.page(cast[role], 0)] for role in cast.members}
    assert {role for role, rows in told.items() if "page nine" in "".join(rows)} == {"checker", "reviewer"}


def test_the_stance_of_evidence_is_known_to_those_who_read_the_check(cast: Cast) -> None:
    check = checks.send(cast, checks.make_claim(cast))
    with writing(by=cast["checker"]) as op:
        source = checks.make_source(cast, "Another register.")
        loose = sources.add_evidence(op, check.statement, source, stance="refutes", note="waits")
    rows = list(Evidence.objects.all())
    assert loose in rows
    for role in ("viewer", "annotator", "reviewer", "editor"):
        assert lookup.stances_seen(rows, cast[role]) == set()
    checks.record(cast, check, verdict="refuted")
    assert lookup.stances_seen(rows, cast["reviewer"]) == {row.pk for row in rows}
    assert lookup.stances_seen(rows, cast["editor"]) == set()


def test_who_recorded_a_verdict_reads_the_other_one(cast: Cast) -> None:
    check = checks.send(cast, checks.make_claim(cast))
    assert not Verification.objects.readable_by(cast["reviewer"]).exists()
    checks.record(cast, check)
    assert Verification.objects.readable_by(cast["reviewer"]).get() == check
    assert not Verification.objects.readable_by(cast["editor"]).exists()
    assert not Verification.objects.readable_by(make_cast("Other")["reviewer"]).exists()


def test_a_step_that_is_not_ones_own_does_not_tell_what_the_check_lacks(cast: Cast) -> None:
    statement = checks.make_claim(cast)
    check = checks.begin(cast, statement)
    Verification.objects.filter(pk=check.pk).update(verdict="refuted")
    theirs = {move.transition.target: move for move in workflow.moves(checks.fresh(statement), cast["editor"])}
    assert theirs["in_review"].forbidden and not theirs["in_review"].missing
    own = {move.transition.target: move for move in workflow.moves(checks.fresh(statement), cast["checker"])}
    assert own["in_review"].missing

"""What happens by itself: a claim opened again when its evidence goes, a prediction queued on its day; and how a new
version of a check begins."""

from __future__ import annotations

from datetime import date, timedelta

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from aigov.worker import JobThread
from annotations.models import Correction, Event, Evidence, Notice, Statement
from annotations.rules import events
from annotations.services import corpora, notices, occasions, sources, statements, verifications
from annotations.services.op import writing
from tests import checks, published
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
DAY = date(2027, 6, 30)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def withdraw(cast: Cast, row: Evidence, role: str = "checker") -> None:
    row = Evidence.objects.select_related("statement__corpus", "answer__question__verification", "source").get(
        pk=row.pk
    )
    with writing(by=cast[role]) as op:
        sources.remove_evidence(op, row)


def states(statement: Statement) -> tuple[str, str]:
    found = checks.fresh(statement)
    return found.work, found.public


def test_a_published_claim_is_checked_again_when_evidence_is_withdrawn(cast: Cast) -> None:
    statement = published.publish(cast)
    withdraw(cast, statement.evidence.get())
    assert states(statement) == ("in_progress", "published")
    check = verifications.open_one(statement)
    assert check is not None and check.number == 2 and check.author == cast["checker"]
    event = Event.objects.get(kind="statement.came_up")
    told = events.sentence(event.kind, orjson.loads(event.payload))
    assert told == "C-1 moved on by itself: Checking. Evidence of the approved check was withdrawn."
    assert Correction.objects.filter(statement=statement, kind="reopened").count() == 1
    assert [one.reason for one in notices.items(cast["reviewer"], unread=True)] == ["Opened again"]
    assert not Notice.objects.filter(member=cast["checker"], reason="reopened").exists()  # who did it knows


def test_other_evidence_opens_nothing(cast: Cast) -> None:
    statement = published.correct(cast, published.publish(cast), "We read the table wrongly.")
    first = statement.evidence.order_by("id").first()
    assert first is not None and first.answer is not None and first.answer.question.verification.number == 1
    withdraw(cast, first)  # of the version that was replaced
    with writing(by=cast["checker"]) as op:
        loose = sources.add_evidence(op, checks.fresh(statement), first.source, stance="context", note="A table.")
    withdraw(cast, loose)
    assert states(statement) == ("approved", "published")
    assert not Event.objects.filter(kind="statement.came_up").exists()


def test_a_new_version_begins_as_the_last_one_said_it(cast: Cast) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    gone, kept = statement.evidence.order_by("id")
    withdraw(cast, gone)
    last, check = statement.verifications.order_by("number")
    assert (check.state, check.verdict, check.justification) == ("in_progress", last.verdict, last.justification)
    assert (check.flags, check.limitations, check.approved_at) == (last.flags, last.limitations, None)
    question = check.questions.get()
    answer = question.answers.get()
    assert (question.text, answer.text) == ("What does the register say?", checks.ANSWER)
    row = answer.evidence.get()
    assert (row.note, row.stance, row.created_by, row.version) == (kept.note, kept.stance, kept.created_by, 1)
    assert row.uid != kept.uid and answer.uid != last.questions.get().answers.get().uid
    with writing(by=cast["checker"]) as op:
        verifications.save(op, check, verdict="refuted", justification="Another why.")
        sources.update_evidence(op, row, note="Seen again.")
    last.refresh_from_db()
    kept.refresh_from_db()
    assert (last.verdict, last.justification, last.state) == (checks.VERDICT, checks.WHY, "approved")
    assert kept.note == "A later count differs."


def test_the_page_lists_what_was_taken_over_once(cast: Cast) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    checks.move(cast, "reviewer", statement, "in_progress", reason="Once more.")
    rows = Evidence.objects.filter(statement=statement, removed_at=None)
    assert rows.count() == 4
    of = {role: set(verifications.newest_evidence(rows, cast[role])) for role in ("checker", "editor")}
    assert {row.answer.question.verification.number for row in of["checker"] if row.answer} == {2}
    assert {row.answer.question.verification.number for row in of["editor"] if row.answer} == {1}


def predict(cast: Cast, day: date | None = DAY) -> Statement:
    statement = checks.make_claim(cast)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, statement, resolve_by=day, resolution_criteria="The register of that year is out.")
    return checks.move(cast, "annotator", statement, "set_aside", reason="prediction", note="Next year.")


def test_a_prediction_comes_up_on_its_day_and_tells_its_owner(cast: Cast) -> None:
    statement = predict(cast)
    assert occasions.come_due(DAY - timedelta(days=1)) == 0 and states(statement)[0] == "set_aside"
    assert occasions.come_due(DAY) == 1 and occasions.come_due(DAY) == 0
    found = checks.fresh(statement)
    assert (found.work, found.triage_reason) == ("queued", "")
    assert [one.reason for one in notices.items(cast["annotator"], unread=True)] == ["Can be checked now"]


def test_only_predictions_wait(cast: Cast) -> None:
    statement = predict(cast)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, checks.fresh(statement), resolve_by=None)
    aside = checks.make_claim(cast)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, aside, resolve_by=DAY)
    checks.move(cast, "annotator", aside, "set_aside", reason="trivial")
    assert occasions.come_due(DAY) == 0


def test_whose_name_stands_at_it_when_its_owner_has_left(cast: Cast) -> None:
    statement = predict(cast)
    with writing(by=cast["admin"]) as op:
        corpora.remove_member(op, cast["annotator"])
    assert occasions.come_due(DAY) == 1
    assert Event.objects.get(kind="statement.came_up").actor == cast["admin"]
    assert states(statement)[0] == "queued"


@pytest.mark.django_db(transaction=True)
def test_the_job_thread_looks_for_what_has_come_due(cast: Cast) -> None:
    statement = predict(cast, timezone.localdate())
    thread = JobThread()
    thread.one_round()
    assert states(statement)[0] == "queued"
    later = predict(cast, timezone.localdate())
    thread.one_round()  # a look every few minutes is enough
    assert states(later)[0] == "set_aside"


def test_the_page_of_a_source_lists_what_was_taken_over_once(cast: Cast, client: Client) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    checks.move(cast, "reviewer", statement, "in_progress", reason="Once more.")
    source = Evidence.objects.filter(statement=statement).latest("id").source
    for role in ("checker", "viewer"):
        client.force_login(cast.user(role))
        page = client.get(source.get_absolute_url()).content.decode()
        assert page.count('<p class="small">A later count differs.</p>') == 1, role

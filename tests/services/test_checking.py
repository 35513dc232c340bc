"""Who writes a check, as of when, and what setting aside leaves behind."""

import pytest
from django.utils import timezone

from annotations.models import Relation, Statement, Verification
from annotations.services import occurrences, statements, verifications, workflow
from annotations.services.op import writing
from annotations.services.workflow import Asked
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_a_check_starts_as_of_today(cast: Cast) -> None:
    check = checks.begin(cast, checks.make_claim(cast))
    assert check.as_of_date == timezone.localdate().isoformat()
    assert check.author == cast["checker"]


def test_the_assignee_writes_what_an_editor_starts(cast: Cast) -> None:
    statement = checks.make_claim(cast)
    checks.move(cast, "annotator", statement, "queued")
    with writing(by=cast["editor"]) as op:
        workflow.assign(op, checks.fresh(statement), cast["checker"])
    checks.move(cast, "editor", statement, "in_progress")
    check = Verification.objects.get()
    assert check.author == cast["checker"]
    assert list(check.contributors.all()) == [cast["checker"]]


@pytest.mark.parametrize("assigned", [True, False])
def test_what_a_reviewer_reopens_is_written_by_whose_it_was(cast: Cast, assigned: bool) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    if not assigned:
        Statement.objects.filter(pk=statement.pk).update(assignee=None)
    checks.move(cast, "reviewer", statement, "in_progress", reason="A new edition is out.")
    second = Verification.objects.latest("number")
    assert (second.number, second.author) == (2, cast["checker"])
    assert checks.fresh(statement).assignee == cast["checker"]


def test_who_takes_on_a_check_that_was_handed_back_writes_it(cast: Cast) -> None:
    statement = checks.make_claim(cast)
    check = checks.begin(cast, statement)
    checks.move(cast, "checker", statement, "queued", note="no time")
    checks.move(cast, "reviewer", statement, "in_progress")
    check.refresh_from_db()
    assert check.author == cast["reviewer"]
    assert Verification.objects.count() == 1


def test_a_duplicate_hangs_on_the_statement_it_repeats(cast: Cast) -> None:
    with writing(by=cast["annotator"]) as op:
        kept = statements.create(op, "claim", "Kept")
        double = statements.create(op, "claim", "Double")
        moved = workflow.transition(op, double, "set_aside", Asked(reason="duplicate", duplicate_of=kept))
    assert moved.triage_reason == "duplicate"
    assert Relation.objects.get().type == "restates"


def test_too_vague_a_proposal_is_not_trackable_until_it_is_taken_back(cast: Cast) -> None:
    with writing(by=cast["annotator"]) as op:
        proposal = statements.create(op, "proposal", "Something should be done")
        workflow.transition(op, proposal, "set_aside", Asked(reason="too_vague"))
    assert checks.fresh(proposal).progress == "not_trackable"
    Statement.objects.update(mechanism="standard", specificity=1, wording="stands_alone")
    annotation = mark(cast["annotator"], make_document(cast["annotator"]), "tests are needed")
    with writing(by=cast["annotator"]) as op:
        anchor = annotation.anchors.select_related("annotation__document").get()
        occurrences.express(op, annotation, anchor, occurrences.Wanted(statement_id=proposal.pk))
    checks.move(cast, "checker", proposal, "tracked", note="after all")
    assert checks.fresh(proposal).progress == "not_yet_rated"


def test_nobody_reads_an_open_check_but_its_contributors(cast: Cast) -> None:
    check = checks.send(cast, checks.make_claim(cast))
    seen = {role for role in cast.members if Verification.objects.all().visible_to(cast[role]).exists()}
    assert seen == {"checker"}
    assert verifications.latest(check.statement) == check

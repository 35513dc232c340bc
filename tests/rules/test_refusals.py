"""Steps that nobody can take: from the wrong state, of the wrong kind, without agreement; and steps by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.rules.errors import Invalid, Problem, Refused
from annotations.rules.facts import Facts
from annotations.rules.vocabulary import ROLES
from annotations.rules.workflow import allowed, check, check_kind
from tests.rules.cases import APPROVED, CHECKED, IN_REVIEW, MINE, PROPOSAL, TRIAGED, missing, refused

ILLEGAL = [
    (TRIAGED, "published", "“Published” is not possible now: this statement (Claim) is Untriaged. "
     "Possible: Queued, Set aside, Withdrawn."),
    (replace(TRIAGED, work="queued"), "in_review", "“In review” is not possible now: this statement (Claim) is Queued. "
     "Possible: Checking, Withdrawn."),
    (replace(TRIAGED, work="queued"), "queued", "This statement (Claim) is there already: Queued."),
    (replace(MINE, work="in_progress", public="published"), "published",
     "This statement (Claim) is there already: Published, Checking."),
    (replace(TRIAGED, public="withdrawn"), "queued",
     "“Queued” is not possible: this statement (Claim) is Withdrawn, and stays so."),
    (replace(PROPOSAL, work="tracked"), "untriaged",
     "“Untriaged” is not possible now: this statement (Proposal) is Tracked. Possible: Not tracked, Withdrawn."),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "target", "sentence"), ILLEGAL)
def test_a_step_that_does_not_exist_names_the_state_and_the_ways_on(facts: Facts, target: str, sentence: str) -> None:
    problem = refused(facts, target)
    assert (problem.code, str(problem), problem.reasons) == ("illegal", sentence, ())


@pytest.mark.parametrize("role", ROLES.codes)
def test_an_impossible_step_is_refused_before_anybody_is_asked_who_they_are(role: str) -> None:
    assert refused(replace(TRIAGED, role=role), "approved").code == "illegal"


@pytest.mark.parametrize(
    "target", ["queued", "in_progress", "in_review", "changes_requested", "approved", "published", "paused"]
)
def test_a_proposal_has_progress_not_a_verdict(target: str) -> None:
    sentence = "A proposal has progress, not a verdict. To check that it was made, mark the passage as a claim too."
    assert str(refused(replace(PROPOSAL, role="admin"), target)) == sentence
    with pytest.raises(Refused) as caught:
        check_kind("proposal")
    assert str(caught.value) == sentence
    check_kind("claim")


def test_a_claim_is_not_tracked() -> None:
    assert refused(TRIAGED, "tracked").code == "claim_has_verdict"


@pytest.mark.parametrize("target", ["", "reopened", "none", "done"])
def test_a_target_that_is_no_state_is_invalid_and_the_states_are_named(target: str) -> None:
    with pytest.raises(Invalid, match="untriaged, set_aside, queued") as caught:
        check(TRIAGED, target)
    assert caught.value.field == "to"


VOTES = [
    # author, approver, others, agreed
    ("supported", "supported", (), True),
    ("supported", "refuted", (), False),
    ("supported", "supported", ("refuted",), True),
    ("supported", "refuted", ("supported",), True),
    ("supported", "mixed", ("refuted",), False),
    ("supported", "refuted", ("refuted",), False),
    ("supported", "supported", ("refuted", "refuted"), False),
]


@pytest.mark.parametrize(("author", "own", "others", "agreed"), VOTES)
def test_two_equal_verdicts_or_two_of_three_decide(
    author: str, own: str, others: tuple[str, ...], agreed: bool
) -> None:
    # The evidence of the fixture supports; approving does not look at it again.
    facts = replace(IN_REVIEW, check=replace(CHECKED, verdict=author, own_verdict=own, other_verdicts=others))
    if agreed:
        assert check(facts, "approved").target == "approved"
    else:
        assert missing(facts, "approved") == ["verdicts_agree"]


def test_a_prediction_comes_back_by_itself() -> None:
    facts = Facts(work="set_aside", occasion="resolve_by")
    assert check(facts, "queued").target == "queued"
    assert [move.transition.target for move in allowed(facts)] == ["queued"]
    assert refused(facts, "withdrawn").code == "illegal"


@pytest.mark.parametrize("public", ["none", "published", "paused"])
def test_a_check_that_loses_its_evidence_reopens_by_itself(public: str) -> None:
    step = check(Facts(work="approved", public=public, occasion="evidence_lost"), "in_progress")
    assert step.opens_version
    assert refused(Facts(work="in_review", public=public, occasion="evidence_lost"), "in_progress").code == "illegal"


def test_free_text_counts_in_either_field() -> None:
    facts = replace(APPROVED, public="published", note="", reason="A reader wrote to us.")
    assert check(facts, "paused").target == "paused"


def test_reasons_point_at_their_fields() -> None:
    reasons: tuple[Problem, ...] = refused(Facts(role="annotator"), "queued").reasons
    assert [reason.field for reason in reasons] == ["occurrences", "type", "triage_answers", "wording"]

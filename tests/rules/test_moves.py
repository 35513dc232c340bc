"""Steps of the workflow as persons meet them: what each needs, who may take it, and what it lets through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.rules.errors import Forbidden
from annotations.rules.evidence import Counts
from annotations.rules.facts import CheckFacts, Facts
from annotations.rules.workflow import allowed, check, moves
from tests.rules.cases import APPROVED, CHECKED, IN_REVIEW, MINE, PROPOSAL, TRIAGED, VOTED, missing, refused

PASSES = [
    ("queue", TRIAGED, "queued"),
    ("set aside", Facts(role="annotator", reason="opinion"), "set_aside"),
    ("set aside a duplicate", Facts(role="annotator", reason="duplicate", duplicate_of=True), "set_aside"),
    (
        "set aside a prediction",
        Facts(role="annotator", reason="prediction", resolve_by="2026-07-01", resolution_criteria="The body exists."),
        "set_aside",
    ),
    ("queue after all", replace(TRIAGED, role="checker", work="set_aside"), "queued"),
    ("start a free one", replace(TRIAGED, role="checker", work="queued"), "in_progress"),
    ("start mine", replace(MINE, work="queued", is_author=False), "in_progress"),
    ("an editor starts it", replace(TRIAGED, role="editor", work="queued", has_assignee=True), "in_progress"),
    ("hand back", replace(MINE, work="in_progress"), "queued"),
    ("an editor hands back", replace(MINE, work="in_progress", is_author=False, role="editor"), "queued"),
    ("send to review", replace(MINE, work="in_progress"), "in_review"),
    ("send back", IN_REVIEW, "changes_requested"),
    ("take up again", replace(MINE, work="changes_requested"), "in_progress"),
    ("approve", IN_REVIEW, "approved"),
    ("publish", APPROVED, "published"),
    ("publish a newer version", replace(APPROVED, public="published"), "published"),
    ("end a pause", replace(APPROVED, public="paused", newer_version=False), "published"),
    ("pause", replace(APPROVED, public="published"), "paused"),
    ("pause while it is checked again", replace(APPROVED, work="in_progress", public="published"), "paused"),
    ("reopen", replace(APPROVED, role="reviewer"), "in_progress"),
    ("reopen without a pause", replace(APPROVED, role="reviewer", public="published"), "in_progress"),
    ("reopen a paused one", replace(APPROVED, role="reviewer", public="paused"), "in_progress"),
    ("send a second version", replace(MINE, work="in_progress", public="published"), "in_review"),
    ("withdraw at once", replace(TRIAGED, role="editor"), "withdrawn"),
    ("withdraw a published one", replace(APPROVED, public="published"), "withdrawn"),
    ("track", PROPOSAL, "tracked"),
    ("do not track", replace(PROPOSAL, reason="no_action"), "set_aside"),
    ("stop tracking", replace(PROPOSAL, role="checker", work="tracked", note="Merged."), "set_aside"),
    ("track after all", replace(PROPOSAL, role="checker", work="set_aside", note="New."), "tracked"),
    ("withdraw a proposal", replace(PROPOSAL, role="editor", reason="Misread."), "withdrawn"),
]


@pytest.mark.parametrize(("facts", "target"), [case[1:] for case in PASSES], ids=[case[0] for case in PASSES])
def test_with_everything_there_the_step_passes(facts: Facts, target: str) -> None:
    assert check(facts, target).target == target
    assert target in [move.transition.target for move in allowed(facts) if move.ready]


NEEDS = [
    ("queue", Facts(role="annotator"), "queued", "occurrence type checkworthiness stands_alone"),
    ("queue as quoted", replace(TRIAGED, wording="as_quoted"), "queued", "stands_alone"),
    ("set aside", Facts(role="annotator"), "set_aside", "triage_reason"),
    ("a proposal's reason", Facts(role="annotator", reason="not_prospective"), "set_aside", "triage_reason"),
    ("duplicate", Facts(role="annotator", reason="duplicate"), "set_aside", "duplicate_link"),
    ("prediction", Facts(role="annotator", reason="prediction", resolve_by="2026"), "set_aside", "resolution"),
    ("queue after all", replace(TRIAGED, role="checker", work="set_aside", note=" "), "queued", "note"),
    ("hand back", replace(MINE, work="in_progress", note=""), "queued", "note"),
    (
        "send an empty check",
        replace(MINE, work="in_progress", check=CheckFacts()),
        "in_review",
        "verdict justification as_of question",
    ),
    (
        "send bare answers",
        replace(MINE, work="in_progress", check=replace(CHECKED, answers_without_evidence=2, booleans_unexplained=1)),
        "in_review",
        "answers_evidenced booleans_explained",
    ),
    (
        "send one primary source",
        replace(
            MINE,
            work="in_progress",
            check=replace(CHECKED, evidence=Counts(supports=1, either=1, primary_supports=1, primary_either=1)),
        ),
        "in_review",
        "sole_source_reason",
    ),
    (
        "send without a search log",
        replace(MINE, work="in_progress", check=replace(CHECKED, verdict="not_enough_evidence")),
        "in_review",
        "search_log",
    ),
    ("send back", replace(IN_REVIEW, note=""), "changes_requested", "comment"),
    ("approve unseen", replace(IN_REVIEW, check=CHECKED), "approved", "blind_verdict"),
    (
        "approve without snapshot",
        replace(IN_REVIEW, check=replace(VOTED, evidence=Counts(supports=2, not_archived=1))),
        "approved",
        "archived",
    ),
    ("publish with open comments", replace(APPROVED, open_comments=2), "published", "no_open_comment"),
    ("publish nameless", replace(APPROVED, publisher_named=False), "published", "publisher"),
    ("publish twice", replace(APPROVED, public="published", newer_version=False), "published", "newer_version"),
    ("publish a change", replace(APPROVED, public="paused", changed=True), "published", "correction"),
    ("pause", replace(APPROVED, public="published", note=""), "paused", "reason"),
    ("reopen", replace(APPROVED, role="reviewer", note=""), "in_progress", "reason"),
    ("withdraw", replace(TRIAGED, role="editor", note=""), "withdrawn", "reason"),
    ("track", Facts(kind="proposal", role="annotator"), "tracked", "occurrence mechanism specificity stands_alone"),
    ("do not track", replace(PROPOSAL, reason="opinion"), "set_aside", "triage_reason"),
    ("stop tracking", replace(PROPOSAL, role="checker", work="tracked"), "set_aside", "note"),
    ("track after all", replace(PROPOSAL, role="checker", work="set_aside"), "tracked", "note"),
]


@pytest.mark.parametrize(("facts", "target", "codes"), [case[1:] for case in NEEDS], ids=[case[0] for case in NEEDS])
def test_the_refusal_lists_each_missing_thing_and_the_page_lists_the_same(
    facts: Facts, target: str, codes: str
) -> None:
    assert missing(facts, target) == codes.split()
    shown = next(move for move in allowed(facts) if move.transition.target == target)
    assert [str(reason) for reason in shown.missing] == [str(reason) for reason in refused(facts, target).reasons]
    assert not shown.ready and all(str(reason).endswith(".") for reason in shown.missing)


PERSONS = [
    ("a viewer triages", replace(TRIAGED, role="viewer"), "queued", "role_needed"),
    ("an annotator requeues", replace(TRIAGED, work="set_aside"), "queued", "role_needed"),
    ("an annotator starts", replace(TRIAGED, work="queued"), "in_progress", "role_needed"),
    ("starting another's", replace(TRIAGED, role="checker", work="queued", has_assignee=True), "in_progress",
     "not_assignee"),
    ("handing back another's", replace(TRIAGED, role="reviewer", work="in_progress", has_assignee=True), "queued",
     "not_holder"),
    ("sending another's", replace(MINE, work="in_progress", is_author=False), "in_review", "not_author"),
    ("an admin sends another's", replace(MINE, work="in_progress", is_author=False, role="admin"), "in_review",
     "not_author"),
    ("reviewing one's own", replace(IN_REVIEW, is_author=True), "approved", "own_check"),
    ("sending back one's own", replace(IN_REVIEW, is_author=True), "changes_requested", "own_check"),
    ("approving one's own evidence", replace(IN_REVIEW, is_sole_contributor=True), "approved", "own_evidence"),
    ("a checker approves", replace(IN_REVIEW, role="checker"), "approved", "role_needed"),
    ("a reviewer publishes", replace(APPROVED, role="reviewer"), "published", "role_needed"),
    ("a reviewer pauses", replace(APPROVED, role="reviewer", public="published"), "paused", "role_needed"),
    ("a checker reopens", replace(APPROVED, role="checker"), "in_progress", "role_needed"),
    ("a reviewer withdraws", replace(APPROVED, role="reviewer"), "withdrawn", "role_needed"),
    ("an annotator stops tracking", replace(PROPOSAL, work="tracked", note="x"), "set_aside", "role_needed"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "target", "code"), [case[1:] for case in PERSONS], ids=[case[0] for case in PERSONS])
def test_the_wrong_person_is_told_who_may(facts: Facts, target: str, code: str) -> None:
    with pytest.raises(Forbidden) as caught:
        check(facts, target)
    assert caught.value.code == code
    assert target not in [move.transition.target for move in allowed(facts)]
    shown = next(move for move in moves(facts) if move.transition.target == target)
    assert shown.forbidden is not None and str(shown.forbidden) == str(caught.value)

"""The workflow table itself: complete, unambiguous, and drawn as it is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from annotations.rules import conditions, guards
from annotations.rules.diagram import diagram, page
from annotations.rules.facts import Facts
from annotations.rules.roles import VERBS
from annotations.rules.status import being_rechecked, frozen, progress_written, shown_status, status_label
from annotations.rules.vocabulary import CLAIM_WORK, OCCASIONS, PROPOSAL_WORK, PUBLIC, STATUSES
from annotations.rules.workflow import OPEN, WORKFLOW, Transition

WORKS = {"claim": CLAIM_WORK.codes, "proposal": PROPOSAL_WORK.codes}
STATES = [(kind, work, public) for kind, works in WORKS.items() for work in works for public in PUBLIC.codes]


def steps_from(kind: str, work: str, public: str) -> list[Transition]:
    return [step for step in WORKFLOW if step.starts_from(kind, work, public)]


@pytest.mark.parametrize(("kind", "work", "public"), STATES)
def test_no_state_offers_the_same_target_twice(kind: str, work: str, public: str) -> None:
    targets = Counter(step.target for step in steps_from(kind, work, public))
    assert all(times == 1 for times in targets.values())


@pytest.mark.parametrize(("kind", "work"), [(kind, work) for kind, works in WORKS.items() for work in works])
def test_every_state_has_a_way_in_and_a_way_on(kind: str, work: str) -> None:
    ways_in = [step for step in WORKFLOW if step.kind == kind and step.target == work]
    assert ways_in or work == "untriaged"
    assert any(step.column == "work" or step.target == "published" for step in steps_from(kind, work, "none"))


def test_every_state_is_reached_from_the_first_one() -> None:
    for kind, works in WORKS.items():
        seen, open_states = set(), [("untriaged", "none")]
        while open_states:
            work, public = state = open_states.pop()
            if state in seen:
                continue
            seen.add(state)
            for step in steps_from(kind, work, public):
                open_states.append((step.target, public) if step.column == "work" else (work, step.target))
        assert {work for work, _ in seen} == set(works)
        assert {public for _, public in seen} == (set(PUBLIC.codes) if kind == "claim" else {"none", "withdrawn"})


def test_nothing_moves_once_withdrawn() -> None:
    assert "withdrawn" not in OPEN
    assert all(not steps_from(kind, work, "withdrawn") for kind, works in WORKS.items() for work in works)


def test_a_proposal_never_enters_the_states_of_a_check() -> None:
    targets = {step.target for step in WORKFLOW if step.kind == "proposal"}
    assert targets == {"tracked", "set_aside", "withdrawn"}


@pytest.mark.parametrize("step", WORKFLOW, ids=lambda step: f"{step.kind}-{'/'.join(step.source)}-{step.target}")
def test_every_row_names_what_exists(step: Transition) -> None:
    assert step.verb in VERBS
    assert set(step.needs) <= set(guards.GUARDS)
    assert not step.condition or step.condition in conditions.CONDITIONS
    assert not step.by_itself or step.by_itself in OCCASIONS
    assert step.target in STATUSES and set(step.works) <= set(WORKS[step.kind])
    assert step.label and len(set(step.needs)) == len(step.needs)


def test_every_guard_condition_and_occasion_is_used() -> None:
    assert {name for step in WORKFLOW for name in step.needs} == set(guards.GUARDS)
    assert {step.condition for step in WORKFLOW} - {""} == set(conditions.CONDITIONS)
    assert {step.by_itself for step in WORKFLOW} - {""} == set(OCCASIONS.codes)


def test_every_guard_and_condition_has_a_name_for_the_page() -> None:
    rules = [*guards.GUARDS.values(), *conditions.CONDITIONS.values()]
    assert all(rule.__doc__ and not rule.__doc__.endswith(".") for rule in rules)


def test_new_versions_start_where_a_check_starts() -> None:
    starts = {(step.source, step.target) for step in WORKFLOW if step.opens_version}
    assert starts == {
        (("queued",), "in_progress"), (("approved",), "in_progress"), (("published", "paused"), "in_progress"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("work", "public", "shown", "rechecked"),
    [
        ("untriaged", "none", "untriaged", False),
        ("approved", "none", "approved", False),
        ("approved", "published", "published", False),
        ("in_progress", "published", "published", True),
        ("approved", "paused", "paused", False),
        ("in_review", "paused", "paused", True),
        ("queued", "withdrawn", "withdrawn", False),
        ("tracked", "none", "tracked", False),
    ],
)
def test_one_word_is_shown(work: str, public: str, shown: str, rechecked: bool) -> None:
    assert shown_status(work, public) == shown
    assert being_rechecked(work, public) is rechecked


def test_set_aside_reads_differently_for_a_proposal() -> None:
    assert status_label("claim", "set_aside") == "Set aside"
    assert status_label("proposal", "set_aside") == "Not tracked"
    assert status_label("proposal", "withdrawn") == "Withdrawn"


@pytest.mark.parametrize(
    ("work", "public", "word"),
    [
        ("untriaged", "none", ""),
        ("in_progress", "paused", ""),
        ("changes_requested", "none", ""),
        ("in_review", "none", "send it back"),
        ("approved", "paused", "reopen"),
        ("in_progress", "published", "pause"),
        ("queued", "withdrawn", "withdrawn"),
    ],
)
def test_review_and_publication_freeze_the_text(work: str, public: str, word: str) -> None:
    problem = frozen(work, public)
    assert (problem is None) if not word else (problem is not None and word in str(problem))


def test_too_vague_writes_not_trackable() -> None:
    assert progress_written("proposal", "set_aside", "too_vague") == "not_trackable"
    assert progress_written("proposal", "set_aside", "trivial") == ""
    assert progress_written("proposal", "tracked", "too_vague") == ""
    assert progress_written("claim", "set_aside", "too_vague") == ""


@pytest.mark.parametrize("kind", ["claim", "proposal"])
def test_the_diagram_draws_every_step(kind: str) -> None:
    edges = set(re.findall(r"(\w+) --> (\w+): (.+)", diagram(kind)))
    rows = [step for step in WORKFLOW if step.kind == kind]
    assert edges == {(src, step.target, step.label) for step in rows for src in step.source or ("any_state",)}


def test_the_page_in_the_repository_is_up_to_date() -> None:
    written = Path(__file__).resolve().parents[2] / "docs" / "workflow.md"
    assert written.read_text(encoding="utf-8") == page(), "run: python -m annotations.rules.diagram > docs/workflow.md"


def test_facts_start_as_a_fresh_claim_seen_by_a_viewer() -> None:
    facts = Facts()
    assert (facts.kind, facts.work, facts.public, facts.role) == ("claim", "untriaged", "none", "viewer")

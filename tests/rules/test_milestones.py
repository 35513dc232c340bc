"""Milestones: what each needs, who confirms, which one counts, and what is overdue."""

from __future__ import annotations

import pytest

from annotations.rules.errors import Forbidden, Invalid, Refused
from annotations.rules.milestones import (
    WITHOUT_SOURCE,
    Milestone,
    MilestoneFacts,
    check_confirmation,
    check_milestone,
    current,
    overdue,
)
from annotations.rules.vocabulary import PROGRESS

MOVES = [(a, b) for a in PROGRESS.codes for b in PROGRESS.codes]


@pytest.mark.parametrize(("start", "target"), MOVES)
def test_any_order_is_allowed_except_out_of_superseded(start: str, target: str) -> None:
    facts = MilestoneFacts(
        status=target, date="2025-07", progress=start, has_source=True, note="Seen.", has_successor=True
    )
    if start == "superseded" and target != "superseded":
        with pytest.raises(Refused, match="superseded"):
            check_milestone(facts)
    else:
        check_milestone(facts)


@pytest.mark.parametrize("status", PROGRESS.codes)
def test_each_status_says_what_it_needs(status: str) -> None:
    with pytest.raises(Refused) as caught:
        check_milestone(MilestoneFacts(status=status))
    needed = {"date", "note" if status in WITHOUT_SOURCE else "source"}
    needed |= {"successor"} if status == "superseded" else set()
    assert {problem.code for problem in caught.value.reasons} == needed
    assert PROGRESS.label(status) in str(caught.value)


def test_a_milestone_cannot_lie_in_the_future() -> None:
    today = "2025-11-21"
    with pytest.raises(Refused) as caught:
        check_milestone(MilestoneFacts(status="adopted", date="2025-12", has_source=True, today=today))
    assert [problem.code for problem in caught.value.reasons] == ["future"]
    for date in ("2025-11-21", "2025-11", "2025"):
        check_milestone(MilestoneFacts(status="adopted", date=date, has_source=True, today=today))


def test_a_claim_has_no_progress_and_a_status_has_to_exist() -> None:
    with pytest.raises(Refused, match="A claim has a verdict, not progress"):
        check_milestone(MilestoneFacts(kind="claim", status="adopted"))
    with pytest.raises(Invalid):
        check_milestone(MilestoneFacts(status="done"))


def test_another_person_confirms_and_only_once() -> None:
    check_confirmation("proposed", is_author=False)
    with pytest.raises(Forbidden, match="another person"):
        check_confirmation("proposed", is_author=True)
    for state in ("confirmed", "refused"):
        with pytest.raises(Refused, match="settled"):
            check_confirmation(state, is_author=False)


@pytest.mark.parametrize(
    ("milestones", "status"),
    [
        ([], None),
        ([("adopted", "2025-07-26", "proposed")], None),
        ([("adopted", "2025-07-26", "refused")], None),
        ([("in_the_works", "2025-07-26", "confirmed"), ("adopted", "2025-09-01", "proposed")], "in_the_works"),
        ([("adopted", "2025-09-01", "confirmed"), ("in_the_works", "2025-07-26", "confirmed")], "adopted"),
        ([("adopted", "2025-09", "confirmed"), ("stalled", "2025-09-15", "confirmed")], "stalled"),
        ([("stalled", "2025-09-15", "confirmed"), ("adopted", "2025-09", "confirmed")], "adopted"),
        ([("adopted", "2025", "confirmed"), ("stalled", "2026-01-01", "confirmed")], "stalled"),
        ([("in_the_works", "2025-09-01", "confirmed"), ("adopted", "2025-09-01", "confirmed")], "adopted"),
    ],
)
def test_the_latest_confirmed_one_counts(milestones: list[tuple[str, str, str]], status: str | None) -> None:
    latest = current(Milestone(*entry) for entry in milestones)
    assert (latest.status if latest else None) == status


@pytest.mark.parametrize(
    ("deadline", "progress", "today", "late"),
    [
        ("", "not_yet_rated", "2025-11-21", False),
        ("2025-11-20", "not_yet_rated", "2025-11-21", True),
        ("2025-11-21", "not_yet_rated", "2025-11-21", False),
        ("2025-11", "stalled", "2025-11-21", False),
        ("2025-10", "stalled", "2025-11-21", True),
        ("2025", "in_the_works", "2025-11-21", False),
        ("2024", "adopted", "2025-11-21", True),
        ("2024", "implemented", "2025-11-21", False),
        ("2024", "superseded", "2025-11-21", False),
    ],
)
def test_overdue_is_computed_from_the_deadline(deadline: str, progress: str, today: str, late: bool) -> None:
    assert overdue(deadline, progress, today) is late

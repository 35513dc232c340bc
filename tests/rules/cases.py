"""Statements on their way, each with everything that its next step needs; tests take one thing away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.rules.errors import Refused
from annotations.rules.evidence import Counts
from annotations.rules.facts import CheckFacts, Facts
from annotations.rules.workflow import check

TRIAGED = Facts(
    role="annotator", occurrences=1, type="quantity", checkworthiness="high", wording="stands_alone", note="Found more."
)
CHECKED = CheckFacts(
    verdict="supported",
    justification="The report gives this number. The database behind it agrees.",
    as_of="2025-11-21",
    answered_questions=1,
    evidence=Counts(supports=2, either=2),
)
VOTED = replace(CHECKED, own_verdict="supported")
MINE = replace(TRIAGED, role="checker", is_author=True, is_assignee=True, has_assignee=True, check=CHECKED)
IN_REVIEW = replace(TRIAGED, role="reviewer", work="in_review", has_assignee=True, check=VOTED)
APPROVED = replace(TRIAGED, role="editor", work="approved", check=VOTED)
PROPOSAL = Facts(
    kind="proposal", role="annotator", occurrences=1, mechanism="new_institution", specificity=0, wording="stands_alone"
)


def refused(facts: Facts, target: str) -> Refused:
    """The refusal of a step that must not pass."""
    with pytest.raises(Refused) as caught:
        check(facts, target)
    return caught.value


def missing(facts: Facts, target: str) -> list[str]:
    """The codes of what the step still needs."""
    return [reason.code for reason in refused(facts, target).reasons]

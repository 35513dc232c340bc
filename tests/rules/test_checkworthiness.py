"""Triage questions: what they add up to, which comes next, and what the deck suggests."""

from __future__ import annotations

import pytest

from annotations.rules.checkworthiness import Step, derive, next_question, suggest
from annotations.rules.errors import Invalid
from annotations.rules.vocabulary import CHECKABLE_TYPES, CLAIM_TYPES

TABLE = [
    # q1, q2, q3, q4, result
    ("yes", None, None, "urgent", "high"),
    ("yes", 1, 1, "urgent", "high"),
    ("yes", 4, 4, "not_urgent", "high"),
    ("yes", 3, 5, "not_urgent", "high"),
    ("yes", 3, 4, "not_urgent", "medium"),
    ("yes", 5, None, "not_urgent", "medium"),
    ("yes", None, None, "not_urgent", "medium"),
    ("yes", 5, 5, "no_need", "low"),  # both high and low: q4 decides
    ("yes", 5, 5, "trivial", "low"),
    ("yes", None, None, "no_need", "low"),
    ("no", 5, 5, "urgent", "low"),
    ("unsure", None, None, "urgent", "low"),
    ("no", None, None, "not_urgent", "low"),
]


@pytest.mark.parametrize(("q1", "q2", "q3", "q4", "result"), TABLE)
def test_the_answers_add_up(q1: str, q2: int | None, q3: int | None, q4: str, result: str) -> None:
    assert derive(q1, q2, q3, q4) == result


@pytest.mark.parametrize(
    ("q1", "q2", "q3", "q4", "field"),
    [
        ("maybe", None, None, "urgent", "q1"),
        ("", None, None, "urgent", "q1"),
        ("yes", None, None, "soon", "q4"),
        ("yes", 0, None, "urgent", "q2"),
        ("yes", None, 6, "urgent", "q3"),
        ("yes", True, None, "urgent", "q2"),
    ],
)
def test_other_answers_are_refused_with_their_field(
    q1: str, q2: int | None, q3: int | None, q4: str, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        derive(q1, q2, q3, q4)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "q1"),
        ({"q1": "yes"}, "q4"),
        ({"q1": "no"}, "q4"),
        ({"q1": "yes", "q4": None}, "q4"),
        ({"q1": "yes", "q4": "urgent"}, None),
        ({"q1": "yes", "q4": "no_need"}, None),
        ({"q1": "no", "q4": "not_urgent"}, None),
        ({"q1": "yes", "q4": "not_urgent"}, "q2"),
        ({"q1": "yes", "q4": "not_urgent", "q2": 3}, "q3"),
        ({"q1": "yes", "q4": "not_urgent", "q2": 3, "q3": 1}, None),
    ],
)
def test_two_answers_first_and_two_more_only_when_not_urgent(answers: dict[str, object], code: str | None) -> None:
    question = next_question("quantity", answers)
    assert (question.code if question else None) == code


@pytest.mark.parametrize("claim_type", ["", *CLAIM_TYPES.codes])
def test_the_first_question_is_preset_by_the_type(claim_type: str) -> None:
    question = next_question(claim_type, {})
    assert question is not None
    assert question.preset == ("yes" if not claim_type or claim_type in CHECKABLE_TYPES else "no")
    assert question.preset in dict(question.answers)


def test_scale_questions_offer_one_to_five() -> None:
    question = next_question("event", {"q1": "yes", "q4": "not_urgent"})
    assert question is not None and [code for code, _ in question.answers] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("kind", "claim_type", "worth", "specificity", "step"),
    [
        ("claim", "quantity", "high", None, Step("queued")),
        ("claim", "quantity", "", None, Step("queued")),
        ("claim", "quantity", "low", None, Step("set_aside", "trivial")),
        ("claim", "prediction", "low", None, Step("set_aside", "prediction")),
        ("claim", "value", "", None, Step("set_aside", "opinion")),
        ("proposal", "", "", 0, Step("set_aside", "too_vague")),
        ("proposal", "", "", 1, Step("set_aside", "too_vague")),
        ("proposal", "", "", 2, Step("tracked")),
        ("proposal", "", "", None, Step("tracked")),
    ],
)
def test_what_the_deck_suggests(kind: str, claim_type: str, worth: str, specificity: int | None, step: Step) -> None:
    assert suggest(kind, claim_type=claim_type, checkworthiness=worth, specificity=specificity) == step

"""Triage in two answers (UX.md 4.4): which question comes next, and what the answers add up to (domain.md 2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.rules.errors import Invalid, noop
from annotations.rules.vocabulary import CHECKABLE_TYPES, TRACKABLE_SPECIFICITY, VERIFIABLE, WORTH_CHECKING

#: Care and harm are answered on this scale.
LOWEST, HIGHEST = 1, 5
_SCALE = tuple(str(number) for number in range(LOWEST, HIGHEST + 1))


@dataclass(frozen=True, slots=True)
class Question:
    """`answers`: (code, label) in the order of the number keys; `preset`: the code marked beforehand, "" = none."""

    code: str
    text: str
    answers: tuple[tuple[str, str], ...]
    preset: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The next step that the facts suggest; a person may always decide otherwise."""

    target: str
    reason: str = ""


def derive(q1: str, q2: int | None, q3: int | None, q4: str) -> str:
    """high, medium or low. Unasked answers are None. Where the rules yield both high and low, q4 decides.

    q1 verifiable (yes, no, unsure) · q2 would people care, q3 could it do harm (1-5) · q4 worth a checker's time.
    """
    VERIFIABLE.check(q1, "q1")
    WORTH_CHECKING.check(q4, "q4")
    for field, number in (("q2", q2), ("q3", q3)):
        _check_scale(field, number)
    if q1 != "yes" or q4 in ("no_need", "trivial"):
        return "low"
    if q4 == "urgent" or (q2 or 0) + (q3 or 0) >= 8:
        return "high"
    return "medium"


def _check_scale(field: str, number: int | None) -> None:
    if number is not None and (isinstance(number, bool) or not LOWEST <= number <= HIGHEST):
        raise Invalid(
            "out_of_scale",
            noop("Answer with a number from %(low)d to %(high)d."),
            field=field,
            low=LOWEST,
            high=HIGHEST,
        )


def next_question(claim_type: str, answers: Mapping[str, object]) -> Question | None:
    """The question the deck asks now, None when nothing is left to ask. `answers`: q1..q4, absent or None = unasked."""
    if answers.get("q1") is None:
        return _verifiable(claim_type)
    if answers.get("q4") is None:
        return _worth()
    if answers["q1"] == "yes" and answers["q4"] == "not_urgent":
        return next((question(code) for code in ("q2", "q3") if answers.get(code) is None), None)
    return None


def question(code: str, claim_type: str = "") -> Question | None:
    """The question q1, q2, q3 or q4; None for any other code."""
    if code == "q1":
        return _verifiable(claim_type)
    if code == "q2":
        return Question("q2", noop("Would decision-makers or the public care?"), _scale_answers())
    if code == "q3":
        return Question("q3", noop("Could it mislead or do harm if it is wrong?"), _scale_answers())
    return _worth() if code == "q4" else None


def _verifiable(claim_type: str) -> Question:
    preset = "yes" if not claim_type or claim_type in CHECKABLE_TYPES else "no"
    return Question("q1", noop("Does it state a fact that can be verified?"), tuple(VERIFIABLE.choices), preset)


def _worth() -> Question:
    return Question("q4", noop("Should a checker spend time on it?"), tuple(WORTH_CHECKING.choices))


def _scale_answers() -> tuple[tuple[str, str], ...]:
    return tuple((number, number) for number in _SCALE)


def suggest(kind: str, *, claim_type: str = "", checkworthiness: str = "", specificity: int | None = None) -> Step:
    """What the triage deck proposes: queue or track, or set aside with the reason that the facts give."""
    if kind == "proposal":
        vague = specificity is not None and specificity < TRACKABLE_SPECIFICITY
        return Step("set_aside", "too_vague") if vague else Step("tracked")
    if claim_type == "prediction":
        return Step("set_aside", "prediction")
    if claim_type == "value":
        return Step("set_aside", "opinion")
    return Step("set_aside", "trivial") if checkworthiness == "low" else Step("queued")

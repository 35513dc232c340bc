"""What a step of the workflow needs: GUARDS, by name.

A guard gives None or the sentence under "Still needed", the same on the page and in the API. The first line of its
docstring is its name in docs/workflow.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from annotations.rules import evidence
from annotations.rules.errors import Msgid, Problem, Refused, noop
from annotations.rules.facts import Facts
from annotations.rules.vocabulary import PROPOSAL_REASONS, TRIAGE_REASONS

Guard = Callable[[Facts], Problem | None]


def _unless(met: object, code: str, template: str, field: str | None = None, **params: object) -> Problem | None:
    if met:
        return None
    problem = Refused(code, template, field=field)
    problem.params.update(params)
    return problem


# --- triage


def occurrence(facts: Facts) -> Problem | None:
    """at least one passage"""
    return _unless(facts.occurrences, "occurrence", noop("Link it to at least one passage."), "occurrences")


def claim_type(facts: Facts) -> Problem | None:
    """a claim type"""
    return _unless(facts.type, "type", noop("Choose the type of the claim."), "type")


def worth(facts: Facts) -> Problem | None:
    """the check-worthiness answers"""
    sentence = noop("Answer the triage questions, so that its check-worthiness is known.")
    return _unless(facts.checkworthiness, "checkworthiness", sentence, "triage_answers")


def stands_alone(facts: Facts) -> Problem | None:
    """wording that stands alone"""
    sentence = noop("Edit the text until it can be understood on its own, or tick that it can.")
    return _unless(facts.wording == "stands_alone", "stands_alone", sentence, "wording")


def mechanism(facts: Facts) -> Problem | None:
    """a mechanism"""
    return _unless(facts.mechanism, "mechanism", noop("Choose the mechanism of the proposal."), "mechanism")


def specificity(facts: Facts) -> Problem | None:
    """a specificity"""
    sentence = noop("Say how specific the proposal is, from 0 to 3.")
    return _unless(facts.specificity is not None, "specificity", sentence, "specificity")


def triage_reason(facts: Facts) -> Problem | None:
    """a reason from the list"""
    reasons = TRIAGE_REASONS if facts.kind == "claim" else PROPOSAL_REASONS
    sentence = noop("Choose one of these reasons: %(reasons)s.")
    labels = tuple(Msgid(term.label) for term in reasons)
    return _unless(facts.reason in reasons, "triage_reason", sentence, "reason", reasons=labels)


def duplicate_link(facts: Facts) -> Problem | None:
    """for a duplicate: the other statement"""
    sentence = noop("Say which statement it duplicates.")
    return _unless(facts.reason != "duplicate" or facts.duplicate_of, "duplicate_link", sentence, "duplicate_of")


def resolution(facts: Facts) -> Problem | None:
    """for a prediction: the day it can be checked, and by what"""
    settled = facts.resolve_by and facts.resolution_criteria.strip()
    sentence = noop("Say on which day the prediction can be checked, and what will decide it.")
    return _unless(facts.reason != "prediction" or settled, "resolution", sentence, "resolve_by")


# --- words that come with the request


def reason(facts: Facts) -> Problem | None:
    """a reason"""
    return _unless(facts.words, "reason", noop("Give the reason."), "reason")


def note(facts: Facts) -> Problem | None:
    """a note"""
    return _unless(facts.words, "note", noop("Add a note that says why."), "note")


def comment(facts: Facts) -> Problem | None:
    """a comment"""
    return _unless(facts.words, "comment", noop("Say in a comment what has to change."), "note")


# --- the check


def verdict(facts: Facts) -> Problem | None:
    """a verdict"""
    return _unless(facts.check.verdict, "verdict", noop("Choose a verdict."), "verdict")


def justification(facts: Facts) -> Problem | None:
    """a justification of two sentences or 80 characters"""
    text = facts.check.justification
    sentence = noop("Say why, in two sentences or %(needed)d characters (now: %(count)d).")
    return _unless(
        evidence.justified(text),
        "justification",
        sentence,
        "justification",
        needed=evidence.JUSTIFICATION_CHARACTERS,
        count=len(text.strip()),
    )


def as_of(facts: Facts) -> Problem | None:
    """the day as of which the verdict holds"""
    return _unless(facts.check.as_of, "as_of", noop("Give the day as of which the verdict holds."), "as_of_date")


def question(facts: Facts) -> Problem | None:
    """a question with an answer"""
    sentence = noop("Ask at least one question and answer it.")
    return _unless(facts.check.answered_questions, "question", sentence, "questions")


def answers_evidenced(facts: Facts) -> Problem | None:
    """evidence for every answer that is not “no answer found”"""
    bare = facts.check.answers_without_evidence
    sentence = noop("Place evidence under every answer, or mark it as “no answer found” (now without: %(count)d).")
    return _unless(not bare, "answers_evidenced", sentence, "questions", count=bare)


def booleans_explained(facts: Facts) -> Problem | None:
    """an explanation of every yes or no"""
    bare = facts.check.booleans_unexplained
    sentence = noop("Explain every answer that is just yes or no (now without: %(count)d).")
    return _unless(not bare, "booleans_explained", sentence, "questions", count=bare)


def evidence_minimum(facts: Facts) -> Problem | None:
    """the evidence minimum of the verdict"""
    check = facts.check
    lacking = evidence.shortfall(
        check.verdict,
        check.evidence,
        claim_type=facts.type,
        sole_source_reason=check.sole_source_reason,
        search_log=check.search_log,
    )
    return lacking[0] if lacking else None


def archived(facts: Facts) -> Problem | None:
    """a snapshot of every source in use, or the reason why there is none"""
    bare = facts.check.evidence.not_archived
    sentence = noop("Archive every source in use, or say why that is impossible (now without: %(count)d).")
    return _unless(not bare, "archived", sentence, "sources", count=bare)


# --- review and publication


def blind_verdict(facts: Facts) -> Problem | None:
    """the reviewer's own verdict, recorded first"""
    sentence = noop("Record your own verdict before you see the other one.")
    return _unless(facts.check.own_verdict, "blind_verdict", sentence, "blind_verdict")


def verdicts_agree(facts: Facts) -> Problem | None:
    """equal verdicts, or two of three"""
    check = facts.check
    votes = Counter((check.verdict, check.own_verdict, *check.other_verdicts))
    ours = votes.pop(check.verdict)
    agreed = not check.own_verdict or (ours >= 2 and ours > max(votes.values(), default=0))
    sentence = noop("The two verdicts differ: send the check back, or let a third person decide.")
    return _unless(agreed, "verdicts_agree", sentence, "blind_verdict")


def no_open_comment(facts: Facts) -> Problem | None:
    """no open comment"""
    sentence = noop("Settle the open comments first (now: %(count)d).")
    return _unless(not facts.open_comments, "no_open_comment", sentence, "comments", count=facts.open_comments)


def publisher(facts: Facts) -> Problem | None:
    """the publisher and the contact for corrections, once for the corpus"""
    sentence = noop("Say once for this corpus who publishes and where corrections go.")
    return _unless(facts.publisher_named, "publisher", sentence, "publisher")


def newer_version(facts: Facts) -> Problem | None:
    """a version that is not public yet"""
    sentence = noop("The latest approved version is public already.")
    return _unless(facts.public != "published" or facts.newer_version, "newer_version", sentence)


def correction(facts: Facts) -> Problem | None:
    """a public correction note, when verdict or justification changed"""
    sentence = noop("Verdict or reasons changed: add a public correction note.")
    noted = not facts.changed or facts.correction_note.strip()
    return _unless(noted, "correction", sentence, "correction_note")


_GUARDS: tuple[Guard, ...] = (
    occurrence, claim_type, worth, stands_alone, mechanism, specificity, triage_reason, duplicate_link, resolution,
    reason, note, comment, verdict, justification, as_of, question, answers_evidenced, booleans_explained,
    evidence_minimum, archived, blind_verdict, verdicts_agree, no_open_comment, publisher, newer_version, correction,
)  # fmt: skip
GUARDS: Mapping[str, Guard] = {guard.__name__: guard for guard in _GUARDS}

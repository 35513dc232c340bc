"""Why a claim has its verdict: the check that a member may read, what stands against it, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotations.models import Evidence, Member, Question, Review, Statement, Verification
from annotations.rules import vocabulary
from annotations.rules.errors import Forbidden, Msgid, noop
from annotations.services import access

#: What evidence says that speaks against a verdict.
AGAINST = {"supported": "refutes", "mostly_supported": "refutes", "refuted": "supports"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader should know before relying on the verdict: a msgid and its parameters."""

    template: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One version of the check with all that belongs to it; `check` is None while nobody has begun one."""

    check: Verification | None
    questions: tuple[Question, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reviews: tuple[Review, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    later: bool = False  # a newer version is under way


def of(statement: Statement, member: Member, number: int | None = None) -> Dossier:
    """The dossier of version `number`, else of the newest that this member may read. Forbidden, when there is a check
    and they may not read it; Missing, when there is no such version or this is no claim."""
    if statement.kind != "claim":
        raise access.not_found()
    check = _check(statement, member, number)
    if check is None:
        return Dossier(None)
    rows = Evidence.objects.filter(answer__question__verification=check).select_related("source", "snapshot")
    evidence = tuple(rows.order_by("answer__question__order", "answer_id", "id"))
    questions = tuple(check.questions.prefetch_related("answers__evidence__source"))
    told = check.state == "approved"  # until then a review that is not decided is its reviewer's own
    reviews = tuple(
        row for row in check.reviews.select_related("reviewer") if told or row.decision or row.reviewer_id == member.pk
    )
    later = statement.verifications.filter(number__gt=check.number, removed_at=None).exists()
    doubts = tuple(_doubts(statement, check, questions, evidence, reviews))
    return Dossier(check, questions, evidence, reviews, doubts, later)


def _check(statement: Statement, member: Member, number: int | None) -> Verification | None:
    rows = statement.verifications.filter(removed_at=None).order_by("-number")
    readable = set(rows.readable_by(member).values_list("pk", flat=True))
    if number is not None:
        row = rows.filter(number=number).first()
        if row is None:
            raise access.not_found()
    else:
        row = rows.filter(pk__in=readable).first() or rows.first()
    if row is not None and row.pk not in readable:
        raise Forbidden(
            "unreviewed",
            noop("v%(number)s of this check is not reviewed yet: its dossier is for those who work on it."),
            number=row.number,
        )
    return row


def _doubts(
    statement: Statement, check: Verification, questions: tuple[Question, ...], evidence: tuple[Evidence, ...],
    reviews: tuple[Review, ...],
) -> Iterator[Doubt]:  # fmt: skip
    if check.state != "approved":
        yield Doubt(noop("No second person has approved this version."))
    for flag in check.flags:
        yield Doubt(noop("Flag: %(flag)s."), {"flag": Msgid(vocabulary.FLAGS.label(flag))})
    against = [row for row in evidence if not row.removed_at and row.stance == AGAINST.get(check.verdict)]
    if against:
        yield Doubt(noop("Evidence that speaks against the verdict: %(count)s."), {"count": len(against)})
    gone = [row for row in evidence if row.removed_at]
    if gone:
        yield Doubt(noop("Evidence that was withdrawn since: %(count)s."), {"count": len(gone)})
    bare = {row.source_id for row in evidence if row.snapshot is None and not row.removed_at}
    if bare:
        yield Doubt(noop("Sources that are not archived: %(count)s."), {"count": len(bare)})
    for question in questions:
        if any(answer.type == "unanswerable" for answer in question.answers.all()):
            yield Doubt(noop("No answer was found: %(question)s"), {"question": question.text})
    if len({row.source_id for row in evidence if not row.removed_at}) == 1:
        yield Doubt(noop("It rests on one source."))
    others = {row.blind_verdict for row in reviews} - {check.verdict}
    for verdict in sorted(others):
        yield Doubt(
            noop("A reviewer's own verdict was at first: %(verdict)s."),
            {"verdict": Msgid(vocabulary.VERDICTS.label(verdict))},
        )
    variants = statement.occurrences.filter(removed_at=None, fit="variant").count()
    if variants:
        yield Doubt(noop("Variants to which the verdict does not extend: %(count)s."), {"count": variants})

"""Verifications: the check of a claim as questions, answers, evidence and verdict; written by its contributors only."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from annotations.models import Answer, Evidence, Member, Question, Review, Statement, Verification
from annotations.rules import dates, roles, vocabulary, workflow
from annotations.rules.errors import Forbidden, Invalid, Missing, Refused, noop
from annotations.services.op import Op, changes

FIELDS = {
    "verdict", "flags", "justification", "as_of_date", "limitations", "claimant_contacted", "claimant_note",
    "sole_source_reason", "search_log",
}  # fmt: skip


def start(op: Op, statement: Statement, *, author: Member | None = None) -> Verification:
    """Open version n+1 of the check, written by `author` (else by this member), as of today until changed. It begins as
    what the last one said, without evidence that was withdrawn since: a correction changes little, and v_n stays."""
    workflow.check_kind(statement.kind)
    last = latest(statement)
    number = last.number + 1 if last else 1
    said = {name: getattr(last, name) for name in FIELDS - {"as_of_date"}} if last else {}
    verification = Verification.objects.create(
        corpus=op.corpus, statement=statement, number=number, author=author or op.by,
        as_of_date=timezone.localdate(op.at).isoformat(), created_at=op.at, updated_at=op.at, created_by=op.by, **said,
    )  # fmt: skip
    verification.contributors.add(author or op.by)
    taken = carry_over(op, last, verification) if last else []
    payload = {"label": statement.label, "statement": statement.pk, "number": number}
    op.log("verification.started", verification, payload, touched=[("evidence", row.pk) for row in taken])
    return verification


def carry_over(op: Op, last: Verification, verification: Verification) -> list[Evidence]:
    """Questions, answers and evidence once more, for the new version to change; who found the evidence stays."""
    taken = []
    for question in last.questions.prefetch_related("answers__evidence"):
        answers = list(question.answers.all())
        question.pk, question.uid, question.verification = None, uuid4(), verification
        question.save()
        for answer in answers:
            rows = [row for row in answer.evidence.all() if row.removed_at is None]
            answer.pk, answer.uid, answer.question = None, uuid4(), question
            answer.save()
            for row in rows:
                row.pk, row.uid, row.answer = None, uuid4(), answer
                row.version, row.created_at, row.updated_at = 1, op.at, op.at
                row.save()
                taken.append(row)
    return taken


def newest_evidence(rows: QuerySet[Evidence], member: Member) -> QuerySet[Evidence]:
    """What the newest version of each check that this member may read rests on, and what is not used yet: a later
    version takes evidence over, which would stand there twice. Without such a version all of it."""
    seen = Verification.objects.visible_to(member).order_by().filter(statement=OuterRef("statement"))
    number = OuterRef("answer__question__verification__number")
    other = Exists(seen.filter(number__gt=number)) | Exists(seen) & ~Exists(seen.filter(number=number))
    return rows.exclude(other, answer__isnull=False)


def open_one(statement: Statement) -> Verification | None:
    """The check under way, if any."""
    return statement.verifications.filter(state__in=("in_progress", "in_review", "changes_requested")).first()


def latest(statement: Statement) -> Verification | None:
    return statement.verifications.order_by("-number").first()


def check_editable(op: Op, verification: Verification) -> None:
    """Only while it is being written, and only by a checker who joins in as contributor."""
    op.check("verify")
    if verification.state == "approved":
        raise Refused("check_approved", noop("This check is approved and does not change; open a new version."))
    if verification.state == "in_review":
        raise Refused("check_in_review", noop("This check is being reviewed. Take it back before you change it."))
    check_writer(op.by, verification)
    verification.contributors.add(op.by)


def check_writer(member: Member, verification: Verification) -> None:
    """Forbidden, with whose check it is, for everybody but its author and the assignee of its claim."""
    roles.check(member.role, "verify")
    if member.pk not in (verification.author_id, verification.statement.assignee_id):
        raise Forbidden(
            "not_your_check", noop("This check is %(name)s's. Ask to take it over."), name=str(verification.author)
        )


def save(op: Op, verification: Verification, **values: object) -> Verification:
    """Write fields of a check; incomplete is fine until it is sent."""
    check_editable(op, verification)
    found = check_fields(values)
    changed = changes(verification, found)
    if changed:
        _touch(op, verification)
        payload = {"label": verification.statement.label, "statement": verification.statement_id, "changes": changed}
        op.log("verification.updated", verification, payload)
    return verification


def check_fields(values: Mapping[str, object]) -> dict[str, object]:
    for name in values:
        if name not in FIELDS:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    found = dict(values)
    if found.get("verdict"):
        vocabulary.VERDICTS.check(str(found["verdict"]), "verdict")
    if found.get("as_of_date"):
        dates.check_date(str(found["as_of_date"]), "as_of_date")
    if found.get("claimant_contacted"):
        vocabulary.CONTACTED.check(str(found["claimant_contacted"]), "claimant_contacted")
    for flag in found.get("flags") or []:  # type: ignore[attr-defined]
        vocabulary.FLAGS.check(str(flag), "flags")
    return found


def _touch(op: Op, verification: Verification) -> None:
    verification.version += 1
    verification.updated_at = op.at
    verification.save()


def ask(op: Op, verification: Verification, text: str) -> Question:
    """Add a question that the check answers."""
    check_editable(op, verification)
    if not text.strip():
        raise Invalid("question_needs_text", noop("Write the question."), field="text")
    order = (verification.questions.aggregate(m=Max("order"))["m"] or 0) + 1
    question = Question.objects.create(corpus=op.corpus, verification=verification, text=text.strip(), order=order)
    _touch(op, verification)
    payload = {"label": verification.statement.label, "statement": verification.statement_id, "text": text.strip()}
    op.log("verification.question", verification, payload)
    return question


def reply(op: Op, question: Question, *, text: str, type: str, boolean_explanation: str = "") -> Answer:
    """Answer a question. A boolean answer needs an explanation; an unanswerable one has no source."""
    verification = question.verification
    check_editable(op, verification)
    vocabulary.ANSWER_TYPES.check(type, "type")
    if type == "boolean" and not boolean_explanation.strip():
        raise Invalid("boolean_needs_explanation", noop("Explain a yes or no."), field="boolean_explanation")
    if type != "unanswerable" and not text.strip():
        raise Invalid("answer_needs_text", noop("Write the answer."), field="text")
    answer = Answer.objects.create(
        corpus=op.corpus, question=question, text=text.strip(), type=type, boolean_explanation=boolean_explanation
    )
    _touch(op, verification)
    payload = {"label": verification.statement.label, "statement": verification.statement_id, "type": type}
    op.log("verification.answer", verification, payload)
    return answer


def drop_question(op: Op, question: Question) -> None:
    check_editable(op, question.verification)
    verification, text = question.verification, question.text
    Evidence.objects.filter(answer__question=question).update(answer=None)
    question.delete()
    _touch(op, verification)
    payload = {"label": verification.statement.label, "statement": verification.statement_id, "removed": text}
    op.log("verification.question", verification, payload)


def place(op: Op, evidence: Evidence, answer: Answer | None) -> Evidence:
    """Put evidence under an answer, where it counts, or back to “not used yet”."""
    verification = answer.question.verification if answer else open_one(evidence.statement)
    if verification is None:
        raise Refused("no_open_check", noop("There is no check under way."))
    check_editable(op, verification)
    held = evidence.answer.question.verification if evidence.answer else None
    if held is not None and held.state == "approved":
        message = noop(
            "It stands in v%(number)s, which is approved and does not change. Attach it once more for this one."
        )
        raise Refused("evidence_in_approved", message, number=held.number)
    if answer and answer.question.verification.statement_id != evidence.statement_id:
        raise Missing("answer_unknown", noop("This answer belongs to another claim."), field="answer")
    changed = changes(evidence, {"answer": answer})
    if changed:
        evidence.version += 1
        evidence.save()
        payload = {"label": evidence.statement.label, "statement": evidence.statement_id, "changes": changed}
        op.log("evidence.placed", evidence, payload)
    return evidence


def record_blind(op: Op, verification: Verification, verdict: str, reason: str = "") -> Review:
    """The reviewer's own verdict, stored before the first one is shown."""
    op.check("review")
    check_second(op, verification)
    vocabulary.VERDICTS.check(verdict, "verdict")
    earlier = verification.reviews.filter(reviewer=op.by)
    if earlier.filter(decision="").exists():
        raise Refused("blind_recorded", noop("You recorded your verdict on this check already."))
    review = Review.objects.create(
        corpus=op.corpus, verification=verification, reviewer=op.by, blind_verdict=verdict, blind_reason=reason,
        after_discussion=earlier.exists(), created_at=op.at,
    )  # fmt: skip
    op.log("review.blind", review, {"label": verification.statement.label, "statement": verification.statement_id})
    return review


def check_second(op: Op, verification: Verification) -> None:
    """The reviewer is neither the author nor the only one who found the evidence."""
    if verification.state != "in_review":
        raise Refused("not_in_review", noop("This check is not in review."))
    if verification.author_id == op.by.pk:
        raise Forbidden("own_check", noop("You wrote this check; somebody else must review it."))
    found = set(
        Evidence.objects.filter(answer__question__verification=verification, removed_at=None).values_list(
            "created_by_id", flat=True
        )
    )
    if found == {op.by.pk}:
        raise Forbidden("sole_contributor", noop("All evidence of this check is yours; somebody else must review it."))


def my_review(op: Op, verification: Verification) -> Review:
    """The blind verdict this member recorded and has not decided on yet."""
    review = verification.reviews.filter(reviewer=op.by, decision="").first()
    if review is None:
        raise Refused("blind_first", noop("Record your own verdict first."))
    return review

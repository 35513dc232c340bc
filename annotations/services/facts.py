"""What the rules ask about one statement, one person and one request, gathered from the database."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.models import Evidence, Member, Statement, Verification
from annotations.rules import evidence
from annotations.rules.evidence import Item
from annotations.rules.facts import CheckFacts, Facts
from annotations.services import comments, relations, verifications


@dataclass(frozen=True, slots=True)
class Asked:
    """What came with a request to move: reason code or text, note, the other statement of a duplicate, public note
    and what kind of correction it tells of."""

    reason: str = ""
    note: str = ""
    duplicate_of: Statement | None = None
    correction_note: str = ""
    correction_kind: str = ""


def facts_of(statement: Statement, member: Member, asked: Asked | None = None) -> Facts:
    """Everything the rules need to know about this statement, this person and this request."""
    asked = asked or Asked()
    check = verifications.latest(statement)
    public, last = _versions(statement, check)
    return Facts(
        kind=statement.kind, work=statement.work, public=statement.public, role=member.role,
        is_assignee=statement.assignee_id == member.pk, has_assignee=statement.assignee_id is not None,
        is_author=check is not None and check.author_id == member.pk,
        is_sole_contributor=check is not None and _finders(check) == {member.pk},
        occurrences=statement.occurrences.filter(removed_at=None).count(), type=statement.type,
        checkworthiness=statement.checkworthiness, wording=statement.wording, mechanism=statement.mechanism,
        specificity=statement.specificity,
        duplicate_of=asked.duplicate_of is not None or relations.of_duplicate(statement),
        resolve_by=str(statement.resolve_by or ""), resolution_criteria=statement.resolution_criteria,
        open_comments=comments.count_open(statement),
        reason=asked.reason, note=asked.note, check=check_facts(check, member),
        newer_version=last is not None and last.number > published_number(statement),
        changed=_says_else(public, last), correction_note=asked.correction_note,
        publisher_named=bool(statement.corpus.publisher_name and statement.corpus.publisher_contact),
    )  # fmt: skip


def _finders(check: Verification) -> set[int]:
    """Who brought the evidence of a check."""
    placed = Evidence.objects.filter(answer__question__verification=check, removed_at=None)
    return set(placed.values_list("created_by_id", flat=True))


def check_facts(check: Verification | None, member: Member) -> CheckFacts:
    """What stands in the latest check, as counts."""
    if check is None:
        return CheckFacts()
    answers = [answer for question in check.questions.prefetch_related("answers") for answer in question.answers.all()]
    items = evidence_of(check)
    held = set(Evidence.objects.filter(answer__in=answers, removed_at=None).values_list("answer_id", flat=True))
    latest: dict[int | None, str] = {}
    for review in check.reviews.order_by("id"):
        latest[review.reviewer_id] = review.blind_verdict
    own = latest.pop(member.pk, "")
    return CheckFacts(
        verdict=check.verdict, justification=check.justification, as_of=check.as_of_date,
        answered_questions=len({answer.question_id for answer in answers}),
        answers_without_evidence=sum(a.type != "unanswerable" and a.pk not in held for a in answers),
        booleans_unexplained=sum(a.type == "boolean" and not a.boolean_explanation.strip() for a in answers),
        evidence=evidence.count(items), sole_source_reason=check.sole_source_reason,
        search_log=evidence.searches(check.search_log), own_verdict=own, other_verdicts=tuple(latest.values()),
    )  # fmt: skip


def evidence_of(check: Verification) -> list[Item]:
    rows = Evidence.objects.filter(statement_id=check.statement_id, removed_at=None).select_related(
        "source", "answer__question"
    )
    return [
        Item(
            stance=row.stance, source=str(row.source_id), source_type=row.source.type,
            group=row.source.independent_group,
            placed=row.answer is not None and row.answer.question.verification_id == check.pk,
            archived=row.snapshot_id is not None or bool(row.source.no_snapshot_reason),
        )
        for row in rows
    ]  # fmt: skip


def published_number(statement: Statement) -> int:
    """The number of the check that is (or was last) public; 0 when none was."""
    return statement.published_version or 0


def _versions(statement: Statement, check: Verification | None) -> tuple[Verification | None, Verification | None]:
    """The check that is public, and the latest approved one."""
    rows = list(statement.verifications.order_by("-number")) if check is not None else []
    public = next((row for row in rows if row.number == published_number(statement)), None)
    return public, next((row for row in rows if row.state == "approved"), None)


def _says_else(public: Verification | None, last: Verification | None) -> bool:
    """Whether the latest approved check says something else than the public one."""
    if public is None or last is None or public.pk == last.pk:
        return False
    return (public.verdict, public.justification) != (last.verdict, last.justification)

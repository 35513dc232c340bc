"""The life of a statement: which moves it has for whom, what is still needed, and what each move does besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotations.models import Evidence, Member, Statement, Verification
from annotations.rules import checkworthiness, evidence, roles, workflow
from annotations.rules.errors import Invalid, Refused, noop
from annotations.rules.evidence import Item
from annotations.rules.facts import CheckFacts, Facts
from annotations.services import statements, verifications
from annotations.services.op import Op, changes


@dataclass(frozen=True, slots=True)
class Asked:
    """What came with a request to move: reason code or text, note, the other statement of a duplicate, public note."""

    reason: str = ""
    note: str = ""
    duplicate_of: Statement | None = None
    correction_note: str = ""


def facts_of(statement: Statement, member: Member, asked: Asked | None = None) -> Facts:
    """Everything the rules need to know about this statement, this person and this request."""
    asked = asked or Asked()
    check = verifications.latest(statement)
    return Facts(
        kind=statement.kind, work=statement.work, public=statement.public, role=member.role,
        is_assignee=statement.assignee_id == member.pk, has_assignee=statement.assignee_id is not None,
        is_author=check is not None and check.author_id == member.pk,
        is_sole_contributor=check is not None and _finders(check) == {member.pk},
        occurrences=statement.occurrences.filter(removed_at=None).count(), type=statement.type,
        checkworthiness=statement.checkworthiness, wording=statement.wording, mechanism=statement.mechanism,
        specificity=statement.specificity, duplicate_of=asked.duplicate_of is not None,
        resolve_by=str(statement.resolve_by or ""), resolution_criteria=statement.resolution_criteria,
        reason=asked.reason, note=asked.note, check=check_facts(check, member),
        newer_version=_has_newer(statement), changed=_has_changed(statement), correction_note=asked.correction_note,
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
            stance=row.stance, source=str(row.source_id), source_type=row.source.type, group=row.source.independent_group,
            placed=row.answer is not None and row.answer.question.verification_id == check.pk,
            archived=row.snapshot_id is not None or bool(row.source.no_snapshot_reason),
        )
        for row in rows
    ]  # fmt: skip


def _has_newer(statement: Statement) -> bool:
    last = statement.verifications.filter(state="approved").order_by("-number").first()
    return last is not None and last.number > published_number(statement)


def published_number(statement: Statement) -> int:
    """The number of the check that is (or was last) public; 0 when none was."""
    return statement.published_version or 0


def _has_changed(statement: Statement) -> bool:
    """Whether the latest approved check says something else than the public one."""
    public = statement.verifications.filter(number=published_number(statement)).first()
    last = statement.verifications.filter(state="approved").order_by("-number").first()
    if public is None or last is None or public.pk == last.pk:
        return False
    return (public.verdict, public.justification) != (last.verdict, last.justification)


def moves(statement: Statement, member: Member) -> list[workflow.Move]:
    """Every step the state offers, each with who may not and what is missing."""
    return workflow.moves(facts_of(statement, member))


def transition(op: Op, statement: Statement, target: str, asked: Asked | None = None) -> Statement:
    """Move a statement; Refused with every missing thing, Forbidden with the role, when the rules say no."""
    asked = asked or Asked()
    found = workflow.check(facts_of(statement, op.by, asked), target)
    before = {"work": statement.work, "public": statement.public}
    apply(op, statement, found, asked)
    changed = {name: [old, getattr(statement, name)] for name, old in before.items() if getattr(statement, name) != old}
    statements.touch(op, statement)
    payload = {"label": statement.label, "changes": changed, "reason": asked.reason, "note": asked.note, "to": target}
    op.log("statement.moved", statement, payload)
    return statement


def apply(op: Op, statement: Statement, found: workflow.Transition, asked: Asked) -> None:
    """Set the columns, then do what the move asks besides (table EFFECTS)."""
    came_from = statement.work
    setattr(statement, found.column, found.target)
    for effect in EFFECTS.get((came_from, found.target), ()):
        effect(op, statement, asked)


def set_aside(op: Op, statement: Statement, asked: Asked) -> None:
    statement.triage_reason, statement.triage_note = asked.reason, asked.note
    if asked.reason == "too_vague" and statement.kind == "proposal":
        statement.progress = "not_trackable"


def take_back(op: Op, statement: Statement, asked: Asked) -> None:
    statement.triage_reason = ""
    if statement.progress == "not_trackable":
        statement.progress = "not_yet_rated"


def begin(op: Op, statement: Statement, asked: Asked) -> None:
    """Take a claim on: the assignee, else this member, writes the check."""
    if statement.assignee_id is None:
        statement.assignee = op.by
    check = verifications.open_one(statement)
    if check is None:
        verifications.start(op, statement)
    elif check.author_id != op.by.pk:
        check.author = op.by
        check.contributors.add(op.by)
        _state(op, check, "in_progress")


def release(op: Op, statement: Statement, asked: Asked) -> None:
    statement.assignee = None


def send(op: Op, statement: Statement, asked: Asked) -> None:
    _state(op, _open(statement), "in_review")


def send_back(op: Op, statement: Statement, asked: Asked) -> None:
    check = _open(statement)
    _decide(op, check, "changes_requested", asked.note or asked.reason)
    _state(op, check, "changes_requested")


def go_on(op: Op, statement: Statement, asked: Asked) -> None:
    _state(op, _open(statement), "in_progress")


def approve(op: Op, statement: Statement, asked: Asked) -> None:
    check = _open(statement)
    _decide(op, check, "approve", asked.note)
    check.approved_at = op.at
    _state(op, check, "approved")
    statement.verdict, statement.verdict_as_of = check.verdict, check.as_of_date


def publish(op: Op, statement: Statement, asked: Asked) -> None:
    last = statement.verifications.filter(state="approved").order_by("-number").first()
    statement.published_version = last.number if last else None
    statement.published_at = op.at


def _open(statement: Statement) -> Verification:
    check = verifications.open_one(statement)
    if check is None:
        raise Refused("no_open_check", noop("There is no check under way."))
    return check


def _state(op: Op, check: Verification, state: str) -> None:
    check.state = state
    check.version += 1
    check.updated_at = op.at
    check.save()


def _decide(op: Op, check: Verification, decision: str, comment: str) -> None:
    review = check.reviews.filter(reviewer=op.by, decision="").order_by("-id").first()
    if review is not None:
        review.decision, review.comment = decision, comment
        review.save()
        payload = {"label": check.statement.label, "statement": check.statement_id, "decision": decision}
        op.log("review.decided", review, payload)


Effect = Callable[[Op, Statement, Asked], None]
EFFECTS: Mapping[tuple[str, str], tuple[Effect, ...]] = {
    ("untriaged", "set_aside"): (set_aside,),
    ("tracked", "set_aside"): (set_aside,),
    ("set_aside", "tracked"): (take_back,),
    ("set_aside", "queued"): (take_back,),
    ("queued", "in_progress"): (begin,),
    ("in_progress", "queued"): (release,),
    ("in_progress", "in_review"): (send,),
    ("in_review", "changes_requested"): (send_back,),
    ("changes_requested", "in_progress"): (go_on,),
    ("in_review", "approved"): (approve,),
    ("approved", "published"): (publish,),
    ("approved", "in_progress"): (begin,),
}


def answer_triage(op: Op, statement: Statement, answers: Mapping[str, object]) -> Statement:
    """Store the answers of the triage deck and what they add up to. Unasked answers stay empty."""
    op.check("triage")
    values: dict[str, object] = {}
    for name in ("q1", "q4"):
        if answers.get(name):
            values[name] = str(answers[name])
    for name in ("q2", "q3"):
        if answers.get(name):
            values[name] = int(str(answers[name]))
    merged = {name: values.get(name, getattr(statement, name)) for name in ("q1", "q2", "q3", "q4")}
    if merged["q1"] and merged["q4"]:
        values["checkworthiness"] = checkworthiness.derive(**merged)  # type: ignore[arg-type]
    changed = changes(statement, values)
    if changed:
        statements.touch(op, statement)
        op.log("statement.triaged", statement, {"label": statement.label, "changes": changed})
    return statement


def assign(op: Op, statement: Statement, member: Member | None) -> Statement:
    """Give a statement to somebody who may check it, or to nobody."""
    op.check("assign_self" if member is not None and member.pk == op.by.pk else "assign_others")
    if member is not None:
        if member.corpus_id != statement.corpus_id or not member.active:
            raise Invalid("member_unknown", noop("This person does not belong to the corpus."), field="assignee")
        if statement.kind == "claim" and not roles.allows(member.role, "verify"):
            raise Invalid(
                "cannot_check", noop("%(name)s cannot check claims; a checker can."), field="assignee", name=member.name
            )
    changed = changes(statement, {"assignee": member})
    if changed:
        statements.touch(op, statement)
        payload = {"label": statement.label, "changes": changed, "to": member.name if member else ""}
        op.log("statement.assigned", statement, payload)
    return statement


def shown(statement: Statement) -> str:
    """The one word shown for a statement (UX.md 4.5)."""
    return workflow.shown_status(statement.work, statement.public)


def clear_triage(op: Op, statement: Statement) -> Statement:
    """Take all triage answers back, to ask again."""
    op.check("triage")
    changed = changes(statement, {"q1": "", "q2": None, "q3": None, "q4": "", "checkworthiness": ""})
    if changed:
        statements.touch(op, statement)
        op.log("statement.triaged", statement, {"label": statement.label, "changes": changed})
    return statement

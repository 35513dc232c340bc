"""The life of a statement: which moves it has for whom, what is still needed, and what each move does besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from annotations.models import Member, Statement, Verification
from annotations.rules import checkworthiness, roles, status, workflow
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import milestones, publishing, relations, statements, verifications
from annotations.services.facts import Asked as Asked
from annotations.services.facts import facts_of
from annotations.services.op import Op, changes


def moves(statement: Statement, member: Member) -> list[workflow.Move]:
    """Every step the state offers, each with who may not, or what is missing.

    What is missing of a step that is not this member's is not said: it tells of a check that they may not read.
    """
    found = workflow.moves(facts_of(statement, member))
    return [replace(move, missing=()) if move.forbidden else move for move in found]


#: What a step may change; its event says from what to what, so that it can be undone.
MOVED = ("work", "public", "progress", "progress_date", "triage_reason", "triage_note")


def transition(op: Op, statement: Statement, target: str, asked: Asked | None = None, occasion: str = "") -> Statement:
    """Move a statement; Refused with every missing thing, Forbidden with the role, when the rules say no. With an
    `occasion` (a code of OCCASIONS) it moves by itself, whoever the member is in whose name that is written."""
    asked = asked or Asked()
    found = workflow.check(replace(facts_of(statement, op.by, asked), occasion=occasion), target)
    before = {name: getattr(statement, name) for name in MOVED}
    apply(op, statement, found, asked)
    changed = {name: [old, getattr(statement, name)] for name, old in before.items() if getattr(statement, name) != old}
    statements.touch(op, statement)
    payload = {"label": statement.label, "changes": changed, "to": target}
    if occasion:
        payload["occasion"] = occasion
    elif target not in QUIET:
        payload |= {"reason": asked.reason, "note": asked.note}
    if asked.correction_note.strip():
        payload["correction"] = asked.correction_note.strip()
    if asked.duplicate_of is not None:
        payload["duplicate_of"] = asked.duplicate_of.label
    op.log("statement.came_up" if occasion else "statement.moved", statement, payload)
    return statement


def apply(op: Op, statement: Statement, found: workflow.Transition, asked: Asked) -> None:
    """Set the columns, then do what the move asks besides (table EFFECTS)."""
    came_from = statement.work
    setattr(statement, found.column, found.target)
    for effect in EFFECTS.get((came_from, found.target), ()):
        effect(op, statement, asked)
    publishing.told(op, statement, found.target, asked)


def set_aside(op: Op, statement: Statement, asked: Asked) -> None:
    statement.triage_reason, statement.triage_note = asked.reason, asked.note
    statement.progress = status.progress_written(statement.kind, "set_aside", asked.reason) or statement.progress
    if asked.reason == "duplicate" and asked.duplicate_of is not None:
        relations.duplicate(op, statement, asked.duplicate_of)


def take_back(op: Op, statement: Statement, asked: Asked) -> None:
    """Triaged after all: what setting aside wrote goes, progress is what the milestones say."""
    statement.triage_reason = statement.triage_note = ""
    if statement.progress == "not_trackable":
        statement.progress, statement.progress_date = milestones.progress_of(statement)


def begin(op: Op, statement: Statement, asked: Asked) -> None:
    """Take a claim on: the assignee writes the check, whoever starts or reopens it; without one, who wrote the last."""
    writer = holder_of(op, statement)
    statement.assignee = writer
    check = verifications.open_one(statement)
    if check is None:
        verifications.start(op, statement, author=writer)
    elif check.author_id != writer.pk:
        check.author = writer
        check.contributors.add(writer)
        _state(op, check, "in_progress")


def holder_of(op: Op, statement: Statement) -> Member:
    """Who goes on with a claim: the assignee; when it is reopened without one, its last author; else this member."""
    last = verifications.latest(statement)
    for found in (statement.assignee, last.author if last and last.state == "approved" else None):
        if found is not None and found.active and found.user_id is not None:
            return found
    return op.by


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
    """The reviewer's decision. Its words are for the contributors of the check until it is approved."""
    review = check.reviews.filter(reviewer=op.by, decision="").order_by("-id").first()
    if review is not None:
        review.decision, review.comment = decision, comment
        review.save()
    told = {"label": check.statement.label, "statement": check.statement_id, "decision": decision, "comment": comment}
    op.log("review.decided", check, told)
    op.tell([check.author_id], "review")


#: Moves whose words tell of an unreviewed check; they stand in the event of the decision instead.
QUIET = ("changes_requested", "approved")

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
    ("approved", "published"): (publishing.publish,),
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
        op.tell([statement.assignee_id], "assigned")
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

"""Many statements at once: one verb for each row; what a rule refuses stays as it was and is named.

Many rows are written in several Ops, one after the other, so that nobody else waits for long (DESIGN.md 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import transaction

from annotations.models import Member, Statement, Tag
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Invalid, Problem, Refused, noop
from annotations.services import annotations as passages
from annotations.services import codebook, limits, statements, workflow
from annotations.services.op import Op, Replayed, writing
from annotations.services.overtaken import overtaken
from annotations.services.tracker import links

#: Rows in one Op: some 40 ms with the write lock held.
BATCH = 10
KEY = 56  # leaves room for the number of the batch

Values = Mapping[str, object]
Verb = Callable[[Op, Statement], None]
Action = Callable[[Op, Statement, Values], None]


@dataclass(slots=True)
class Outcome:
    """Which rows changed, which were refused with what sentence, and the Ops that undo takes, newest last."""

    done: list[Statement] = field(default_factory=list)
    refused: list[tuple[Statement, Problem]] = field(default_factory=list)
    ops: list[str] = field(default_factory=list)


def run(
    member: Member, ids: Iterable[int], action: str, values: Values, key: str = "", *, seen: int | None = None
) -> Outcome:
    """Do `action` (a key of ACTIONS) to each of these statements of the corpus, in id order, a few rows an Op.

    `seen`: the last event that the person could know of; what somebody else changed since, this action leaves alone.
    """
    verbs = dict.fromkeys(ids, verb_of(member, action, values))
    if seen is not None:
        verbs |= {pk: partial(refuse, problem=late) for pk, late in overtaken(member, verbs, action, seen).items()}
    return each(member, verbs, key)


def refuse(op: Op, statement: Statement, *, problem: Problem) -> None:
    raise problem


def each(member: Member, verbs: Mapping[int, Verb], key: str = "") -> Outcome:
    """Do to each statement its verb. `key`: Idempotency-Key of the whole; what a replay finds done counts as done."""
    roles.check(member.role, "bulk_edit")
    limits.check("bulk_rows", len(verbs))
    outcome, ids = Outcome(), sorted(verbs)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        try:
            with writing(by=member, key=f"{key[:KEY]}.{start // BATCH}" if key else "") as op:
                _batch(op, batch, verbs, outcome)
            if op.lines:
                outcome.ops.append(op.key)
        except Replayed as replayed:
            outcome.done += Statement.objects.filter(pk__in=batch, corpus_id=member.corpus_id)
            outcome.ops.append(replayed.events[0].op)
    return outcome


def apply(op: Op, ids: Iterable[int], action: str, values: Values) -> Outcome:
    """The same within an Op that is open already: all or nothing together with whatever else it writes."""
    op.check("bulk_edit")
    wanted = sorted(set(ids))
    limits.check("bulk_rows", len(wanted))
    outcome = Outcome(ops=[op.key])
    _batch(op, wanted, dict.fromkeys(wanted, verb_of(op.by, action, values)), outcome)
    return outcome


def _batch(op: Op, ids: list[int], verbs: Mapping[int, Verb], outcome: Outcome) -> None:
    rows = Statement.objects.select_for_update(of=("self",)).filter(corpus=op.corpus, removed_at=None, pk__in=ids)
    for statement in rows.order_by("pk"):
        statement.corpus = op.corpus
        kept = len(op.lines)
        try:
            with transaction.atomic():
                verbs[statement.pk](op, statement)
            outcome.done.append(statement)
        except Problem as problem:
            del op.lines[kept:]
            outcome.refused.append((statement, problem))


def verb_of(member: Member, action: str, values: Values) -> Verb:
    """The action with its values read once; Invalid when there is no such action, or a value no row could take."""
    if action not in ACTIONS:
        raise Invalid("action_unknown", noop("There is no bulk action “%(name)s”."), field="action", name=action)
    read, act = ACTIONS[action]
    return partial(_with, act=act, values=read(member, values))


def _with(op: Op, statement: Statement, *, act: Action, values: Values) -> None:
    act(op, statement, values)


# --- values as they come from a form or from JSON


def parse_date(value: object) -> date | None:
    """A day, or None for nothing; Invalid for anything else."""
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Invalid("not_a_date", noop("Write the date as YYYY-MM-DD."), field="due") from None


def _member(member: Member, values: Values) -> Values:
    """`assignee`: me, an id, or nothing for nobody."""
    asked = str(values.get("assignee") or "")
    if asked in ("", "none"):
        return {"assignee": None}
    if asked == "me":
        return {"assignee": member}
    rows = Member.objects.filter(corpus_id=member.corpus_id, active=True)
    found = rows.filter(pk=int(asked)).first() if asked.isdecimal() else None
    if found is None:
        raise Invalid("member_unknown", noop("This person does not belong to the corpus."), field="assignee")
    return {"assignee": found}


def _date(member: Member, values: Values) -> Values:
    return {"due": parse_date(values.get("due"))}


def _tags(member: Member, values: Values) -> Values:
    """`add` and `remove` by scope: own columns of the statement, tags of its passages."""
    wanted = {way: ids_of(values.get(way)) for way in ("add", "remove")}
    asked = {pk for ids in wanted.values() for pk in ids}
    scopes = dict(Tag.objects.filter(corpus_id=member.corpus_id, pk__in=asked).values_list("pk", "tag_set__scope"))
    for scope in ("statement", "annotation"):
        codebook.tags_of(member.corpus, [pk for pk in asked if scopes.get(pk, "statement") == scope], scope)
    return {
        f"{scope}_{way}": [pk for pk in ids if scopes[pk] == scope]
        for way, ids in wanted.items() for scope in ("statement", "annotation")
    }  # fmt: skip


def ids_of(value: object) -> list[int]:
    """Ids from a list, or from text with commas."""
    found = value if isinstance(value, (list, tuple)) else str(value or "").split(",")
    return [int(str(one)) for one in found if str(one).strip().isdecimal()]


def _plain(member: Member, values: Values) -> Values:
    return values


def _answers(member: Member, values: Values) -> Values:
    if values.get("specificity") not in (None, ""):
        vocabulary.SPECIFICITY.check(str(values["specificity"]), "specificity")
    return values


def _asked(member: Member, values: Values) -> Values:
    """`duplicate_of`: the label of a statement of this corpus."""
    label = str(values.get("duplicate_of") or "")
    number = links.number_of(label) if label else None
    rows = Statement.objects.filter(corpus_id=member.corpus_id, removed_at=None)
    other = rows.filter(kind=number[0], number=number[1]).first() if number else None
    if label and other is None:
        raise Invalid("statement_unknown", noop("There is no %(label)s here."), field="duplicate_of", label=label)
    return {**values, "duplicate_of": other, "resolve_by": parse_date(values.get("resolve_by"))}


# --- what is done to each row


def _assign(op: Op, statement: Statement, values: Values) -> None:
    workflow.assign(op, statement, values["assignee"])  # type: ignore[arg-type]


def _due(op: Op, statement: Statement, values: Values) -> None:
    statements.update(op, statement, due=values["due"])


def _tag(op: Op, statement: Statement, values: Values) -> None:
    """Own columns at once; passage tags on every passage that this member sees."""
    add, remove = ids_of(values["annotation_add"]), ids_of(values["annotation_remove"])
    if add or remove:
        rows = links.links(op.by).filter(statement=statement).select_related("annotation")
        if add and not rows:
            raise Refused("no_passage", noop("It has no passage that could carry a tag."))
        for annotation in {row.annotation_id: row.annotation for row in rows}.values():
            passages.change_tags(op, annotation, add=add, remove=remove)
    statements.set_tags(op, statement, add=ids_of(values["statement_add"]), remove=ids_of(values["statement_remove"]))


def _type(op: Op, statement: Statement, values: Values) -> None:
    """The type of a claim, the mechanism of a proposal."""
    field_of = {"claim": "type", "proposal": "mechanism"}[statement.kind]
    statements.update(op, statement, **{field_of: str(values.get(field_of) or "")})


def _move(op: Op, statement: Statement, values: Values) -> None:
    reason = str(values.get("reason") or "")
    if reason == "prediction" and values.get("resolve_by"):
        criteria = str(values.get("resolution_criteria") or "")
        statements.update(op, statement, resolve_by=values["resolve_by"], resolution_criteria=criteria)
    asked = workflow.Asked(
        reason=reason, note=str(values.get("note") or ""), duplicate_of=values.get("duplicate_of"),  # type: ignore[arg-type]
        correction_note=str(values.get("correction_note") or ""),
        correction_kind=str(values.get("correction_kind") or ""),
    )  # fmt: skip
    workflow.transition(op, statement, str(values.get("to") or ""), asked)


def _triage(op: Op, statement: Statement, values: Values) -> None:
    """Answers of the deck for claims, the specificity for proposals; what is not asked of its kind is not written."""
    if statement.kind == "claim":
        workflow.answer_triage(op, statement, values)
    elif values.get("specificity") not in (None, ""):
        statements.update(op, statement, specificity=int(str(values["specificity"])))
    else:
        raise Refused("no_questions", noop("A proposal has no triage questions; say how specific it is."))


ACTIONS: Mapping[str, tuple[Callable[[Member, Values], Values], Action]] = {
    "assign": (_member, _assign),
    "due": (_date, _due),
    "tag": (_tags, _tag),
    "type": (_plain, _type),
    "move": (_asked, _move),
    "triage": (_answers, _triage),
}

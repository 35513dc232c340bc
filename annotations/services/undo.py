"""Undo and redo of one's own ops: each Event is inverted from its payload; work of others is never undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from annotations.models import Event, Member, Occurrence, Statement, Undone
from annotations.rules.errors import Missing, Refused, noop
from annotations.services import adjudication, annotations, merging, occurrences, recoding_undo, relations, statements
from annotations.services.inverting import Payload, check_alone, fetch, payload_of, put_back
from annotations.services.op import Op
from annotations.services.undo_steps import (
    reborn_evidence,
    retranslate,
    unanchor,
    unassign,
    uncreate_evidence,
    undecide,
    unevidence,
    unlet,
    unmove,
    unplace,
    unseek,
)

#: Kinds whose op is offered for undoing on the page it led to, with the label that leads back.
OFFERED = ("statement.merged", "statement.split")


@dataclass(frozen=True, slots=True)
class Done:
    """What a member did by one op and may take back, or, `undone`, do again; `label` is whom it was done to."""

    key: str
    label: str
    undone: bool


def done(member: Member, key: str) -> Done | None:
    """What this op of the member's did, when it is one of those that a page offers to take back."""
    rows = Event.objects.filter(corpus_id=member.corpus_id, actor=member, op=key, kind__in=OFFERED)
    event = rows.order_by("seq").first() if key else None
    if event is None:
        return None
    undone = is_undone(member, key)
    return Done(key, str(orjson.loads(event.payload).get("label", "")) if event.payload else "", undone)


def undo(op: Op, key: str) -> None:
    """Invert the member's op `key`; Refused, with who did what, when others built on it."""
    row = Undone.objects.filter(member=op.by, op=key).first()
    if row and row.undone:
        raise Refused("already_undone", noop("This was undone already."))
    invert(op, row.last_op if row else key)
    Undone.objects.update_or_create(
        member=op.by, op=key, defaults={"corpus": op.corpus, "last_op": op.key, "undone": True}
    )


def can_undo(member: Member, key: str) -> bool:
    """Whether each step of the member's op `key` has an inverse, and it is not undone."""
    kinds = list(Event.objects.filter(actor=member, op=key).values_list("kind", flat=True))
    return bool(kinds) and not is_undone(member, key) and all(kind in INVERSE for kind in kinds)


def is_undone(member: Member, key: str) -> bool:
    """Whether the member took this op back, so that it can be done again."""
    return Undone.objects.filter(member=member, op=key, undone=True).exists()


def redo(op: Op, key: str) -> None:
    row = Undone.objects.filter(member=op.by, op=key, undone=True).first()
    if row is None:
        raise Refused("nothing_to_redo", noop("There is nothing to redo."))
    invert(op, row.last_op)
    row.last_op, row.undone = op.key, False
    row.save()


def invert(op: Op, key: str) -> None:
    events = list(Event.objects.filter(corpus=op.corpus, actor=op.by, op=key).order_by("-seq"))
    if not events:
        raise Missing("op_unknown", noop("There is nothing to undo here."))
    for event in events:
        how = INVERSE.get(event.kind)
        if how is None:
            raise Refused("cannot_undo", noop("This step cannot be undone; take it back by hand."))
        how(op, event, orjson.loads(event.payload))


def uncreate_annotation(op: Op, event: Event, payload: Payload) -> None:
    row = fetch(event)
    check_alone(op, event)
    foreign = row.occurrences.filter(removed_at=None).exclude(created_by=op.by).select_related("created_by").first()
    if foreign:
        raise Refused(
            "others_went_on",
            noop("%(name)s changed this after you; undoing would undo their work."),
            name=str(foreign.created_by),
        )
    annotations.remove(op, row)


def reborn_annotation(op: Op, event: Event, payload: Payload) -> None:
    annotations.restore(op, fetch(event))


def untag(op: Op, event: Event, payload: Payload) -> None:
    row = fetch(event)
    annotations.change_tags(op, row, add=payload["tags"]["remove"], remove=payload["tags"]["add"])


def untag_statement(op: Op, event: Event, payload: Payload) -> None:
    statements.set_tags(op, fetch(event), add=payload["tags"]["remove"], remove=payload["tags"]["add"])


def unlink(op: Op, event: Event, payload: Payload) -> None:
    row: Occurrence = fetch(event)
    if row.removed_at is None:
        check_alone(op, event)
        occurrences.part(op, row)


def relink(op: Op, event: Event, payload: Payload) -> None:
    row: Occurrence = fetch(event)
    if row.removed_at is None:
        return
    statement = row.statement
    if statement.removed_at:
        statements.set_removed(op, statement, gone=False)
    row.removed_at = None
    row.version += 1
    row.save()
    op.log("occurrence.restored", row, payload_of(payload), document_id=row.annotation.document_id)


def uncreate_statement(op: Op, event: Event, payload: Payload) -> None:
    row: Statement = fetch(event)
    if "merged" in payload:  # it was brought back from a merge
        merged = payload["merged"]
        merging.redirect(op, row, occurrences.resolve(op, merged["into_id"]), moved_of(merged))
    elif row.removed_at is None and statements.is_untouched(op, row):
        statements.set_removed(op, row, gone=True)


def reborn_statement(op: Op, event: Event, payload: Payload) -> None:
    row: Statement = fetch(event)
    if row.removed_at:
        statements.set_removed(op, row, gone=False)


def unmerge(op: Op, event: Event, payload: Payload) -> None:
    merging.separate(op, fetch(event), moved_of(payload))


def moved_of(payload: Payload) -> dict[str, list[int]]:
    return {name: list(payload.get(name, ())) for name in ("evidence", "milestones", "comments")}


def unset_agents(op: Op, event: Event, payload: Payload) -> None:
    for role, (old, _) in payload["changes"].items():
        statements.set_agents(op, fetch(event), role, old)


def unrelate(op: Op, event: Event, payload: Payload) -> None:
    check_alone(op, event)
    relations.remove(op, fetch(event))


def rerelate(op: Op, event: Event, payload: Payload) -> None:
    relations.restore(op, fetch(event))


def unsettle(op: Op, event: Event, payload: Payload) -> None:
    adjudication.unsettle(op, fetch(event), gone=True)


def resettle(op: Op, event: Event, payload: Payload) -> None:
    adjudication.unsettle(op, fetch(event), gone=False)


def nothing(op: Op, event: Event, payload: Payload) -> None:
    """What stays (an agent made on the way: others may rest on it), or follows from its parts (a split, progress)."""


INVERSE: Mapping[str, Callable[[Op, Event, Payload], None]] = {
    "agent.created": nothing,
    "annotation.created": uncreate_annotation,
    "annotation.removed": reborn_annotation,
    "annotation.restored": uncreate_annotation,
    "annotation.noted": put_back,
    "annotation.tagged": untag,
    "annotation.anchored": unanchor,
    "annotation.let_go": unlet,
    "annotation.sought": unseek,
    "annotation.coded": put_back,
    "occurrence.created": unlink,
    "occurrence.restored": unlink,
    "occurrence.removed": relink,
    "occurrence.updated": put_back,
    "statement.created": uncreate_statement,
    "statement.restored": uncreate_statement,
    "statement.removed": reborn_statement,
    "statement.updated": put_back,
    "statement.agents": unset_agents,
    "statement.assigned": unassign,
    "statement.moved": unmove,
    "statement.triaged": put_back,
    "statement.tagged": untag_statement,
    "statement.merged": unmerge,
    "statement.split": nothing,
    "statement.progress": nothing,
    "document.translates": retranslate,
    "document.stands_alone": retranslate,
    "codebook.set_added": recoding_undo.unadd_set,
    "codebook.set_removed": recoding_undo.readd_set,
    "codebook.set_restored": recoding_undo.unadd_set,
    "codebook.set_updated": recoding_undo.unchange,
    "codebook.tag_added": recoding_undo.unadd,
    "codebook.tag_updated": recoding_undo.unchange,
    "codebook.tag_merged": recoding_undo.separate,
    "codebook.tag_separated": recoding_undo.merge_again,
    "codebook.tag_split": recoding_undo.rejoin,
    "codebook.tag_rejoined": recoding_undo.split_again,
    "codebook.tag_placed": recoding_undo.place_back,
    "codebook.named": recoding_undo.unname,
    "evidence.created": uncreate_evidence,
    "evidence.restored": uncreate_evidence,
    "evidence.removed": reborn_evidence,
    "evidence.updated": unevidence,
    "evidence.placed": unplace,
    "suggestion.decided": undecide,
    "round.settled": unsettle,
    "round.unsettled": resettle,
    "relation.created": unrelate,
    "relation.removed": rerelate,
    "relation.updated": put_back,
}

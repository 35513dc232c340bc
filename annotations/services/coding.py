"""Coding: what may be done to passages in a coder's layer, and what `claim` or `proposal` mean there.

Inside a round a passage has kinds and no statements; those are made when the round is settled (UX.md 4.7).
"""

from __future__ import annotations

from collections.abc import Sequence

from annotations.models import Annotation, Assignment, Document, Layer, Member, Round
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Missing, Refused, noop
from annotations.services.occurrences import Wanted
from annotations.services.op import Op


def assignment_of(round: Round, document: Document, member: Member) -> Assignment:
    """What this member is to code; Missing when the document is not theirs in this round."""
    roles.check(member.role, "code_round")
    rows = Assignment.objects.select_related("layer__round", "text")
    found = rows.filter(layer__round=round, layer__member=member, document=document).first()
    if found is None:
        raise Missing("not_assigned", noop("This document is not yours to code in this round."))
    return found


def layer_for(op: Op, round: Round, document: Document) -> Layer:
    """The layer that a new passage goes into; Refused once the coder is done with the document."""
    op.check("code_round")
    assignment = assignment_of(round, document, op.by)
    check_open(assignment)
    return assignment.layer


def check_open(assignment: Assignment) -> None:
    if assignment.layer.round.closed_at is not None:
        raise Refused("round_closed", noop("This round is closed; its passages stay as they are."))
    if assignment.state != "open":
        raise Refused("coding_done", noop("You said that you are done with this document. Take that back first."))


def check_layer(op: Op, annotation: Annotation) -> None:
    """A passage of a layer is changed by its coder only, while they are at work on the document."""
    if annotation.layer_id is None:
        return
    rows = Assignment.objects.select_related("layer__round")
    found = rows.filter(layer=annotation.layer_id, layer__member=op.by, document=annotation.document_id).first()
    if found is None:
        raise Refused("other_layer", noop("This passage belongs to another coder; it stays as it is."))
    check_open(found)


def kinds_of(wanted: Sequence[Wanted], present: str = "") -> str:
    """The kinds of a passage after these were asked for, as they are stored."""
    found = set(present.split())
    for one in wanted:
        if one.statement_id is not None:
            raise Refused(
                "no_statements_here", noop("In a round a passage is a claim or a proposal; statements come after."),
                field="statements",
            )  # fmt: skip
        vocabulary.KINDS.check(one.kind, "kind")
        found.add(one.kind)
    return " ".join(kind for kind in vocabulary.KINDS.codes if kind in found)


def set_kinds(op: Op, annotation: Annotation, wanted: Sequence[Wanted]) -> None:
    """The passage is of these kinds, too. The caller counts the change of the annotation."""
    check_layer(op, annotation)
    before, annotation.kinds = annotation.kinds, kinds_of(wanted, annotation.kinds)
    if before == annotation.kinds:
        raise Refused("kind_already", noop("The passage is of this kind already."), field="statements")
    payload = {"changes": {"kinds": [before, annotation.kinds]}}
    op.log("annotation.coded", annotation, payload, document_id=annotation.document_id)

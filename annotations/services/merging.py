"""One statement into another, one out of another, a passage from one to the next. All of it can be undone.

The loser of a merge stays as a redirect: its number and id go on leading somewhere. What hangs on it moves by events of
their own kinds, so that each can be inverted; what has no kind for that is named in the payload of `statement.merged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotations.models import Comment, Evidence, Milestone, Occurrence, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.services import milestones, occurrences, relations, statements
from annotations.services.occurrences import Wanted
from annotations.services.op import Op


def merge(op: Op, loser: Statement, winner: Statement, take: Iterable[str] = ()) -> Statement:
    """Everything of `loser` goes to `winner`; `loser` becomes a redirect. Of the fields named in `take` the loser's
    values are to stand. Refused where a check would be lost."""
    op.check("merge_statements")
    check_mergeable(op, loser, winner)
    move_relations(op, loser, winner)
    statements.set_tags(op, winner, add=list(loser.tag_rows.values_list("tag_id", flat=True)))
    move_agents(op, loser, winner)
    for row in occurrences_of(loser):
        rehang(op, row, winner)
    moved = {
        "evidence": list(loser.evidence.filter(removed_at=None).values_list("pk", flat=True)),
        "milestones": list(loser.milestones.filter(removed_at=None).values_list("pk", flat=True)),
        "comments": list(loser.comments.values_list("pk", flat=True)),
    }
    if values := {name: getattr(loser, name) for name in take}:
        statements.update(op, winner, **values)
    redirect(op, loser, winner, moved)
    return winner


def check_mergeable(op: Op, loser: Statement, winner: Statement) -> None:
    """The rules of merging (research/domain.md 2.6): two live ones of one kind, and no check that would get lost."""
    if loser.pk == winner.pk:
        raise Refused("merge_itself", noop("A statement cannot be merged into itself."), field="into")
    if not loser.corpus_id == winner.corpus_id == op.corpus.pk:
        raise Invalid("other_corpus", noop("Both statements must be of this corpus."), field="into")
    if loser.kind != winner.kind:
        raise Refused("merge_kinds", noop("A claim and a proposal stay two; relate them instead."), field="into")
    if template := check_lost(loser, winner):
        raise Refused("merge_checked", template, field="into", label=loser.label, into=winner.label)


def check_lost(loser: Statement, winner: Statement) -> str:
    """The msgid of why a check would be lost by this merge; "" when none would."""
    if not loser.verifications.exists():
        return ""
    if loser.published_version and winner.published_version:
        return noop("%(label)s and %(into)s both have published checks; relate them instead.")
    if winner.verifications.exists():
        return noop("%(label)s and %(into)s both have checks; relate them instead.")
    return noop("%(label)s has a check of its own. Merge %(into)s into it instead.")


def occurrences_of(statement: Statement) -> list[Occurrence]:
    rows = statement.occurrences.filter(removed_at=None).select_related("annotation", "statement")
    return list(rows.order_by("id"))


def rehang(op: Op, row: Occurrence, winner: Statement, **also: object) -> None:
    """Let a passage express `winner` instead; taken off when it does so already."""
    before = row.statement
    if Occurrence.objects.filter(annotation=row.annotation_id, statement=winner, removed_at=None).exists():
        row.removed_at = op.at
        _save(op, row, "occurrence.removed", {"label": before.label, "statement": before.pk})
        return
    changed: dict[str, list[object]] = {"statement": [before.pk, winner.pk]}
    for name, value in also.items():
        if getattr(row, name) != value:
            changed[name] = [getattr(row, name), value]
            setattr(row, name, value)
    row.statement = winner
    _save(op, row, "occurrence.updated", {"label": winner.label, "from": before.label, "changes": changed})


def _save(op: Op, row: Occurrence, kind: str, payload: dict[str, object]) -> None:
    row.version += 1
    row.updated_at = op.at
    row.save()
    op.log(kind, row, payload, document_id=row.annotation.document_id)


def move_relations(op: Op, loser: Statement, winner: Statement) -> None:
    """Each relation again from the winner; those between the two, and those it has already, end."""
    for seen in relations.of_statement(loser):
        row = seen.row
        relations.remove(op, row)
        ends = (winner, seen.other) if seen.outward else (seen.other, winner)
        source, target = relations.ends(*ends, row.type)
        known = relations.live().filter(source=source, target=target, type=row.type)
        if seen.other.pk != winner.pk and not known.exists():
            relations.relate(op, source, target, row.type, state=row.state, rationale=row.rationale)


def move_agents(op: Op, loser: Statement, winner: Statement) -> None:
    """The winner keeps its own proposer, actor and so on; a role it has nobody for is filled from the loser."""
    have = set(winner.agent_rows.values_list("role", flat=True))
    wanted: dict[str, list[str]] = {}
    for row in loser.agent_rows.select_related("agent"):
        if row.role not in have:
            wanted.setdefault(row.role, []).append(row.agent.name)
    for role, names in wanted.items():
        statements.set_agents(op, winner, role, names)


def redirect(op: Op, loser: Statement, winner: Statement, moved: dict[str, list[int]]) -> None:
    """Make the number of `loser` lead to `winner`, and move the evidence, milestones and comments named."""
    carry(moved, winner)
    loser.redirect_to = winner
    statements.touch(op, loser)
    payload = {"label": loser.label, "into": winner.label, "into_id": winner.pk, **moved}
    op.log("statement.merged", loser, payload, touched=[("statement", winner.pk)])
    settle(op, winner)


def carry(moved: dict[str, list[int]], to: Statement) -> None:
    Evidence.objects.filter(pk__in=moved.get("evidence", ())).update(statement=to)
    Milestone.objects.filter(pk__in=moved.get("milestones", ())).update(statement=to)
    Comment.objects.filter(pk__in=moved.get("comments", ())).update(statement=to)


def settle(op: Op, statement: Statement) -> None:
    """What follows from passages and milestones: the strongest wording, the progress."""
    if statement.kind == "proposal":
        occurrences.strengthen(statement)
        if statement.progress != "not_trackable":
            milestones.rate(op, statement)


def separate(op: Op, loser: Statement, moved: dict[str, list[int]]) -> None:
    """Undo of `redirect`: the loser is a statement again, with the evidence, milestones and comments that are still
    there."""
    winner = loser.redirect_to
    if winner is None:
        raise Refused("not_merged", noop("%(label)s is no longer merged."), label=loser.label)
    carry(moved, loser)
    loser.redirect_to = None
    statements.touch(op, loser)
    merged = {"into_id": winner.pk, "into": winner.label, **moved}
    op.log("statement.restored", loser, {"label": loser.label, "merged": merged}, touched=[("statement", winner.pk)])
    settle(op, winner)
    settle(op, loser)


def move(op: Op, row: Occurrence, target: Statement, *, fit: str = "same", difference: str = "") -> Occurrence:
    """A passage goes to another statement of its kind. One that nobody else touched and that has no other passage
    becomes a redirect when the fit is `same` (UX.md 4.14), else it goes."""
    op.check("link_occurrence")
    vocabulary.FITS.check(fit, "fit")
    if difference:
        vocabulary.DIFFERENCES.check(difference, "difference")
    before = row.statement
    if before.kind != target.kind:
        raise Refused(
            "move_kinds", noop("A claim stays a claim; mark the passage as a proposal too."), field="statement"
        )
    if Occurrence.objects.filter(annotation=row.annotation_id, statement=target, removed_at=None).exists():
        raise Refused("already_linked", noop("This passage already belongs to %(label)s."), label=target.label)
    rehang(op, row, target, fit=fit, difference=difference)
    if statements.is_untouched(op, before):
        if fit == "same":
            redirect(op, before, target, {})
        else:
            statements.set_removed(op, before, gone=True)
    settle(op, before)
    settle(op, target)
    return row


def split(
    op: Op, statement: Statement, *, text: str, passages: Sequence[int] | None = None, take: bool = False
) -> Statement:
    """A second statement of the kind on the same passages (all, or those named); with `take` they leave the first."""
    op.check("split_statement")
    rows = chosen(statement, passages)
    made = statements.create(op, statement.kind, text, language=statement.language)
    give(op, rows, made, take)
    op.log("statement.split", statement, {"label": statement.label, "into": made.label, "into_id": made.pk})
    settle(op, made)
    settle(op, statement)
    return made


def hand_over(op: Op, statement: Statement, target: Statement, passages: Sequence[int], *, take: bool) -> Statement:
    """The passages named express `target`, which is there already; with `take` they leave `statement`, which keeps one
    at least: to give all is to merge."""
    op.check("link_occurrence")
    check_target(op, statement, target)
    rows = chosen(statement, passages)
    if not rows:
        raise Invalid("no_passage", noop("Choose the passages that go."), field="occurrences")
    if take and len(rows) == len(occurrences_of(statement)):
        raise Refused(
            "all_passages", noop("%(label)s would be left without a passage; merge it into %(into)s instead."),
            field="occurrences", label=statement.label, into=target.label,
        )  # fmt: skip
    give(op, rows, target, take)
    settle(op, target)
    settle(op, statement)
    return target


def check_target(op: Op, statement: Statement, target: Statement) -> None:
    if target.pk == statement.pk:
        raise Refused("split_itself", noop("The passages belong to this statement already."), field="into")
    if not statement.corpus_id == target.corpus_id == op.corpus.pk:
        raise Invalid("other_corpus", noop("Both statements must be of this corpus."), field="into")
    if statement.kind != target.kind:
        raise Refused("move_kinds", noop("A claim stays a claim; mark the passage as a proposal too."), field="into")


def chosen(statement: Statement, passages: Sequence[int] | None) -> list[Occurrence]:
    """The passages of a statement that are named, all without names; Missing when one is not of it."""
    rows = occurrences_of(statement)
    if set(passages or ()) - {row.pk for row in rows}:
        raise Missing(
            "occurrence_unknown", noop("This passage does not belong to that statement."), field="occurrences"
        )
    return rows if passages is None else [row for row in rows if row.pk in passages]


def give(op: Op, rows: Iterable[Occurrence], target: Statement, take: bool) -> None:
    for row in rows:
        if take:
            rehang(op, row, target)
        elif not Occurrence.objects.filter(annotation=row.annotation_id, statement=target, removed_at=None).exists():
            _repeat(op, row, target)


def _repeat(op: Op, row: Occurrence, made: Statement) -> None:
    """The same passage expresses the new statement, too, said by the same speaker in the same voice."""
    anchor = row.annotation.anchors.select_related("annotation__document").order_by("-version_id").first()
    if anchor is not None:
        wanted = Wanted(statement_id=made.pk, fit=row.fit, difference=row.difference, like=row)
        occurrences.link(op, row.annotation, anchor, made, wanted)

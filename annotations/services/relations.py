"""Relations between statements: typed, a symmetric one stored once, proposed until a person confirms or turns it
down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from annotations.models import Relation, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Msgid, Refused, noop
from annotations.rules.vocabulary import SYMMETRIC_RELATIONS
from annotations.services.op import Op, changes

#: How a set-aside duplicate hangs on the statement that is kept.
DUPLICATE = "restates"


@dataclass(frozen=True, slots=True)
class Seen:
    """A relation as one of its two statements sees it: outwards (it is the source) or inwards; symmetric ones are
    both."""

    row: Relation
    other: Statement
    outward: bool


def of_statement(statement: Statement) -> list[Seen]:
    """Every live relation of a statement from its own end, in the order in which they were made."""
    rows = live().filter(Q(source=statement) | Q(target=statement)).select_related("source", "target")
    return list(_seen(statement, rows.filter(source__removed_at=None, target__removed_at=None).order_by("id")))


def _seen(statement: Statement, rows: QuerySet[Relation]) -> Iterator[Seen]:
    for row in rows:
        outward = row.source_id == statement.pk
        yield Seen(row, row.target if outward else row.source, outward)


def live() -> QuerySet[Relation]:
    return Relation.objects.filter(removed_at=None)


def ends(source: Statement, target: Statement, type: str) -> tuple[Statement, Statement]:
    """Source and target as stored: a symmetric relation always starts at the statement with the smaller id."""
    return (target, source) if type in SYMMETRIC_RELATIONS and target.pk < source.pk else (source, target)


def relate(
    op: Op, source: Statement, target: Statement, type: str, *, state: str = "confirmed", rationale: str = ""
) -> Relation:
    """Say how two statements of the corpus relate. Refused when they do so already, and to itself."""
    op.check("relate")
    vocabulary.RELATIONS.check(type, "type")
    vocabulary.RELATION_STATES.check(state, "state")
    if source.pk == target.pk:
        raise Refused("related_to_itself", noop("A statement cannot be related to itself."), field="statement")
    if not source.corpus_id == target.corpus_id == op.corpus.pk:
        raise Invalid("other_corpus", noop("Both statements must be of this corpus."), field="statement")
    check_kinds(source, target, type)
    source, target = ends(source, target, type)
    present = live().filter(source=source, target=target, type=type).first()
    if present:
        raise Refused("related_already", noop("%(label)s and %(to)s are related like this already."),
                      label=source.label, to=target.label, id=present.pk)  # fmt: skip
    row = Relation.objects.create(
        corpus=op.corpus, source=source, target=target, type=type, state=state, rationale=rationale,
        created_at=op.at, updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    op.log("relation.created", row, told(row))
    return row


def check_kinds(source: Statement, target: Statement, type: str) -> None:
    """Only a proposal addresses a problem; only a proposal takes the place of another (domain.md 2.6)."""
    wanted = {"addresses": ("proposal", "claim"), "supersedes": ("proposal", "proposal")}.get(type)
    if wanted and (source.kind, target.kind) != wanted:
        raise Refused(
            "relation_kinds", noop("“%(type)s” leads from a %(source)s to a %(target)s."), field="type",
            type=Msgid(vocabulary.RELATIONS.label(type)), source=Msgid(vocabulary.KINDS.label(wanted[0])),
            target=Msgid(vocabulary.KINDS.label(wanted[1])),
        )  # fmt: skip


def told(row: Relation, **more: object) -> dict[str, object]:
    """What an event about a relation says; both statements find it in their histories."""
    return {
        "label": row.source.label, "to": row.target.label, "statement": row.source_id, "other": row.target_id,
        "type": row.type, **more,
    }  # fmt: skip


def update(op: Op, row: Relation, **values: object) -> Relation:
    """Confirm or turn down a relation, or change its reasons. The type stays: remove it and relate anew."""
    op.check("relate")
    for name in values:
        if name not in ("state", "rationale"):
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    if "state" in values:
        vocabulary.RELATION_STATES.check(values["state"], "state")
    changed = changes(row, values)
    if changed:
        _touch(op, row)
        op.log("relation.updated", row, told(row, changes=changed))
    return row


def remove(op: Op, row: Relation) -> None:
    op.check("relate")
    if row.removed_at is None:
        row.removed_at = op.at
        _touch(op, row)
        op.log("relation.removed", row, told(row))


def restore(op: Op, row: Relation) -> None:
    """Bring a removed relation back; Refused when the two were related alike since."""
    op.check("relate")
    if row.removed_at is None:
        return
    if live().filter(source_id=row.source_id, target_id=row.target_id, type=row.type).exists():
        raise Refused("related_already", noop("%(label)s and %(to)s are related like this already."),
                      label=row.source.label, to=row.target.label)  # fmt: skip
    row.removed_at = None
    _touch(op, row)
    op.log("relation.created", row, told(row))


def _touch(op: Op, row: Relation) -> None:
    row.version += 1
    row.updated_at = op.at
    row.save()


def duplicate(op: Op, statement: Statement, kept: Statement) -> None:
    """Remember which statement a set-aside duplicate repeats."""
    source, target = ends(statement, kept, DUPLICATE)
    present = live().filter(source=source, target=target, type=DUPLICATE).first()
    if present is None:
        relate(op, statement, kept, DUPLICATE)
    elif present.state != "confirmed":  # whoever sets it aside now says so, whatever was said before
        update(op, present, state="confirmed")


def of_duplicate(statement: Statement) -> bool:
    """Whether another statement is known that this one repeats."""
    rows = live().filter(Q(source=statement) | Q(target=statement), type=DUPLICATE)
    return rows.exclude(state="rejected").exists()

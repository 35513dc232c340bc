"""Pairs of statements that may say the same (services/lookalikes.py), and what a person made of each.

A person's answer is a relation of the type `restates` between the two: turned down for good, or confirmed where they
say the same and stay two. To merge them is the other answer; then one of them is there no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from annotations.models import Lookalike, Member, Relation, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Msgid, Refused, noop
from annotations.services import merging, relations
from annotations.services.op import Op
from annotations.text.folding import fold_text

TYPE = relations.DUPLICATE
#: The state of such a relation, by the code of DUPLICATE_DECISIONS.
SAID = {"not_same": "rejected", "kept_apart": "confirmed"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the pairs is asked for; "" is any. `difference`: a code of DIFFERENCES, or `none` of a variant that has
    none of them. `words`: in either statement, folded here."""

    kind: str = ""
    fit: str = ""
    difference: str = ""
    words: str = ""
    statement: int = 0

    def checked(self) -> Wanted:
        for name, codes in (("kind", vocabulary.KINDS), ("fit", vocabulary.FITS)):
            if value := getattr(self, name):
                codes.check(value, name)
        if self.difference not in ("", "none"):
            vocabulary.DIFFERENCES.check(self.difference, "difference")
        return self


def pairs(member: Member, state: str, wanted: Wanted = Wanted()) -> QuerySet[Any]:
    """Those in this state, what says the same first, then the most alike; both statements come along."""
    vocabulary.DUPLICATE_STATES.check(state, "state")
    rows = _asked(_live(member), wanted.checked())
    return _whole(rows.filter(state=state)).order_by("fit", "-score", "id")


def read(pks: Sequence[int]) -> list[Lookalike]:
    """These pairs, in this order: among thousands ids are put in order faster than rows with all their columns."""
    rows = _whole(Lookalike.objects.all()).in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def _whole(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With both statements, and what `merge_order` asks of each."""
    return rows.select_related("one__corpus", "other__corpus").prefetch_related(
        "one__verifications", "other__verifications"
    )


def counts(member: Member, wanted: Wanted = Wanted()) -> dict[str, int]:
    """How many pairs are in each state."""
    rows = _asked(_live(member), wanted.checked()).order_by()
    found: dict[str, int] = dict.fromkeys(vocabulary.DUPLICATE_STATES.codes, 0)
    found.update(rows.values_list("state").annotate(Count("pk")))
    return found


def waiting(statement: Statement, member: Member) -> int:
    """With how many others a person should compare this statement."""
    return pairs(member, "open", Wanted(statement=statement.pk)).count()


def _live(member: Member) -> QuerySet[Any]:
    """Lookalikes of live statements, each with its `state`, a code of DUPLICATE_STATES: not the same when a person said
    so, related when a relation of any type is confirmed."""
    rows: QuerySet[Any] = Lookalike.objects.filter(corpus_id=member.corpus_id)
    for side in ("one", "other"):
        rows = rows.filter(**{f"{side}__removed_at": None, f"{side}__redirect_to": None})
    denied, settled = _related(type=TYPE, state="rejected"), _related(state="confirmed")
    state = Case(When(denied, then=Value("not")), When(settled, then=Value("related")), default=Value("open"))
    return rows.annotate(state=state)


def _related(**how: str) -> Q:
    """Whether such a relation leads from one of the two to the other. Two look-ups by index, in either direction."""
    there = Relation.objects.filter(removed_at=None, source=OuterRef("one"), target=OuterRef("other"), **how)
    back = Relation.objects.filter(removed_at=None, source=OuterRef("other"), target=OuterRef("one"), **how)
    return Q(Exists(there)) | Q(Exists(back))


def _asked(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.kind:
        rows = rows.filter(one__kind=wanted.kind)
    if wanted.fit:
        rows = rows.filter(fit=wanted.fit)
    if wanted.difference:
        rows = rows.filter(fit="variant", difference="" if wanted.difference == "none" else wanted.difference)
    if wanted.statement:
        rows = rows.filter(Q(one=wanted.statement) | Q(other=wanted.statement))
    for word in fold_text(wanted.words).split():
        rows = rows.filter(Q(one__fold__contains=word) | Q(other__fold__contains=word))
    return rows


def merge_order(row: Lookalike) -> tuple[Statement, Statement, str]:
    """(loser, winner, why not) of a merge: the younger goes, unless a check would be lost by that. `why not` is a
    msgid with `label` and `into`, "" when they can be merged one way or the other."""
    why = merging.check_lost(row.other, row.one)
    if not why:
        return row.other, row.one, ""
    if not merging.check_lost(row.one, row.other):
        return row.one, row.other, ""
    return row.other, row.one, why


def said_of(one: Statement, other: Statement) -> Relation | None:
    """What a person, or a suggestion, said of whether the two are the same."""
    return relations.live().filter(type=TYPE, source__in=(one, other), target__in=(one, other)).first()


def decide(op: Op, one: Statement, other: Statement, decision: str) -> Relation:
    """Say that the two are not the same, or that they are and stay two. It can be undone."""
    op.check("relate")
    vocabulary.DUPLICATE_DECISIONS.check(decision, "decision")
    pks = sorted((one.pk, other.pk))
    live = Statement.objects.select_for_update(of=("self",)).filter(pk__in=pks, removed_at=None, redirect_to=None)
    if len(list(live.order_by("pk"))) < 2 and one.pk != other.pk:
        raise Refused("gone", noop("What this step changed is no longer there."))
    state = SAID[decision]
    present = said_of(one, other)
    if present is None:
        return relations.relate(op, one, other, TYPE, state=state)
    if present.state == state:
        told = Msgid(vocabulary.RELATION_STATES.label(state))
        raise Refused("decided_already", noop("This is decided already: %(state)s."), state=told)
    return relations.update(op, present, state=state)

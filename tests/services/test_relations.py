"""Relations of statements: typed, symmetric ones stored once, undone and redone like everything else."""

import pytest

from annotations.models import Event, Relation, Statement
from annotations.rules.errors import Forbidden, Invalid, Refused
from annotations.services import history, relations, statements, undo
from annotations.services.op import writing
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def claim(cast: Cast, text: str, kind: str = "claim") -> Statement:
    with writing(by=cast["annotator"]) as op:
        return statements.create(op, kind, text)


def relate(cast: Cast, one: Statement, other: Statement, type: str, role: str = "annotator") -> Relation:
    with writing(by=cast[role]) as op:
        return relations.relate(op, one, other, type)


def test_a_directed_relation_is_seen_from_both_ends(cast: Cast) -> None:
    one, other = claim(cast, "A"), claim(cast, "B")
    relate(cast, other, one, "supports")
    assert [(seen.other, seen.outward) for seen in relations.of_statement(other)] == [(one, True)]
    assert [(seen.other, seen.outward) for seen in relations.of_statement(one)] == [(other, False)]
    assert Event.objects.filter(kind="relation.created").count() == 1
    assert "relation.created" in {event.kind for event in history.of_statement(one)}


def test_a_symmetric_relation_is_stored_once(cast: Cast) -> None:
    one, other = claim(cast, "A"), claim(cast, "B")
    relate(cast, other, one, "restates")
    with pytest.raises(Refused, match="already"):
        relate(cast, one, other, "restates")
    assert Relation.objects.get().source == one
    relate(cast, one, other, "attacks")
    relate(cast, other, one, "attacks")
    assert Relation.objects.count() == 3


def test_what_cannot_be_related(cast: Cast) -> None:
    one, proposal = claim(cast, "A"), claim(cast, "P", "proposal")
    with pytest.raises(Refused, match="itself"):
        relate(cast, one, one, "supports")
    with pytest.raises(Refused, match="Proposal"):
        relate(cast, one, proposal, "addresses")
    with pytest.raises(Invalid):
        relate(cast, one, proposal, "likes")
    with pytest.raises(Forbidden):
        relate(cast, one, proposal, "supports", role="viewer")
    elsewhere = claim(make_cast("Other"), "X")
    with pytest.raises(Invalid, match="this corpus"):
        relate(cast, one, elsewhere, "supports")


def test_turning_down_removing_and_undoing(cast: Cast) -> None:
    row = relate(cast, claim(cast, "A"), claim(cast, "B"), "supports")
    with writing(by=cast["checker"]) as op:
        relations.update(op, row, state="rejected", rationale="another year")
    with writing(by=cast["annotator"], key="gone") as op:
        relations.remove(op, Relation.objects.get())
    assert relations.of_statement(row.source) == []
    with writing(by=cast["annotator"]) as op:
        undo.undo(op, "gone")
    assert [seen.row.state for seen in relations.of_statement(row.source)] == ["rejected"]
    with writing(by=cast["annotator"]) as op:
        undo.redo(op, "gone")
    assert Relation.objects.get().removed_at is not None

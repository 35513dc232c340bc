"""Merging, splitting and moving passages: nothing is lost, everything can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Evidence, Member, Occurrence, Relation, Statement, Tag
from annotations.rules.errors import Forbidden, Missing, Refused
from annotations.services import (
    codebook,
    history,
    merging,
    milestones,
    occurrences,
    relations,
    sources,
    statements,
    undo,
)
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
KEY = "the-op"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def do(member: Member, act: Any, *values: Any, **named: Any) -> Any:
    with writing(by=member, key=KEY) as op:
        return act(op, *values, **named)


def again(member: Member, act: Any) -> None:
    with writing(by=member) as op:
        act(op, KEY)


def two(cast: Cast, kind: str = "claim") -> tuple[Statement, Statement]:
    document = make_document(cast["annotator"])
    mark(cast["annotator"], document, "a global standards body", kind)
    mark(cast["annotator"], document, "tests are needed", kind)
    first, second = Statement.objects.filter(corpus=cast.corpus).order_by("id")
    return first, second


def picture() -> dict[str, object]:
    """Everything that a merge moves, as it stands now."""
    return {
        "occurrences": sorted(Occurrence.objects.filter(removed_at=None).values_list("pk", "statement_id", "fit")),
        "evidence": sorted(Evidence.objects.values_list("pk", "statement_id")),
        "relations": sorted(Relation.objects.filter(removed_at=None).values_list("source_id", "target_id", "type")),
        "redirects": sorted(Statement.objects.values_list("pk", "redirect_to_id", "removed_at")),
        "progress": sorted(Statement.objects.values_list("pk", "progress", "modality")),
        "tags": sorted(Statement.tags.through.objects.values_list("statement_id", "tag_id")),
    }


def furnish(cast: Cast, loser: Statement, winner: Statement) -> None:
    """Evidence, tags, a relation to a third statement and one between the two."""
    source = checks.make_source(cast)
    with writing(by=cast["checker"]) as op:
        sources.add_evidence(op, loser, source, stance="supports", quote="233 cases")
        third = statements.create(op, loser.kind, "A third one")
        relations.relate(op, loser, third, "supports")
        relations.relate(op, winner, loser, "restates")
    with writing(by=cast["editor"]) as op:
        columns = codebook.add_set(op, name="Theme", scope="statement")
        tag = codebook.add_tag(op, columns, label="Own theme")
        statements.set_tags(op, checks.fresh(loser), add=[tag.pk])


def test_a_merge_moves_everything_and_comes_apart_again(cast: Cast) -> None:
    winner, loser = two(cast)
    furnish(cast, loser, winner)
    before = picture()
    do(cast["checker"], merging.merge, checks.fresh(loser), checks.fresh(winner))
    assert checks.fresh(loser).redirect_to == winner
    assert winner.occurrences.filter(removed_at=None).count() == 2
    assert Evidence.objects.get().statement == winner
    third = Statement.objects.get(text="A third one")
    assert [seen.other for seen in relations.of_statement(winner)] == [third]
    assert list(checks.fresh(winner).tags.all()) == [Tag.objects.get(label="Own theme")]
    assert "statement.merged" in {event.kind for event in history.of_statement(winner)}
    after = picture()
    again(cast["checker"], undo.undo)
    assert picture() == before
    again(cast["checker"], undo.redo)
    assert picture() == after
    assert history.verify(cast.corpus) is None


def test_a_passage_with_both_keeps_one(cast: Cast) -> None:
    winner, loser = two(cast)
    row = loser.occurrences.get()
    anchor = row.annotation.anchors.select_related("annotation__document").get()
    with writing(by=cast["annotator"]) as op:
        occurrences.express(op, row.annotation, anchor, occurrences.Wanted(statement_id=winner.pk))
    before = picture()
    do(cast["checker"], merging.merge, checks.fresh(loser), checks.fresh(winner))
    assert winner.occurrences.filter(removed_at=None).count() == 2
    again(cast["checker"], undo.undo)
    assert picture() == before


def test_milestones_and_strength_follow_a_proposal(cast: Cast) -> None:
    winner, loser = two(cast, "proposal")
    with writing(by=cast["checker"]) as op:
        step = milestones.propose(op, loser, status="in_the_works", date="2025-07-26", source=checks.make_source(cast))
    with writing(by=cast["reviewer"]) as op:
        milestones.confirm(op, step)
    before = picture()
    do(cast["checker"], merging.merge, checks.fresh(loser), checks.fresh(winner))
    assert checks.fresh(winner).progress == "in_the_works"
    again(cast["checker"], undo.undo)
    assert picture() == before


def test_what_cannot_be_merged(cast: Cast) -> None:
    one, other = two(cast)
    with pytest.raises(Forbidden):
        do(cast["annotator"], merging.merge, one, other)
    with pytest.raises(Refused, match="itself"):
        do(cast["checker"], merging.merge, one, one)
    with writing(by=cast["annotator"]) as op:
        proposal = statements.create(op, "proposal", "P")
    with pytest.raises(Refused, match="relate"):
        do(cast["checker"], merging.merge, one, proposal)


def test_a_check_is_never_lost(cast: Cast) -> None:
    checked = checks.make_claim(cast)
    checks.begin(cast, checked)
    with writing(by=cast["annotator"]) as op:
        other = statements.create(op, "claim", "Other")
    with pytest.raises(Refused, match="into it instead"):
        do(cast["checker"], merging.merge, checks.fresh(checked), other)
    checks.begin(cast, checks.make_claim(cast))
    Statement.objects.update(published_version=1)
    with pytest.raises(Refused, match="published checks"):
        do(cast["checker"], merging.merge, checks.fresh(checked), Statement.objects.latest("id"))
    Statement.objects.update(published_version=None)
    with pytest.raises(Refused, match="both have checks"):
        do(cast["checker"], merging.merge, checks.fresh(checked), Statement.objects.latest("id"))
    do(cast["checker"], merging.merge, checks.fresh(other), checks.fresh(checked))
    assert checks.fresh(other).redirect_to == checked


def test_the_same_words_elsewhere_move_and_leave_a_redirect(cast: Cast) -> None:
    first, second = two(cast)
    before = picture()
    do(cast["annotator"], merging.move, second.occurrences.get(), first)
    assert checks.fresh(second).redirect_to == first
    assert first.occurrences.filter(removed_at=None).count() == 2
    after = picture()
    again(cast["annotator"], undo.undo)
    assert picture() == before
    again(cast["annotator"], undo.redo)
    assert picture() == after


def test_a_variant_moves_and_leaves_nothing(cast: Cast) -> None:
    first, second = two(cast)
    do(cast["annotator"], merging.move, second.occurrences.get(), first, fit="variant", difference="number")
    assert checks.fresh(second).removed_at is not None
    assert first.occurrences.get(fit="variant").difference == "number"


def test_a_statement_that_others_touched_stays(cast: Cast) -> None:
    first, second = two(cast)
    with writing(by=cast["checker"]) as op:
        statements.update(op, checks.fresh(second), note="looked at")
    do(cast["annotator"], merging.move, second.occurrences.get(), first)
    left = checks.fresh(second)
    assert left.redirect_to is None and left.removed_at is None


def test_a_split_puts_a_second_statement_on_the_same_passage(cast: Cast) -> None:
    first, _ = two(cast)
    made = do(cast["annotator"], merging.split, first, text="The second half")
    assert made.label == "C-3"
    passages = {row.annotation_id for row in made.occurrences.all()}
    assert passages == {row.annotation_id for row in first.occurrences.filter(removed_at=None)}
    again(cast["annotator"], undo.undo)
    assert checks.fresh(made).removed_at is not None
    assert first.occurrences.filter(removed_at=None).count() == 1
    again(cast["annotator"], undo.redo)
    assert made.occurrences.filter(removed_at=None).count() == 1


def test_a_split_that_takes_passages_with_it(cast: Cast) -> None:
    first, second = two(cast)
    do(cast["checker"], merging.merge, checks.fresh(second), checks.fresh(first))
    moved = first.occurrences.filter(removed_at=None).latest("id")
    with writing(by=cast["annotator"]) as op:
        made = merging.split(op, checks.fresh(first), text="Apart again", passages=[moved.pk], take=True)
    assert list(made.occurrences.values_list("pk", flat=True)) == [moved.pk]
    with pytest.raises(Missing), writing(by=cast["annotator"]) as op:
        merging.split(op, checks.fresh(first), text="x", passages=[moved.pk])

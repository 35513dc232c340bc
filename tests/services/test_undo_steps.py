"""Undo of steps: an owner, a state, answers, a place; only one's own, only while nobody went on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotations.models import Annotation, Member, Statement
from annotations.records import SourceText
from annotations.rules.errors import Refused
from annotations.services import statements, undo, versions, workflow
from annotations.services.annotations import Span
from annotations.services.documents import prepare
from annotations.services.op import Op, writing
from annotations.services.workflow import Asked
from annotations.text.blocks import from_plain
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    return checks.make_claim(cast)


def do(member: Member, verb: Callable[[Op], object]) -> str:
    with writing(by=member) as op:
        verb(op)
    return op.key


def take_back(member: Member, key: str) -> None:
    do(member, lambda op: undo.undo(op, key))


def assign(cast: Cast, role: str, claim: Statement, to: Member | None) -> str:
    return do(cast[role], lambda op: workflow.assign(op, checks.fresh(claim), to))


def move(cast: Cast, role: str, claim: Statement, to: str, **asked: str) -> str:
    return do(cast[role], lambda op: workflow.transition(op, checks.fresh(claim), to, Asked(**asked)))


def test_an_owner_is_taken_back_and_given_again(cast: Cast, claim: Statement) -> None:
    assign(cast, "editor", claim, cast["checker"])
    key = assign(cast, "editor", claim, cast["reviewer"])
    take_back(cast["editor"], key)
    assert checks.fresh(claim).assignee == cast["checker"]
    do(cast["editor"], lambda op: undo.redo(op, key))
    assert checks.fresh(claim).assignee == cast["reviewer"]


def test_who_took_a_claim_lets_go_of_it_again(cast: Cast, claim: Statement) -> None:
    take_back(cast["checker"], assign(cast, "checker", claim, cast["checker"]))
    assert checks.fresh(claim).assignee is None


def test_an_owner_stays_when_others_went_on_or_the_check_needs_one(cast: Cast, claim: Statement) -> None:
    key = assign(cast, "editor", claim, cast["checker"])
    do(cast["annotator"], lambda op: statements.update(op, checks.fresh(claim), note="seen"))
    with pytest.raises(Refused, match=f"{cast['annotator'].name} changed this after you"):
        take_back(cast["editor"], key)
    other = checks.make_claim(cast, "Experts agree that tests are needed")
    move(cast, "annotator", other, "queued")
    key = assign(cast, "checker", other, cast["checker"])
    move(cast, "checker", other, "in_progress")
    with pytest.raises(Refused, match="under way and needs somebody"):
        take_back(cast["checker"], key)


def test_an_owner_who_left_does_not_come_back(cast: Cast, claim: Statement) -> None:
    assign(cast, "editor", claim, cast["checker"])
    key = assign(cast, "editor", claim, None)
    Member.objects.filter(pk=cast["checker"].pk).update(active=False)
    with pytest.raises(Refused, match=f"{cast['checker'].name} does not belong"):
        take_back(cast["editor"], key)


def test_setting_aside_is_undone_with_its_reason(cast: Cast, claim: Statement) -> None:
    key = move(cast, "annotator", claim, "set_aside", reason="trivial", note="who cares")
    take_back(cast["annotator"], key)
    row = checks.fresh(claim)
    assert (row.work, row.triage_reason, row.triage_note) == ("untriaged", "", "")
    do(cast["annotator"], lambda op: undo.redo(op, key))
    row = checks.fresh(claim)
    assert (row.work, row.triage_reason, row.triage_note) == ("set_aside", "trivial", "who cares")


def test_queueing_is_undone_unless_somebody_started(cast: Cast, claim: Statement) -> None:
    key = move(cast, "annotator", claim, "queued")
    take_back(cast["annotator"], key)
    assert checks.fresh(claim).work == "untriaged"
    do(cast["annotator"], lambda op: undo.redo(op, key))
    move(cast, "checker", claim, "in_progress")
    with pytest.raises(Refused, match=f"{cast['checker'].name} changed this after you"):
        take_back(cast["annotator"], key)


def test_steps_of_a_check_and_publication_are_refused_in_words(cast: Cast, claim: Statement) -> None:
    move(cast, "annotator", claim, "queued")
    with pytest.raises(Refused, match="belongs to a check"):
        take_back(cast["checker"], move(cast, "checker", claim, "in_progress"))
    with pytest.raises(Refused, match="seen by others"):
        take_back(cast["admin"], move(cast, "admin", claim, "withdrawn", reason="error"))


def test_triage_answers_are_undone(cast: Cast, claim: Statement) -> None:
    key = do(cast["annotator"], lambda op: workflow.answer_triage(op, checks.fresh(claim), {"q1": "no", "q2": 3}))
    assert checks.fresh(claim).q2 == 3
    take_back(cast["annotator"], key)
    row = checks.fresh(claim)
    assert (row.q1, row.q2, row.q4) == ("yes", None, "urgent")


def test_a_place_by_hand_is_undone_and_redone(cast: Cast) -> None:
    member = cast["editor"]
    annotation = mark(member, make_document(member), "Experts agree")
    first = annotation.anchors.get()
    start = first.start + len("Experts ")
    key = do(member, lambda op: versions.reattach(op, annotation, Span(start, start + 5, "raw", "agree")))
    assert (annotation.anchors.get().exact, annotation.anchors.get().method) == ("agree", "hand")
    take_back(member, key)
    back = annotation.anchors.get()
    assert (back.exact, back.method, back.state, back.pk) == ("Experts agree", first.method, "ok", first.pk)
    do(member, lambda op: undo.redo(op, key))
    assert annotation.anchors.get().exact == "agree"


def test_a_passage_without_a_place_is_without_one_again(cast: Cast) -> None:
    member = cast["editor"]
    document = make_document(member)
    annotation = mark(member, document, "233 reported incidents")
    text = "Something quite different stands here now, and nothing of what was there before it."
    ready = prepare(SourceText(text=text, blocks=tuple(from_plain(text)), reader="txt"))
    do(member, lambda op: versions.add_version(op, document, ready, file_name="new.txt"))
    assert annotation.anchors.count() == 1
    annotation = Annotation.objects.select_related("document").get(pk=annotation.pk)
    key = do(member, lambda op: versions.reattach(op, annotation, Span(0, 9)))
    assert annotation.anchors.count() == 2
    take_back(member, key)
    assert annotation.anchors.count() == 1
    do(member, lambda op: undo.redo(op, key))
    assert [anchor.exact for anchor in annotation.anchors.order_by("version")][1] == "Something"


def test_a_place_that_moved_on_stays(cast: Cast) -> None:
    member = cast["editor"]
    annotation = mark(member, make_document(member), "Experts agree")
    place = annotation.anchors.get()
    key = do(member, lambda op: versions.reattach(op, annotation, Span(place.start, place.end, "raw", place.exact)))
    do(member, lambda op: versions.reattach(op, annotation, Span(place.start, place.end - 1, "raw")))
    with pytest.raises(Refused, match="has changed since"):
        take_back(member, key)


@pytest.mark.parametrize(("to", "says"), [("in_review", "under review"), ("approved", "under review or approved")])
def test_what_a_check_rests_on_is_frozen(cast: Cast, claim: Statement, to: str, says: str) -> None:
    edit = do(cast["annotator"], lambda op: statements.update(op, checks.fresh(claim), text="Reworded."))
    checks.approve(cast, claim) if to == "approved" else checks.send(cast, claim)
    for values in ({"text": "Other."}, {"type": "causal"}, {"more_types": ["causal"]}):
        with pytest.raises(Refused, match=says):
            do(cast["editor"], lambda op, values=values: statements.update(op, checks.fresh(claim), **values))
    do(cast["editor"], lambda op: statements.update(op, checks.fresh(claim), text="Reworded.", note="still free"))
    with pytest.raises(Refused, match=says):
        take_back(cast["annotator"], edit)
    assert checks.fresh(claim).text == "Reworded."


def test_a_passage_given_up_gets_back_the_place_that_was_found_for_it(cast: Cast) -> None:
    def fresh() -> Annotation:
        return Annotation.objects.select_related("document__current").get(pk=annotation.pk)

    member = cast["editor"]
    document = make_document(member, "One line stays.\n\nIn 2024 there were 233 reported incidents in all.\n")
    annotation = mark(member, document, "In 2024 there were 233 reported incidents")
    text = "One line stays.\n\nIn 2024 there were 235 reported incidents in all.\n"
    ready = prepare(SourceText(text=text, blocks=tuple(from_plain(text)), reader="txt"))
    do(member, lambda op: versions.add_version(op, document, ready))
    place = annotation.anchors.latest("pk")
    key = do(member, lambda op: versions.let_go(op, fresh()))
    assert annotation.anchors.count() == 1 and fresh().lost_in == 2
    take_back(member, key)
    again = annotation.anchors.latest("pk")
    assert (again.start, again.end, again.state) == (place.start, place.end, "changed") and fresh().lost_in is None
    do(member, lambda op: undo.redo(op, key))
    assert annotation.anchors.count() == 1 and fresh().lost_in == 2

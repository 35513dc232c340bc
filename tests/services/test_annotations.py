"""Annotations: exact spans, statements made with them, repeating, undo and redo."""

from collections.abc import Callable

import orjson
import pytest

from annotations.models import Annotation, Event, Member, Occurrence, Statement, Tag
from annotations.rules.errors import Forbidden, Invalid, Refused
from annotations.services import annotations, occurrences, passages, repeating, statements, undo
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from tests.factories import NOW, Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
REPEATED = "中国政府倡议成立世界人工智能合作组织。\n再说一遍:中国政府倡议成立世界人工智能合作组织,这很重要。\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def last_op(member: Member) -> str:
    return Event.objects.filter(actor=member).latest("seq").op


def do(member: Member, act: Callable[..., object], *args: object) -> str:
    with writing(by=member) as op:
        act(op, *args)
    return last_op(member)


def test_the_exact_words_are_stored_with_their_context(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    anchor = mark(cast["annotator"], document, "😀 and 𠮷").anchors.get()
    raw = document.current.text.raw
    assert raw[anchor.start : anchor.end] == anchor.exact == "😀 and 𠮷"
    assert raw[: anchor.start].endswith(anchor.prefix)
    assert raw[anchor.end :].startswith(anchor.suffix)


@pytest.mark.parametrize("span", [Span(0, 0), Span(-1, 3), Span(3, 1), Span(0, 10**7)])
def test_a_span_outside_the_text_is_refused(cast: Cast, span: Span) -> None:
    document = make_document(cast["annotator"])
    with pytest.raises(Invalid), writing(by=cast["annotator"]) as op:
        annotations.create(op, document, span)


def test_other_words_are_refused_with_those_that_stand_there(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    with pytest.raises(Refused, match="Safety"), writing(by=cast["annotator"]) as op:
        annotations.create(op, document, Span(0, 6, "raw", "Danger"))


def test_a_viewer_may_not_mark(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    with pytest.raises(Forbidden), writing(by=cast["viewer"]) as op:
        annotations.create(op, document, Span(0, 3))


def test_claim_and_proposal_on_one_passage_get_numbers(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    annotation = mark(cast["annotator"], document, "a global standards body", "proposal", "claim")
    labels = [o.statement.label for o in annotation.occurrences.order_by("id")]
    assert labels == ["P-1", "C-1"]
    assert Statement.objects.get(kind="proposal").text == "a global standards body"


def test_three_undos_and_redos_keep_numbers_and_ids(cast: Cast) -> None:
    member = cast["annotator"]
    document = make_document(member)
    annotation = mark(member, document, "a global standards body", "proposal")
    ops = [last_op(member)]
    anchor = annotation.anchors.select_related("annotation__document").get()
    ops.append(do(member, lambda op: occurrences.express(op, annotation, anchor, Wanted(kind="claim"))))
    tag = Tag.objects.filter(corpus=cast.corpus).first()
    annotation.refresh_from_db()
    ops.append(do(member, lambda op: annotations.change_tags(op, annotation, add=[tag.pk])))
    for key in reversed(ops):
        do(member, undo.undo, key)
    assert not Annotation.objects.visible_to(member).exists()
    assert not Statement.objects.filter(removed_at=None).exists()
    for key in ops:
        do(member, undo.redo, key)
    shown = passages.of_document(document.pk, document.current_id, member)
    assert [link["label"] for link in shown[0]["statements"]] == ["P-1", "C-1"]
    assert shown[0]["tags"] == [tag.pk]
    assert shown[0]["id"] == annotation.pk


def test_undo_refuses_what_others_built_on(cast: Cast) -> None:
    member, other = cast["annotator"], cast["checker"]
    annotation = mark(member, make_document(member), "a global standards body", "claim")
    key = last_op(member)
    do(other, lambda op: annotations.change_tags(op, Annotation.objects.get(), add=[Tag.objects.first().pk]))
    with pytest.raises(Refused, match=other.name):
        do(member, undo.undo, key)
    annotation.refresh_from_db()
    assert annotation.removed_at is None


def test_undo_of_a_note_puts_the_old_one_back_unless_it_moved_on(cast: Cast) -> None:
    member = cast["annotator"]
    annotation = mark(member, make_document(member), "standards body", note="first")
    second = do(member, annotations.set_note, annotation, "second")
    do(member, undo.undo, second)
    annotation.refresh_from_db()
    assert annotation.note == "first"
    do(member, undo.redo, second)
    do(member, lambda op: annotations.set_note(op, Annotation.objects.get(), "third"))
    with pytest.raises(Refused):
        do(member, undo.undo, second)


def test_nobody_undoes_anothers_op(cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"]), "standards body")
    key = last_op(cast["annotator"])
    with pytest.raises(Exception, match="nothing to undo"):
        do(cast["checker"], undo.undo, key)


def test_repeat_marks_every_identical_passage_once_in_one_op(cast: Cast) -> None:
    member = cast["annotator"]
    document = make_document(member, REPEATED)
    annotation = mark(member, document, "中国政府倡议成立世界人工智能合作组织", "proposal", "claim")
    assert len(repeating.same_passages(annotation)) == 1
    key = do(member, lambda op: repeating.repeat(op, annotation))
    assert Annotation.objects.visible_to(member).count() == 2
    assert Occurrence.objects.filter(removed_at=None).count() == 4
    assert Statement.objects.count() == 2
    assert repeating.same_passages(annotation) == []
    do(member, undo.undo, key)
    assert Annotation.objects.visible_to(member).count() == 1
    do(member, undo.redo, key)
    assert Occurrence.objects.filter(removed_at=None).count() == 4


def test_deleting_the_only_passage_removes_an_untouched_statement(cast: Cast) -> None:
    annotation = mark(cast["annotator"], make_document(cast["annotator"]), "standards body", "claim")
    do(cast["annotator"], annotations.remove, annotation)
    assert Statement.objects.get().removed_at is not None


def test_a_statement_touched_by_others_stays_without_passage(cast: Cast) -> None:
    annotation = mark(cast["annotator"], make_document(cast["annotator"]), "standards body", "claim")
    do(cast["checker"], lambda op: statements.update(op, Statement.objects.get(), note="seen"))
    do(cast["annotator"], annotations.remove, annotation)
    assert Statement.objects.get().removed_at is None


def test_others_annotations_are_removed_by_editors_with_a_reason(cast: Cast) -> None:
    annotation = mark(cast["annotator"], make_document(cast["annotator"]), "standards body")
    with pytest.raises(Forbidden):
        do(cast["checker"], annotations.remove, annotation, "not mine")
    with pytest.raises(Invalid):
        do(cast["editor"], annotations.remove, annotation)
    do(cast["editor"], annotations.remove, annotation, "double")
    assert not Annotation.objects.visible_to(cast["annotator"]).exists()


def test_a_linked_passage_is_not_linked_twice(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    annotation = mark(cast["annotator"], document, "standards body", "claim")
    anchor = annotation.anchors.select_related("annotation__document").get()
    with pytest.raises(Refused), writing(by=cast["annotator"]) as op:
        occurrences.express(op, annotation, anchor, Wanted(statement_id=Statement.objects.get().pk))


def test_what_leaves_has_one_form_however_it_was_read(cast: Cast) -> None:
    """uid with hyphens, times in ISO 8601 with their zone: from the database as from the row that was just made."""
    member = cast["annotator"]
    document = make_document(member)
    span = Span(0, 6)
    with writing(by=member) as op:
        made = annotations.mark(op, document, span)
    first = orjson.loads(orjson.dumps(passages.fresh(made)))
    read = orjson.loads(orjson.dumps(passages.of_document(document.pk, document.current_id or 0, member)))[0]
    assert read == first
    assert read["uid"] == str(made.annotation.uid)
    for name in ("created_at", "updated_at"):
        assert read[name] == getattr(made.annotation, name).isoformat() and read[name].endswith("+00:00")
    Annotation.objects.update(created_at=NOW)  # no microseconds
    read = orjson.loads(orjson.dumps(passages.of_ids([made.annotation.pk], document.current_id or 0, member)))[0]
    assert read["created_at"] == "2026-11-21T12:00:00+00:00"

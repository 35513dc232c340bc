"""Which document translates which, said once and in one direction; both side by side with their passages."""

from __future__ import annotations

import pytest

from annotations.models import Document, Event
from annotations.rules.errors import Forbidden, Missing, Refused
from annotations.services import annotations, documents, translations, undo
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
HAN = "工作坊纪要\n\n2025年登记册收录了47个公共部门的算法系统。\n\n六个城市应共享事故通报。\n"
ENGLISH = (
    "Minutes of the workshop\n\nIn 2025 the register listed 47 algorithmic systems of public bodies.\n\n"
    "The six cities should share their reports of incidents.\n"
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def say(cast: Cast, document: Document, original: Document | None, role: str = "annotator") -> None:
    row = Document.objects.select_related("translation_of").get(pk=document.pk)
    with writing(by=cast[role]) as op:
        translations.say(op, row, translations.original_of(op, original.pk) if original else None)


def test_a_translation_of_a_translation_is_one_of_the_original(cast: Cast) -> None:
    first, second, third = (make_document(cast["annotator"], text) for text in (HAN, ENGLISH, ENGLISH + "More."))
    say(cast, second, first)
    say(cast, third, second)
    assert Document.objects.get(pk=third.pk).translation_of == first
    assert {one.pk for one in translations.partners(Document.objects.get(pk=second.pk))} == {first.pk, third.pk}
    kinds = Event.objects.filter(kind="document.translates").count()
    say(cast, second, first)
    assert Event.objects.filter(kind="document.translates").count() == kinds, "said already: nothing changed"
    say(cast, second, None)
    assert translations.partners(Document.objects.get(pk=second.pk)) == []


def test_what_makes_no_sense_is_refused(cast: Cast) -> None:
    first, second = (make_document(cast["annotator"], text) for text in (HAN, ENGLISH))
    with pytest.raises(Refused, match="itself"):
        say(cast, first, first)
    say(cast, second, first)
    with pytest.raises(Refused, match="other way round"):
        say(cast, first, make_document(cast["annotator"], "Another one."))
    with pytest.raises(Forbidden):
        say(cast, second, None, role="viewer")
    elsewhere = make_document(make_cast("Other")["annotator"], HAN)
    with pytest.raises(Missing):
        say(cast, first, elsewhere)


def test_a_removed_partner_is_none(cast: Cast) -> None:
    first, second = (make_document(cast["annotator"], text) for text in (HAN, ENGLISH))
    say(cast, second, first)
    with writing(by=cast["editor"]) as op:
        documents.remove(op, Document.objects.get(pk=first.pk))
    assert translations.partners(Document.objects.get(pk=second.pk)) == []


def test_passages_know_their_counterparts_by_their_statement(cast: Cast) -> None:
    first, second = (make_document(cast["annotator"], text) for text in (HAN, ENGLISH))
    one = mark(cast["annotator"], first, "六个城市应共享事故通报", "proposal")
    statement = one.occurrences.get().statement
    start = ENGLISH.index("The six cities")
    with writing(by=cast["annotator"]) as op:
        span = Span(start, start + 14, "raw", "The six cities")
        other = annotations.create(op, second, span, wanted=[Wanted(statement_id=statement.pk)])
    pairs = translations.beside(first, second, cast["viewer"])
    assert [(len(pair.old), len(pair.new)) for pair in pairs] == [(1, 1)] * 3
    assert pairs[1].level == "sure"
    (mine,), (theirs,) = pairs[2].old[0].passages, pairs[2].new[0].passages
    assert (mine.annotation, mine.others) == (one.pk, (other.pk,)) and theirs.others == (one.pk,)
    assert pairs[2].new[0].text[theirs.start - pairs[2].new[0].start :].startswith("The six cities")


def test_a_link_is_taken_back_and_made_again() -> None:
    cast = make_cast()
    one, other, third = (make_document(cast["editor"], f"Text {n}.", title=f"T{n}") for n in range(3))

    def said(original: Document | None) -> str:
        with writing(by=cast["editor"]) as op:
            row = Document.objects.select_related("translation_of").get(pk=one.pk)
            row.corpus = op.corpus
            translations.say(op, row, original)
        return op.key

    def original() -> int | None:
        return Document.objects.values_list("translation_of", flat=True).get(pk=one.pk)

    first, second = said(other), said(third)
    with pytest.raises(Refused), writing(by=cast["editor"]) as op:
        undo.undo(op, first)
    with writing(by=cast["editor"]) as op:
        undo.undo(op, second)
    assert original() == other.pk
    with writing(by=cast["editor"]) as op:
        undo.undo(op, first)
    assert original() is None
    with writing(by=cast["editor"]) as op:
        undo.redo(op, first)
    assert original() == other.pk
    none = said(None)
    with writing(by=cast["editor"]) as op:
        undo.undo(op, none)
    assert original() == other.pk

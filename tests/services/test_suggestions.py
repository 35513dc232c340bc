"""Suggestions: put and put again, made one's own, turned down for good, taken back; never shown where they are moot."""

from __future__ import annotations

from random import Random

import pytest

from annotations.models import Annotation, Document, Event, Occurrence, Suggestion
from annotations.rules.errors import Forbidden, Refused
from annotations.services import annotations, merging, statements, suggested, suggestions, undo, versions
from annotations.services.op import writing
from annotations.services.suggestions import Offer
from tests.factories import Cast, make_cast, make_document, mark, suggest
from tests.services.test_versions import prepared

pytestmark = pytest.mark.django_db
QUOTE = "Experts agree that tests are needed."


def offer(document: Document, quote: str = QUOTE, **how: object) -> Offer:
    start = document.current.text.clean.index(quote)
    return Offer(start, start + len(quote), **{"score": 0.9, "kind": "claim", **how})


def put(cast: Cast, document: Document, *offers: Offer) -> int:
    with writing(by=cast["admin"]) as op:
        return suggestions.put(op, document, document.current_id, "recurrence", offers)


def accept(cast: Cast, row: Suggestion, key: str = "k", **how: str) -> Annotation:
    with writing(by=cast["annotator"], key=key) as op:
        return suggestions.accept(op, Suggestion.objects.get(pk=row.pk), **how)


def reject(cast: Cast, row: Suggestion, key: str = "k") -> None:
    with writing(by=cast["annotator"], key=key) as op:
        suggestions.reject(op, Suggestion.objects.get(pk=row.pk))


def step(cast: Cast, how: str, key: str = "k") -> None:
    with writing(by=cast["annotator"]) as op:
        getattr(undo, how)(op, key)


def shown(cast: Cast, document: Document) -> list[str]:
    document = Document.objects.get(pk=document.pk)
    return [row.quote for row in suggested.of_document(document, cast["viewer"])]


def test_put_again_keeps_what_is_the_same_and_drops_the_rest() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    assert put(cast, document, offer(document), offer(document, "233 reported incidents")) == 2
    first = Suggestion.objects.get(quote=QUOTE)
    events = Event.objects.count()
    assert put(cast, document, offer(document, score=0.8)) == 1
    again = Suggestion.objects.get()
    assert (again.pk, again.score) == (first.pk, 0.8)
    assert put(cast, document, offer(document, score=0.8)) == 1
    assert Event.objects.count() == events + 1  # nothing changed, nothing told


def test_accepting_makes_a_passage_and_undo_takes_it_back() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    row = suggest(cast, document, QUOTE)
    annotation = accept(cast, row)
    row.refresh_from_db()
    assert (row.state, row.annotation, row.decided_by) == ("accepted", annotation, cast["annotator"])
    assert annotation.occurrences.get().statement.text == QUOTE
    assert shown(cast, document) == []
    with pytest.raises(Refused):
        reject(cast, row, "other")

    step(cast, "undo")
    row.refresh_from_db()
    assert (row.state, row.annotation, row.decided_by) == ("open", None, None)
    assert not Annotation.objects.live().exists() and shown(cast, document) == [QUOTE]
    step(cast, "redo")
    row.refresh_from_db()
    assert (row.state, row.annotation) == ("accepted", annotation)
    assert Annotation.objects.live().get() == annotation


def test_a_repeat_joins_its_statement_with_its_fit() -> None:
    cast = make_cast()
    known = mark(cast["annotator"], make_document(cast["annotator"]), QUOTE, "claim").occurrences.get().statement
    document = make_document(cast["annotator"], f"Title\n\n{QUOTE} They said so.\n")
    row = suggest(cast, document, QUOTE, known, fit="variant", difference="number")
    found = accept(cast, row).occurrences.get()
    assert (found.statement, found.fit, found.difference) == (known, "variant", "number")


def test_what_repeats_a_statement_is_not_asked_about_as_a_new_one_before_that_is_decided() -> None:
    cast = make_cast()
    known = mark(cast["annotator"], make_document(cast["annotator"]), QUOTE, "claim").occurrences.get().statement
    document = make_document(cast["annotator"], f"Title\n\n{QUOTE} They said so.\n")
    suggest(cast, document, QUOTE, suggester="cues")
    repeat = suggest(cast, document, QUOTE, known)
    assert [row.pk for row in suggested.of_document(document, cast["viewer"])] == [repeat.pk]
    reject(cast, repeat)
    [left] = suggested.of_document(document, cast["viewer"])
    assert (left.kind, left.statement_id) == ("claim", None)


def test_a_repeat_taken_for_another_kind_is_a_statement_of_its_own() -> None:
    cast = make_cast()
    known = mark(cast["annotator"], make_document(cast["annotator"]), QUOTE, "claim").occurrences.get().statement
    document = make_document(cast["annotator"], f"Title\n\n{QUOTE} They said so.\n")
    found = accept(cast, suggest(cast, document, QUOTE, known), kind="proposal").occurrences.get()
    assert found.statement != known and found.statement.kind == "proposal"


def test_accepting_on_ones_own_passage_adds_to_it() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    mine = mark(cast["annotator"], document, QUOTE, "proposal")
    assert accept(cast, suggest(cast, document, QUOTE)) == mine
    assert Occurrence.objects.filter(annotation=mine, removed_at=None).count() == 2
    step(cast, "undo")
    assert Occurrence.objects.filter(annotation=mine, removed_at=None).count() == 1


def test_what_was_turned_down_never_returns_anywhere() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"], f"Title\n\n{QUOTE}\n")
    other = make_document(cast["annotator"], f"Other title\n\nBefore it. {QUOTE}\n")
    row, there = suggest(cast, document, QUOTE), suggest(cast, other, QUOTE)
    reject(cast, row)
    assert shown(cast, document) == [] == shown(cast, other)
    assert put(cast, document, offer(document)) == 0 == put(cast, other, offer(other))
    assert not Suggestion.objects.filter(pk=there.pk).exists()
    assert put(cast, document, offer(document, kind="proposal")) == 1  # as something else it may be suggested
    step(cast, "undo")
    assert put(cast, document, offer(document)) == 1


def test_a_merge_takes_along_what_was_turned_down() -> None:
    cast = make_cast()
    with writing(by=cast["checker"]) as op:
        first, second = (statements.create(op, "claim", text) for text in ("One", "Two"))
    document = make_document(cast["annotator"])
    reject(cast, suggest(cast, document, QUOTE, first))
    with writing(by=cast["checker"]) as op:
        merging.merge(op, first, second)
    assert put(cast, document, offer(document, kind="", statement_id=second.pk)) == 0
    assert put(cast, document, offer(document, "233 reported", kind="", statement_id=first.pk)) == 1
    row = suggested.of_document(document, cast["viewer"])[0]
    assert row.statement == second


def test_what_is_marked_by_hand_is_not_suggested() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    suggest(cast, document, QUOTE)
    made = mark(cast["annotator"], document, QUOTE, "claim")
    assert shown(cast, document) == [] and put(cast, document, offer(document)) == 0
    with writing(by=cast["annotator"]) as op:
        annotations.remove(op, made)
    assert put(cast, document, offer(document)) == 1


def test_a_new_text_leaves_the_old_suggestions_behind() -> None:
    cast = make_cast()
    document = make_document(cast["annotator"])
    old = document.current
    row = suggest(cast, document, QUOTE)
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepared(f"New\n\n{QUOTE}\n"))
    assert shown(cast, document) == []
    with pytest.raises(Refused):
        accept(cast, row)
    with writing(by=cast["admin"]) as op:
        assert suggestions.put(op, document, old.pk, "recurrence", [offer(document)]) == 0
    document.refresh_from_db()
    assert put(cast, document, offer(document)) == 1
    assert Suggestion.objects.get().text_version == document.current


def test_a_repeated_body_is_suggested_once_and_a_viewer_decides_nothing() -> None:
    cast = make_cast()
    body = "\n".join(f"{number}. {QUOTE} And so they said, each of them, at length." for number in range(1, 9))
    document = make_document(cast["annotator"], f"Title\n\n{body}\n\n{body}\n")
    text = document.current.text.clean
    places = [text.index(f"8. {QUOTE}"), text.rindex(f"8. {QUOTE}")]
    put(cast, document, *(Offer(at + 3, at + 3 + len(QUOTE), 0.9, "claim") for at in places))
    row = Suggestion.objects.get()
    assert row.start == places[0] + 3
    with pytest.raises(Forbidden), writing(by=cast["viewer"]) as op:
        suggestions.accept(op, row)


def test_marks_that_touch_a_passage_are_found_wherever_they_begin() -> None:
    """The long one begins far before the others; the answer is that of looking at all of them."""
    chance = Random(5)
    rows = [(0, 900, 7, "claim"), *((at, at + chance.randint(1, 40), at, "proposal") for at in range(0, 1_000, 7))]
    marks = suggested.Marks.at(rows)
    for _ in range(300):
        start = chance.randint(0, 999)
        home = start, start + chance.randint(1, 60)
        for target in ("claim", "proposal", chance.randrange(0, 1_000, 7)):
            assert marks.hold(home, target) == any(
                target in row[2:] and suggested.overlap(home, row[:2]) >= suggested.OVERLAP for row in rows
            )
    assert not suggested.Marks.at(()).hold((0, 5), "claim")

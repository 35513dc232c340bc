"""New versions: text and index move on, passages are carried or named, nothing that hangs on them changes."""

from __future__ import annotations

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Anchor, Annotation, Document, Event, Member, Occurrence, Sentence, Version
from annotations.records import SourceText
from annotations.rules.errors import Forbidden, Invalid, Missing, Refused, Stale
from annotations.services import anchors, annotations, documents, history, passages, repeating, search, versions
from annotations.services.annotations import Span
from annotations.services.documents import Prepared
from annotations.services.op import writing
from annotations.text.blocks import from_plain
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
ONE = "Safety rules stay as they are in this line. The government proposes a global standards body for testing."
TWO = "In 2024 there were 233 reported incidents, which is more than the year before had in all its months."
THREE = "Experts from nine countries signed a joint statement on red lines in the capital on Monday evening."
FIRST = f"A title\n\n{ONE}\n\n{TWO}\n\n{THREE}\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["annotator"], FIRST)


def prepared(text: str) -> Prepared:
    return documents.prepare(SourceText(text=text, blocks=tuple(from_plain(text)), reader="txt"))


def add(cast: Cast, document: Document, text: str, role: str = "annotator") -> Version:
    with writing(by=cast[role]) as op:
        version = versions.add_version(op, document, prepared(text), file_name="new.txt")
    document.refresh_from_db()
    return version


def there(annotation: Annotation, version: Version) -> Anchor:
    return Anchor.objects.get(annotation=annotation, version=version)


def put(member: Member, annotation: Annotation, words: str) -> Anchor:
    document = Document.objects.get(pk=annotation.document_id)
    assert document.current is not None
    start = document.current.text.raw.index(words)
    fresh = Annotation.objects.select_related("document").get(pk=annotation.pk)
    with writing(by=member) as op:
        return versions.reattach(op, fresh, Span(start, start + len(words)))


def test_each_passage_ends_as_it_should(cast: Cast, document: Document) -> None:
    by = cast["annotator"]
    kept, changed, gone = (
        mark(by, document, q) for q in ("global standards body", "233 reported incidents", "red lines")
    )
    moved = mark(by, document, "Safety rules stay as they are in this line")
    text = f"A title\n\n{TWO.replace('233', '235')}\n\nA new paragraph that says other things.\n\n{ONE}\n"
    version = add(cast, document, text)
    assert (version.number, document.current_id, document.version) == (2, version.pk, 2)
    for annotation, state, words in (
        (kept, ("ok", "moved"), "global standards body"), (changed, ("changed",), "235 reported incidents"),
        (moved, ("ok", "moved"), "Safety rules stay as they are in this line"),
    ):  # fmt: skip
        anchor = there(annotation, version)
        assert anchor.state in state
        assert anchor.exact == words == version.text.raw[anchor.start : anchor.end] == anchor.quote
    assert not gone.anchors.filter(version=version).exists()
    assert list(versions.orphans(document, by)) == [gone]
    assert [row.annotation_id for row in versions.to_check(document, by)] == [changed.pk]
    event = orjson.loads(Event.objects.get(kind="version.added").payload)
    counts = {name: event[name] for name in versions.OUTCOMES.values()}
    assert counts == versions.outcome(document, by)
    assert sum(counts.values()) == 4 and (counts["changed"], counts["orphaned"]) == (1, 1)


def test_what_hangs_on_a_passage_stays_and_old_anchors_do_not_change(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "global standards body", "proposal", note="a note")
    before = Anchor.objects.filter(annotation=annotation).values().get()
    links = list(Occurrence.objects.values())
    add(cast, document, "An introduction.\n\n" + FIRST)
    assert Anchor.objects.filter(pk=before["id"]).values().get() == before
    assert list(Occurrence.objects.values()) == links
    annotation.refresh_from_db()
    assert (annotation.note, annotation.version, document.annotation_count) == ("a note", 1, 1)
    row = passages.of_document(document.pk, document.current_id or 0, cast["viewer"])[0]
    assert (row["id"], row["anchor_state"], row["statements"][0]["label"]) == (annotation.pk, "ok", "P-1")
    assert row["start"] == before["start"] + len("An introduction.\n\n")


def test_the_search_index_moves_to_the_new_text(cast: Cast, document: Document) -> None:
    assert search.run(cast["viewer"], "incidents").hits == 1
    add(cast, document, f"A title\n\n{ONE}\n\nWatermarks are new in here.\n")
    assert (search.run(cast["viewer"], "incidents").hits, search.run(cast["viewer"], "watermarks").hits) == (0, 1)
    assert set(Sentence.objects.values_list("version_id", flat=True)) == {document.current_id}
    assert document.versions.get(number=1).text.raw == FIRST


def test_the_same_text_is_refused_and_an_older_one_may_come_back(cast: Cast, document: Document) -> None:
    with pytest.raises(Refused, match="version 1"):
        add(cast, document, FIRST)
    add(cast, document, FIRST + "More.\n")
    assert add(cast, document, FIRST).number == 3
    assert Version.objects.count() == 3


def test_an_orphan_is_tried_again_with_its_last_words(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "signed a joint statement on red lines")
    add(cast, document, f"A title\n\n{ONE}\n\n{TWO}\n")
    assert versions.orphans(document, cast["viewer"]).get() == annotation
    third = add(cast, document, "A foreword.\n\n" + FIRST)
    assert there(annotation, third).state in ("ok", "moved")
    assert not versions.orphans(document, cast["viewer"]).exists()


def test_a_change_nobody_looked_at_stays_to_be_looked_at(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "233 reported incidents")
    second = FIRST.replace("233", "235")
    first_change = there(annotation, add(cast, document, second))
    third = add(cast, document, "A foreword.\n\n" + second)
    later = there(annotation, third)
    assert (later.state, later.similarity) == ("changed", first_change.similarity)
    put(cast["annotator"], annotation, "235 reported incidents")
    assert there(annotation, third).state == "ok"
    assert there(annotation, add(cast, document, "Another foreword.\n\n" + second)).state == "ok"


def test_removed_passages_are_carried_but_not_counted(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "global standards body")
    with writing(by=cast["annotator"]) as op:
        annotations.remove(op, annotation)
    version = add(cast, document, "A foreword.\n\n" + FIRST)
    assert sum(versions.outcome(document, cast["viewer"]).values()) == 0
    with writing(by=cast["annotator"]) as op:
        annotations.restore(op, Annotation.objects.get(pk=annotation.pk))
    assert there(annotation, version).quote == "global standards body"
    assert versions.outcome(document, cast["viewer"])["kept"] == 1


def test_a_plan_made_before_takes_what_was_marked_meanwhile(cast: Cast, document: Document) -> None:
    first = mark(cast["annotator"], document, "global standards body")
    text = prepared("A foreword.\n\n" + FIRST)
    plan = versions.plan(document, text)
    late = mark(cast["checker"], document, "nine countries")
    with writing(by=cast["annotator"]) as op:
        version = versions.add_version(op, document, text, planned=plan)
    assert [there(one, version).quote for one in (first, late)] == ["global standards body", "nine countries"]


def test_a_plan_for_another_version_is_stale(cast: Cast, document: Document) -> None:
    text = prepared("A foreword.\n\n" + FIRST)
    plan = versions.plan(document, text)
    add(cast, document, FIRST + "More.\n")
    with pytest.raises(Stale), writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, text, planned=plan)
    assert document.versions.count() == 2


def test_who_may(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "red lines")
    with pytest.raises(Forbidden):
        add(cast, document, FIRST + "More.\n", role="viewer")
    with pytest.raises(Forbidden):
        put(cast["viewer"], annotation, "red lines")
    put(cast["checker"], annotation, "red lines")


def test_putting_an_orphan_back_by_hand(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "signed a joint statement on red lines")
    add(cast, document, f"A title\n\n{ONE}\n\nBoundaries were agreed upon.\n")
    anchor = put(cast["annotator"], annotation, "Boundaries were agreed upon")
    assert (anchor.state, anchor.method, anchor.quote) == ("ok", "hand", "Boundaries were agreed upon")
    assert 0 < anchor.similarity < 1
    annotation.refresh_from_db()
    assert annotation.version == 2 and not versions.orphans(document, cast["viewer"]).exists()
    event = Event.objects.get(kind="annotation.anchored")
    assert orjson.loads(event.payload)["was"] == "orphaned" and event.object_id == annotation.pk
    again = put(cast["annotator"], annotation, "agreed upon")
    assert again.pk == anchor.pk and Anchor.objects.filter(annotation=annotation).count() == 2
    assert history.verify(cast.corpus) is None


@pytest.mark.parametrize("span", [Span(3, 3), Span(0, 10**7), Span(-1, 4)])
def test_a_place_outside_the_text_is_refused(cast: Cast, document: Document, span: Span) -> None:
    annotation = mark(cast["annotator"], document, "red lines")
    with pytest.raises(Invalid), writing(by=cast["annotator"]) as op:
        versions.reattach(op, Annotation.objects.select_related("document").get(pk=annotation.pk), span)


def test_a_removed_passage_is_not_put_anywhere(cast: Cast, document: Document) -> None:
    annotation = mark(cast["annotator"], document, "red lines")
    with writing(by=cast["annotator"]) as op:
        annotations.remove(op, annotation)
    with pytest.raises(Missing):
        put(cast["annotator"], annotation, "red lines")


def test_a_mark_on_an_older_version_stands_in_the_current_one_too(cast: Cast, document: Document) -> None:
    old = document.current
    assert old is not None
    new = add(cast, document, "A foreword.\n\n" + FIRST.replace("233", "235"))
    for words, state, there_words in (
        ("nine countries", "ok", "nine countries"), ("233 reported", "changed", "235 reported")
    ):  # fmt: skip
        start = FIRST.index(words)
        with writing(by=cast["annotator"]) as op:
            annotation = annotations.create(
                op, document, Span(start, start + len(words), "raw", words), version_id=old.pk
            )
        assert there(annotation, old).quote == words
        assert (there(annotation, new).quote, there(annotation, new).state) == (there_words, state)
        carried = orjson.loads(Event.objects.latest("seq").payload)["carried"]
        assert carried == {"version": new.pk, "state": state}


def test_a_mark_on_words_that_are_gone_is_an_orphan_from_the_start(cast: Cast, document: Document) -> None:
    old = document.current
    add(cast, document, f"A title\n\n{ONE}\n")
    start = FIRST.index("nine countries")
    with writing(by=cast["annotator"]) as op:
        annotation = annotations.create(op, document, Span(start, start + 14), version_id=old.pk if old else 0)
    assert versions.orphans(document, cast["annotator"]).get() == annotation
    shown = passages.one(Annotation.objects.get(pk=annotation.pk), cast["viewer"])
    assert shown is not None and (shown["anchor_state"], shown["quote"]) == ("orphaned", "nine countries")
    with pytest.raises(Refused, match="Put it back"):
        repeating.same_passages(Annotation.objects.get(pk=annotation.pk))
    assert anchors.latest(annotation).version == old


def test_many_passages_cost_no_query_each(cast: Cast, document: Document) -> None:
    def cost(marks: int) -> int:
        fresh = make_document(cast["annotator"], FIRST)
        for number in range(marks):
            with writing(by=cast["annotator"]) as op:
                annotations.create(op, fresh, Span(number, number + 8))
        with CaptureQueriesContext(
            connection,
        ) as seen:
            add(cast, fresh, "A foreword.\n\n" + FIRST)
        return len(seen)

    assert cost(3) == cost(30)

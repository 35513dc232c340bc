"""The codebook changed with what carries it: editions, merging, splitting, moving, and each of them taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotations.models import (
    Annotation,
    AnnotationTag,
    CodebookVersion,
    Document,
    Event,
    EventObject,
    Member,
    SavedView,
    StatementTag,
    Tag,
    TagSet,
)
from annotations.rules import editions as compared
from annotations.rules.errors import Forbidden, Invalid, Missing, Refused
from annotations.services import (
    annotations,
    codebook,
    codebook_reach,
    editions,
    placing,
    recoding,
    saved_views,
    statements,
    undo,
)
from annotations.services.codebook_reach import Choice
from annotations.services.op import Op, writing
from annotations.services.recoding import Part
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["annotator"])


def do(member: Member, verb: Callable[[Op], object]) -> str:
    with writing(by=member) as op:
        verb(op)
    return op.key


def take_back(member: Member, key: str) -> str:
    return do(member, lambda op: undo.undo(op, key))


def again(member: Member, key: str) -> str:
    return do(member, lambda op: undo.redo(op, key))


def named(cast: Cast, code: str) -> Tag:
    return Tag.objects.select_related("tag_set").get(corpus=cast.corpus, code=code)


def tags(annotation: Annotation) -> set[str]:
    return set(annotation.tag_rows.values_list("tag__code", flat=True))


@pytest.fixture
def passages(cast: Cast, document: Document) -> list[Annotation]:
    """One with safety, one with safety and ethics, one with ethics."""
    safety, ethics = named(cast, "safety").pk, named(cast, "ethics").pk
    return [
        mark(cast["annotator"], document, "Experts agree", tags=(safety,)),
        mark(cast["checker"], document, "tests are needed", tags=(safety, ethics)),
        mark(cast["annotator"], document, "standards body", tags=(ethics,)),
    ]


def merge(cast: Cast) -> str:
    return do(cast["editor"], lambda op: recoding.merge_tag(op, named(cast, "safety"), named(cast, "ethics")))


def test_each_op_is_one_edition(cast: Cast) -> None:
    first = editions.get(cast.corpus, 2)
    assert [tag["code"] for tag in first.content["tags"]][:2] == ["safety", "capacity-building"]

    def verbs(op: Op) -> None:
        own = codebook.add_set(op, name="Own", scope="annotation")
        codebook.add_tag(op, own, label="One")
        codebook.add_tag(op, own, label="Two", use_when="Always", not_when="Never")

    key = do(cast["editor"], verbs)
    kept = CodebookVersion.objects.get(corpus=cast.corpus, number=3)
    assert (kept.op, kept.by) == (key, cast["editor"])
    cast.corpus.refresh_from_db()
    assert cast.corpus.codebook_version == 3 and kept.content == editions.content(cast.corpus)
    assert kept.content["tags"][-1]["not_when"] == "Never"


def test_nothing_changed_is_no_edition(cast: Cast) -> None:
    do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "safety"), label="Safety"))
    assert CodebookVersion.objects.filter(corpus=cast.corpus).count() == 1


def test_an_edition_has_a_name_and_can_be_missing(cast: Cast) -> None:
    key = do(cast["editor"], lambda op: editions.name(op, 2, "  before the   pilot "))
    assert editions.get(cast.corpus, 2).note == "before the pilot"
    take_back(cast["editor"], key)
    assert editions.get(cast.corpus, 2).note == ""
    with pytest.raises(Missing):
        editions.get(cast.corpus, 7)
    with pytest.raises(Forbidden):
        do(cast["checker"], lambda op: editions.name(op, 2, "mine"))


def test_two_editions_compared(cast: Cast, passages: list[Annotation]) -> None:
    before = editions.content(cast.corpus)
    merge(cast)
    do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "access"), label="Inclusion", definition="Who"))
    do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "economy"), deprecated=True))
    part = Part([passages[2].pk], label="Rights", definition="Rights only")
    do(cast["editor"], lambda op: recoding.split_tag(op, named(cast, "ethics"), [part]))
    found = [(c.kind, c.label, c.other) for c in compared.compare(before, editions.content(cast.corpus))]
    assert found == [
        ("merged", "Safety", "Ethics and rights"),
        ("renamed", "Inclusion", "Access and inclusion"),
        ("redefined", "Inclusion", ""),
        ("retired", "Economy and work", ""),
        ("split", "Rights", "Ethics and rights"),
    ]
    back = {c.kind for c in compared.compare(editions.content(cast.corpus), before)}
    assert back == {"restored", "renamed", "redefined", "removed", "dressed"}


def test_a_merge_is_one_event_that_names_what_it_touched(cast: Cast, passages: list[Annotation]) -> None:
    versions = {row.pk: row.version for row in Annotation.objects.all()}
    key = merge(cast)
    assert [tags(row) for row in passages] == [{"ethics"}] * 3
    event = Event.objects.get(op=key)
    assert event.kind == "codebook.tag_merged"
    ids = set(EventObject.objects.filter(event=event).values_list("object_type", "object_id"))
    assert ids == {("annotation", row.pk) for row in passages[:2]}
    now = {row.pk: row.version for row in Annotation.objects.all()}
    assert [now[row.pk] - versions[row.pk] for row in passages] == [1, 1, 0]
    tag = named(cast, "safety")
    assert (tag.deprecated, tag.merged_into, tag.key) == (True, named(cast, "ethics"), "")


def test_a_merge_is_taken_back_and_done_again(cast: Cast, passages: list[Annotation]) -> None:
    before = editions.content(cast.corpus)
    key = merge(cast)
    take_back(cast["editor"], key)
    assert [tags(row) for row in passages] == [{"safety"}, {"safety", "ethics"}, {"ethics"}]
    assert editions.content(cast.corpus) == before
    again(cast["editor"], key)
    assert [tags(row) for row in passages] == [{"ethics"}] * 3
    take_back(cast["editor"], key)
    assert [tags(row) for row in passages] == [{"safety"}, {"safety", "ethics"}, {"ethics"}]


def test_what_came_after_a_merge_stays(cast: Cast, document: Document, passages: list[Annotation]) -> None:
    key = merge(cast)
    late = mark(cast["checker"], document, "233 reported", tags=(named(cast, "ethics").pk,))
    take_back(cast["editor"], key)
    assert tags(late) == {"ethics"}


def test_a_merge_that_others_built_on_stays(cast: Cast, passages: list[Annotation]) -> None:
    key = merge(cast)
    do(cast["annotator"], lambda op: annotations.set_tags(op, passages[0], [named(cast, "rules").pk]))
    with pytest.raises(Refused) as caught:
        take_back(cast["editor"], key)
    assert caught.value.code == "others_went_on" and cast["annotator"].name in str(caught.value)
    assert tags(passages[1]) == {"ethics"}


def test_a_name_taken_meanwhile_stands_in_the_way(cast: Cast, passages: list[Annotation]) -> None:
    key = merge(cast)
    do(cast["editor"], lambda op: codebook.add_tag(op, named(cast, "ethics").tag_set, label="Safety", code="new"))
    with pytest.raises(Invalid):
        take_back(cast["editor"], key)


def test_views_follow_the_merge_and_the_way_back(cast: Cast, passages: list[Annotation]) -> None:
    safety, ethics, rules = (named(cast, code).pk for code in ("safety", "ethics", "rules"))
    queries = [f"tag={safety}&status=queued", f"tag={rules},{safety}", f"tag={safety}{ethics}"]
    for at, query in enumerate(queries):
        do(cast["checker"], lambda op, at=at, query=query: saved_views.save(op, name=f"V{at}", query=query))
    assert codebook_reach.reach(named(cast, "safety")).views == 2
    key = merge(cast)
    views = SavedView.objects.order_by("name").values_list("query", flat=True)
    assert list(views) == [f"tag={ethics}&status=queued", f"tag={rules},{ethics}", queries[2]]
    take_back(cast["editor"], key)
    assert list(views.all()) == queries


def test_only_tags_in_use_of_one_kind_merge(cast: Cast) -> None:
    with writing(by=cast["editor"]) as op:
        own = codebook.add_set(op, name="Own", scope="statement")
        tag = codebook.add_tag(op, own, label="Column")
    with pytest.raises(Refused):
        do(cast["editor"], lambda op: recoding.merge_tag(op, tag, named(cast, "safety")))
    do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "ethics"), deprecated=True))
    with pytest.raises(Refused) as caught:
        merge(cast)
    assert caught.value.code == "into_retired"


def test_a_split_names_where_each_goes(cast: Cast, passages: list[Annotation]) -> None:
    parts = [Part([passages[0].pk], label="Risk", definition="What may go wrong"),
             Part([passages[1].pk], into=named(cast, "ethics"))]  # fmt: skip
    key = do(cast["editor"], lambda op: recoding.split_tag(op, named(cast, "safety"), parts, retire=True))
    assert [tags(row) for row in passages] == [{"Risk"}, {"ethics"}, {"ethics"}]
    new = named(cast, "Risk")
    assert (new.split_from, new.definition) == (named(cast, "safety"), "What may go wrong")
    assert named(cast, "safety").deprecated
    take_back(cast["editor"], key)
    assert [tags(row) for row in passages] == [{"safety"}, {"safety", "ethics"}, {"ethics"}]
    assert named(cast, "Risk").deprecated and not named(cast, "safety").deprecated
    again(cast["editor"], key)
    assert [tags(row) for row in passages] == [{"Risk"}, {"ethics"}, {"ethics"}]
    assert not named(cast, "Risk").deprecated


@pytest.mark.parametrize(
    ("parts", "code"),
    [([], "split_needs_parts"), ([[2]], "not_with_tag"), ([[0], [0]], "in_two_parts"), ([[0]], "split_leaves")],
)
def test_a_split_that_cannot_be(cast: Cast, passages: list[Annotation], parts: list[list[int]], code: str) -> None:
    wanted = [Part([passages[at].pk for at in one], label=f"Part {n}") for n, one in enumerate(parts)]
    with pytest.raises((Invalid, Refused)) as caught:
        do(cast["editor"], lambda op: recoding.split_tag(op, named(cast, "safety"), wanted, retire=True))
    assert caught.value.code == code
    assert not Tag.objects.filter(label="Part 0").exists()


def test_a_tag_moves_with_what_stands_below_it(cast: Cast) -> None:
    with writing(by=cast["editor"]) as op:
        own = codebook.add_set(op, name="Own", scope="annotation")
        codebook.update_tag(op, named(cast, "rules"), parent=named(cast, "safety"))
    key = do(cast["editor"], lambda op: placing.place_tag(op, named(cast, "safety"), own))
    assert set(own.tags.values_list("code", flat=True)) == {"safety", "rules"}
    take_back(cast["editor"], key)
    assert not own.tags.exists() and named(cast, "rules").parent == named(cast, "safety")


def test_a_used_tag_stays_with_its_kind(cast: Cast, passages: list[Annotation]) -> None:
    with writing(by=cast["editor"]) as op:
        columns = codebook.add_set(op, name="Columns", scope="statement")
        single = codebook.add_set(op, name="Single", scope="annotation", many=False)
    with pytest.raises(Refused) as caught:
        do(cast["editor"], lambda op: placing.place_tag(op, named(cast, "safety"), columns))
    assert (caught.value.code, caught.value.params["count"]) == ("scope_in_use", 2)
    do(cast["editor"], lambda op: placing.place_tag(op, named(cast, "rules"), columns))
    assert named(cast, "rules").tag_set.scope == "statement"
    do(cast["editor"], lambda op: placing.place_tag(op, named(cast, "safety"), single))
    with pytest.raises(Refused) as caught:
        do(cast["editor"], lambda op: placing.place_tag(op, named(cast, "ethics"), single))
    assert caught.value.code == "two_at_once"


def test_no_tag_stands_below_itself(cast: Cast) -> None:
    do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "rules"), parent=named(cast, "safety")))
    with pytest.raises(Invalid) as caught:
        do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "safety"), parent=named(cast, "rules")))
    assert caught.value.code == "parent_circle"
    with pytest.raises(Invalid):
        do(cast["editor"], lambda op: placing.place_tag(op, named(cast, "safety"), named(cast, "safety").tag_set,
                                                         named(cast, "rules")))  # fmt: skip


def test_small_changes_are_taken_back_too(cast: Cast) -> None:
    key = do(cast["editor"], lambda op: codebook.update_tag(op, named(cast, "safety"), label="Danger", key=""))
    take_back(cast["editor"], key)
    assert (named(cast, "safety").label, named(cast, "safety").key) == ("Safety", "1")
    tag_set = TagSet.objects.get(corpus=cast.corpus)
    key = do(cast["editor"], lambda op: codebook.update_set(op, tag_set, name="Topics"))
    take_back(cast["editor"], key)
    assert TagSet.objects.get(pk=tag_set.pk).name == "AI governance"
    key = do(cast["editor"], lambda op: codebook.add_tag(op, tag_set, label="New"))
    take_back(cast["editor"], key)
    assert named(cast, "New").deprecated


def test_what_hangs_on_a_tag(cast: Cast, document: Document, passages: list[Annotation]) -> None:
    found = codebook_reach.reach(named(cast, "safety"), named(cast, "ethics"))
    assert (found.passages, found.documents, found.both, found.statements) == (2, 1, 1, 0)
    assert dict(found.people) == {cast["annotator"].name: 1, cast["checker"].name: 1}
    safety, editor = named(cast, "safety"), cast["editor"]

    def chosen(**choice: object) -> list[int]:
        return [row.pk for row in codebook_reach.chosen(safety, editor, Choice(**choice))]  # type: ignore[arg-type]

    first, second = passages[0].pk, passages[1].pk
    assert chosen() == [first, second] and chosen(q="TESTS") == [second]
    assert chosen(by=cast["annotator"].pk) == [first] and chosen(tag=named(cast, "ethics").pk) == [second]
    assert chosen(document=document.pk + 1) == []
    rows = list(codebook_reach.chosen(safety, editor, Choice()))
    assert codebook_reach.words(safety, rows)[0][1:] == ("Experts agree", document.title)


def test_columns_of_statements_merge_too(cast: Cast, document: Document) -> None:
    with writing(by=cast["editor"]) as op:
        own = codebook.add_set(op, name="Own", scope="statement")
        one, two = (codebook.add_tag(op, own, label=label) for label in ("One", "Two"))
    claim = mark(cast["annotator"], document, "Experts agree", "claim").occurrences.get().statement
    do(cast["annotator"], lambda op: statements.set_tags(op, claim, add=[one.pk]))
    key = do(cast["editor"], lambda op: recoding.merge_tag(op, one, two))
    assert list(StatementTag.objects.values_list("tag", flat=True)) == [two.pk]
    take_back(cast["editor"], key)
    assert list(StatementTag.objects.values_list("tag", flat=True)) == [one.pk]


def test_more_rows_than_one_step(cast: Cast, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recoding, "STEP", 2)
    quotes = ("Safety", "The government", "Experts", "tests", "incidents")
    made = [mark(cast["annotator"], document, quote, tags=(named(cast, "safety").pk,)) for quote in quotes]
    key = merge(cast)
    assert AnnotationTag.objects.filter(tag=named(cast, "ethics")).count() == len(made)
    take_back(cast["editor"], key)
    assert AnnotationTag.objects.filter(tag=named(cast, "safety")).count() == len(made)

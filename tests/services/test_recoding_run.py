"""Great merges and splits in batches: what is seen meanwhile, stopped, killed, done by two, taken back, done again."""

from collections.abc import Callable

import pytest
from django.http import QueryDict

from annotations.filters import documents as filtered_documents
from annotations.models import (
    Annotation,
    AnnotationTag,
    Document,
    EventObject,
    Member,
    Recoding,
    Statement,
    StatementTag,
    Tag,
)
from annotations.rules.errors import Refused
from annotations.services import (
    annotations,
    codebook,
    codebook_reach,
    following,
    history,
    passages,
    recoding,
    recoding_run,
    statements,
    undo,
)
from annotations.services.collect.directory import Directory
from annotations.services.op import Op, writing
from annotations.services.pace import HOLD, Pace
from annotations.services.recoding import Part
from tests.factories import Cast, make_cast, make_document

pytestmark = pytest.mark.django_db
MANY = 12


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a dozen passages are many, and a batch takes three of them."""
    monkeypatch.setattr(following, "SMALL", 4)
    monkeypatch.setattr(following, "LISTED", 5)
    for name in ("FIRST", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(recoding_run, name, 3)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def document(cast: Cast) -> Document:
    return make_document(cast["annotator"])


@pytest.fixture
def marked(cast: Cast, document: Document) -> list[Annotation]:
    """A dozen with safety; every third carries ethics, too."""
    found = []
    for number in range(MANY):
        tags = [named(cast, "safety").pk, *([named(cast, "ethics").pk] if number % 3 == 0 else ())]
        with writing(by=cast["annotator"]) as op:
            found.append(annotations.create(op, document, annotations.Span(number, number + 5, "raw"), tags=tags))
    return found


def do(member: Member, verb: Callable[[Op], object]) -> str:
    with writing(by=member) as op:
        verb(op)
    return op.key


def named(cast: Cast, code: str) -> Tag:
    return Tag.objects.select_related("tag_set").get(corpus=cast.corpus, code=code)


def merge(cast: Cast) -> str:
    return do(cast["editor"], lambda op: recoding.merge_tag(op, named(cast, "safety"), named(cast, "ethics")))


def take_back(cast: Cast, key: str) -> str:
    return do(cast["editor"], lambda op: undo.undo(op, key))


def again(cast: Cast, key: str) -> str:
    return do(cast["editor"], lambda op: undo.redo(op, key))


def last() -> Recoding:
    return Recoding.objects.latest("pk")


def some_batches(number: int) -> None:
    """As a job does them that is cut off after so many."""
    for _ in range(number):
        recoding_run.run(last().pk, seconds=-1)


def to_the_end() -> None:
    assert recoding_run.run(last().pk)
    assert last().finished_at is not None and last().done <= last().total


def rows() -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for pk, code in AnnotationTag.objects.values_list("annotation_id", "tag__code"):
        found.setdefault(pk, set()).add(code)
    return found


def shown(cast: Cast, document: Document) -> list[list[str]]:
    codes = dict(Tag.objects.values_list("pk", "code"))
    ids = list(Annotation.objects.order_by("pk").values_list("pk", flat=True))
    found = {row["id"]: row["tags"] for row in passages.of_ids(ids, document.current_id or 0, cast["viewer"])}
    return [sorted(codes[tag] for tag in found[pk]) for pk in ids]


def before(marked: list[Annotation]) -> dict[int, set[str]]:
    return {row.pk: {"safety", "ethics"} if n % 3 == 0 else {"safety"} for n, row in enumerate(marked)}


def test_a_great_merge_is_seen_at_once_and_its_rows_follow(
    cast: Cast, document: Document, marked: list[Annotation]
) -> None:
    merge(cast)
    assert rows() == before(marked), "nothing of it in the transaction itself"
    for _ in range(5):
        assert shown(cast, document) == [["ethics"]] * MANY
        for code in ("safety", "ethics"):
            found = filtered_documents(cast["viewer"], QueryDict(f"tag={named(cast, code).pk}"))
            assert list(found) == [document]
        directory = Directory(cast.corpus)
        assert codebook_reach.uses(cast.corpus)[named(cast, "ethics").pk] == MANY
        both = ",".join(str(named(cast, code).pk) for code in ("safety", "ethics"))
        assert directory.labels(both) == ("Ethics and rights",)
        some_batches(1)
    to_the_end()
    assert rows() == dict.fromkeys(rows(), {"ethics"}) and following.leads(cast.corpus.pk) == {}
    row = last()
    assert (row.done, row.total) == (MANY, MANY)


def test_every_passage_went_over_exactly_once(cast: Cast, marked: list[Annotation]) -> None:
    versions = dict(Annotation.objects.values_list("pk", "version"))
    merge(cast)
    to_the_end()
    assert {pk: v - versions[pk] for pk, v in Annotation.objects.values_list("pk", "version")} == dict.fromkeys(
        versions, 1
    )
    touched = EventObject.objects.filter(event__kind="codebook.followed", object_type="annotation")
    assert sorted(touched.values_list("object_id", flat=True)) == sorted(versions)
    assert "codebook.followed" in {event.kind for event in history.of_object(cast.corpus, "annotation", marked[0].pk)}


def test_a_job_that_was_killed_in_a_batch_goes_on_where_it_was(
    cast: Cast, marked: list[Annotation], monkeypatch: pytest.MonkeyPatch
) -> None:
    merge(cast)
    some_batches(2)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(recoding_run, "carry", die)
        with pytest.raises(KeyboardInterrupt):
            recoding_run.run(last().pk)
    assert (last().done, last().batches) == (6, 2) and recoding_run.unfinished() == [last().pk]
    to_the_end()
    assert last().done == MANY and rows() == dict.fromkeys(rows(), {"ethics"})


def test_of_two_jobs_at_one_batch_one_does_it(cast: Cast, marked: list[Annotation]) -> None:
    merge(cast)
    seen = Recoding.objects.select_related("tag__tag_set", "into__tag_set", "by__corpus").get(pk=last().pk)
    portion = recoding_run._next(seen, 3)
    some_batches(1)
    recoding_run._write(seen, portion)
    assert (last().done, last().batches) == (3, 1)
    to_the_end()
    assert last().done == MANY


def test_a_finished_merge_taken_back_and_done_again(cast: Cast, document: Document, marked: list[Annotation]) -> None:
    key = merge(cast)
    to_the_end()
    take_back(cast, key)
    for _ in range(3):
        some_batches(1)
        assert shown(cast, document) == [["ethics"]] * MANY, "until the last row is back it is read as it was"
    to_the_end()
    assert rows() == before(marked) and not named(cast, "safety").deprecated
    assert shown(cast, document)[1] == ["safety"]
    again(cast, key)
    to_the_end()
    assert rows() == dict.fromkeys(rows(), {"ethics"})
    take_back(cast, key)
    to_the_end()
    assert rows() == before(marked)


def test_a_merge_taken_back_half_way_is_whole_again(cast: Cast, marked: list[Annotation]) -> None:
    key = merge(cast)
    some_batches(2)
    take_back(cast, key)
    assert Recoding.objects.get(kind="merge").finished_at is not None
    with pytest.raises(Refused) as caught:
        again(cast, key)
    assert caught.value.code == "recoding_under_way"
    to_the_end()
    assert rows() == before(marked) and last().done == 6
    again(cast, key)
    to_the_end()
    assert rows() == dict.fromkeys(rows(), {"ethics"})


def test_what_somebody_does_meanwhile_stands(cast: Cast, document: Document, marked: list[Annotation]) -> None:
    merge(cast)
    some_batches(1)
    safety, ethics, rules = (named(cast, code).pk for code in ("safety", "ethics", "rules"))
    late, other = marked[-1], marked[-2]
    do(cast["editor"], lambda op: annotations.change_tags(op, late, add=[rules], remove=[ethics]))
    do(cast["editor"], lambda op: annotations.set_tags(op, other, [ethics, rules]))
    do(cast["editor"], lambda op: annotations.change_tags(op, marked[-4], add=[safety]))
    with writing(by=cast["editor"]) as op:
        new = annotations.create(op, document, annotations.Span(40, 45, "raw"), tags=[safety])
    to_the_end()
    found = rows()
    assert found[late.pk] == {"rules"} and found[other.pk] == {"ethics", "rules"}
    assert found[marked[-4].pk] == {"ethics"} == found[new.pk]
    assert "safety" not in set().union(*found.values())


def test_the_two_tags_wait_and_others_do_not(cast: Cast, marked: list[Annotation]) -> None:
    merge(cast)
    ethics, rules = named(cast, "ethics"), named(cast, "rules")
    refused: list[Callable[[Op], object]] = [
        lambda op: recoding.merge_tag(op, ethics, rules),
        lambda op: recoding.merge_tag(op, rules, ethics),
        lambda op: recoding.split_tag(op, ethics, [Part([marked[0].pk], label="New")]),
        lambda op: codebook.update_tag(op, ethics, deprecated=True),
        lambda op: codebook.update_tag(op, named(cast, "safety"), deprecated=False),
    ]
    for verb in refused:
        with pytest.raises(Refused) as caught:
            do(cast["editor"], verb)
        assert caught.value.code == "recoding_under_way"
    do(cast["editor"], lambda op: codebook.update_tag(op, ethics, definition="Rights"))
    do(cast["editor"], lambda op: recoding.merge_tag(op, rules, named(cast, "access")))


def test_who_went_on_meanwhile_is_not_undone(cast: Cast, marked: list[Annotation]) -> None:
    key = merge(cast)
    to_the_end()
    do(cast["checker"], lambda op: annotations.set_tags(op, marked[5], [named(cast, "rules").pk]))
    with pytest.raises(Refused) as caught:
        take_back(cast, key)
    assert caught.value.code == "others_went_on" and cast["checker"].name in str(caught.value)


def split(cast: Cast, marked: list[Annotation], number: int = 8, **more: bool) -> str:
    part = Part([row.pk for row in marked[:number]], label="Risk")
    return do(cast["editor"], lambda op: recoding.split_tag(op, named(cast, "safety"), [part], **more))


def halves(marked: list[Annotation], number: int) -> dict[int, set[str]]:
    """The first so many went to Risk."""
    found = before(marked)
    return {pk: {"Risk", *tags} - {"safety"} if n < number else tags for n, (pk, tags) in enumerate(found.items())}


def test_a_great_split_there_and_back_and_there(cast: Cast, marked: list[Annotation]) -> None:
    key = split(cast, marked)
    some_batches(1)
    assert rows() == halves(marked, 3)
    to_the_end()
    assert rows() == halves(marked, 8)
    take_back(cast, key)
    assert named(cast, "Risk").deprecated
    some_batches(1)
    assert sum("Risk" in tags for tags in rows().values()) == 5
    to_the_end()
    assert rows() == before(marked)
    again(cast, key)
    to_the_end()
    assert rows() == halves(marked, 8) and not named(cast, "Risk").deprecated


def test_a_split_stopped_half_way_and_done_again_takes_all(cast: Cast, marked: list[Annotation]) -> None:
    key = split(cast, marked, MANY, retire=True)
    some_batches(2)
    take_back(cast, key)
    to_the_end()
    assert rows() == before(marked) and not named(cast, "safety").deprecated
    again(cast, key)
    to_the_end()
    assert rows() == halves(marked, MANY) and named(cast, "safety").deprecated


def test_what_lost_the_tag_meanwhile_does_not_get_the_other_one(cast: Cast, marked: list[Annotation]) -> None:
    split(cast, marked)
    do(cast["editor"], lambda op: annotations.set_tags(op, marked[7], []))
    to_the_end()
    assert marked[7].pk not in rows() and last().done == 7


def test_a_great_step_of_before_batches_goes_back_in_batches(
    cast: Cast, marked: list[Annotation], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as large:
        large.setattr(following, "SMALL", 1_000)
        key = merge(cast)
    assert not Recoding.objects.exists()
    take_back(cast, key)
    to_the_end()
    assert rows() == before(marked) and last().batches == 5  # four of three, and the one that found nothing left


def test_own_columns_of_statements_follow_as_well(cast: Cast) -> None:
    with writing(by=cast["editor"]) as op:
        column = codebook.add_set(op, name="Own", scope="statement", many=False)
        old, new = (codebook.add_tag(op, column, label=label) for label in ("Old", "New"))
        made = [statements.create(op, kind="claim", text=f"Claim {n} stands") for n in range(6)]
        for one in made:
            statements.set_tags(op, one, add=[old.pk])
    do(cast["editor"], lambda op: recoding.merge_tag(op, Tag.objects.get(pk=old.pk), Tag.objects.get(pk=new.pk)))
    some_batches(1)
    assert [following.carried(one) for one in made] == [[new.pk]] * 6
    do(cast["editor"], lambda op: statements.set_tags(op, made[-1], add=[new.pk]))
    do(cast["editor"], lambda op: statements.set_tags(op, made[-2], remove=[new.pk]))
    to_the_end()
    assert list(StatementTag.objects.filter(tag=new).values_list("statement", flat=True).order_by("statement")) == [
        row.pk for row in Statement.objects.order_by("pk") if row.pk != made[-2].pk
    ]


def test_few_rows_go_at_once(cast: Cast, marked: list[Annotation]) -> None:
    split(cast, marked, 4)
    assert not Recoding.objects.exists() and rows() == halves(marked, 4)


def test_the_pace_follows_the_lock() -> None:
    pace = Pace(100, 20, 2_000)
    for _ in range(20):
        pace.took(pace.size * 0.0001, pace.size * 0.0001, pace.size)  # a tenth of a millisecond for each
    assert abs(pace.size - HOLD / 0.0001) < 5
    pace.took(1.0, 1.0, pace.size)
    assert pace.size == 125

"""A coding round from opening to settling: shared out, blind, ended, closed with figures, made into statements."""

from collections.abc import Callable

import pytest

from annotations.models import Annotation, Assignment, Document, Event, Layer, Member, Round, Ruling, Statement, Tag
from annotations.rules.errors import Forbidden, Invalid, Missing, Problem, Refused
from annotations.services import adjudication, agreement, annotations, coding, passages, rounds, undo
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import Op, writing
from tests.factories import TEXT, Cast, make_cast, make_document

pytestmark = pytest.mark.django_db
BODY = "The government proposes a global standards body for artificial intelligence."
TESTS = "Experts agree that tests are needed."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def do(by: Member, act: Callable[[Op], object]) -> str:
    with writing(by=by) as op:
        act(op)
    return op.key


def make_round(cast: Cast, count: int = 2, each: int = 2, **also: object) -> Round:
    documents = [make_document(cast["annotator"], f"{TEXT}\nNumber {n}.") for n in range(count)]
    with writing(by=cast["editor"]) as op:
        return rounds.open_round(
            op, name="Pilot", documents=documents, coders=[cast["annotator"], cast["checker"]], each=each, **also
        )  # type: ignore[arg-type]


def code(
    by: Member, round: Round, document: Document, quote: str, *kinds: str, tags: tuple[int, ...] = ()
) -> Annotation:
    assert document.current
    start = document.current.text.clean.index(quote)
    with writing(by=by) as op:
        layer = coding.layer_for(op, round, document)
        wanted = [Wanted(kind=kind) for kind in kinds]
        span = Span(start, start + len(quote), "clean", quote)
        return annotations.create(op, document, span, wanted=wanted, tags=tags, layer=layer)


def also(op: Op, made: Annotation, kind: str) -> None:
    coding.set_kinds(op, made, [Wanted(kind=kind)])
    annotations.touch(op, made)


def end(by: Member, round: Round, document: Document, state: str = "done") -> None:
    do(by, lambda op: rounds.finish(op, coding.assignment_of(round, document, by), state))


def tag_of(cast: Cast) -> int:
    return Tag.objects.filter(corpus=cast.corpus).order_by("pk")[0].pk


def test_opening_shares_out_and_freezes(cast: Cast) -> None:
    round = make_round(cast, count=3)
    assert Assignment.objects.filter(layer__round=round).count() == 6
    assert {row["member__name"]: row["all_of_them"] for row in rounds.progress(round)} == {
        cast["annotator"].name: 3, cast["checker"].name: 3
    }  # fmt: skip
    assert round.codebook and round.codebook[0]["label"] and round.codebook_version == cast.corpus.codebook_version
    one = make_round(cast, count=4, each=1)
    assert sorted(row["all_of_them"] for row in rounds.progress(one)) == [2, 2]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "round_needs_name"), ({"documents": []}, "round_needs_documents"),
        ({"each": 3}, "round_needs_coders"), ({"each": 0}, "round_needs_coders"),
    ],
)  # fmt: skip
def test_what_a_round_needs(cast: Cast, change: dict[str, object], code: str) -> None:
    given = {"name": "Pilot", "documents": [make_document(cast["annotator"])], "coders": [cast["annotator"]], "each": 1}
    with pytest.raises(Invalid) as refused, writing(by=cast["editor"]) as op:
        rounds.open_round(op, **{**given, **change})  # type: ignore[arg-type]
    assert refused.value.code == code and not Round.objects.exists()


def test_who_may_open_and_code(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    with pytest.raises(Forbidden), writing(by=cast["reviewer"]) as op:
        rounds.open_round(op, name="Pilot", documents=[document], coders=[cast["annotator"]], each=1)
    with pytest.raises(Invalid, match="may not code"), writing(by=cast["editor"]) as op:
        rounds.open_round(op, name="Pilot", documents=[document], coders=[cast["viewer"]], each=1)
    round = make_round(cast)
    with pytest.raises(Missing):
        code(cast["reviewer"], round, round.documents.first() or document, BODY, "claim")


def test_a_passage_has_kinds_and_no_statement(cast: Cast) -> None:
    round = make_round(cast)
    document = round.documents.order_by("pk")[0]
    coder = cast["annotator"]
    made = code(coder, round, document, BODY, "claim", tags=(tag_of(cast),))
    assert not Statement.objects.exists()
    assert Document.objects.get(pk=document.pk).annotation_count == 0
    key = do(coder, lambda op: also(op, made, "proposal"))
    made.refresh_from_db()
    assert made.kinds == "claim proposal"
    shown = passages.one(made, coder)
    assert shown and [one["kind"] for one in shown["statements"]] == ["claim", "proposal"] and shown["layer"]
    with pytest.raises(Refused, match="already"):
        do(coder, lambda op: coding.set_kinds(op, made, [Wanted(kind="claim")]))
    with pytest.raises(Refused, match="claim or a proposal"):
        do(coder, lambda op: coding.set_kinds(op, made, [Wanted(statement_id=1)]))
    do(coder, lambda op: undo.undo(op, key))
    made.refresh_from_db()
    assert made.kinds == "claim"


def test_layers_are_private_and_apart(cast: Cast) -> None:
    round = make_round(cast)
    document = round.documents.order_by("pk")[0]
    version = document.current_id or 0
    made = code(cast["annotator"], round, document, BODY, "claim")
    own, other = (Layer.objects.get(round=round, member=cast[role]).pk for role in ("annotator", "checker"))
    assert [row["id"] for row in passages.of_document(document.pk, version, cast["annotator"], own)] == [made.pk]
    assert passages.of_document(document.pk, version, cast["checker"], own) == []
    assert passages.of_document(document.pk, version, cast["checker"], other) == []
    for role in ("annotator", "checker", "admin"):
        assert passages.of_document(document.pk, version, cast[role]) == []  # the reader of everybody
    for role in ("checker", "admin"):
        assert passages.one(made, cast[role]) is None
        with pytest.raises(Problem):
            do(cast[role], lambda op: annotations.change_tags(op, made, add=[tag_of(cast)]))


def test_ending_a_document(cast: Cast) -> None:
    round = make_round(cast)
    first, second = round.documents.order_by("pk")
    made = code(cast["annotator"], round, first, BODY, "claim")
    with pytest.raises(Refused, match="end the document"):
        end(cast["annotator"], round, first, "nothing")
    end(cast["annotator"], round, first)
    end(cast["annotator"], round, second, "nothing")
    with pytest.raises(Refused, match="done with"):
        code(cast["annotator"], round, first, TESTS, "claim")
    for act in (
        lambda op: annotations.set_note(op, made, "late"), lambda op: annotations.remove(op, made),
        lambda op: annotations.change_tags(op, made, add=[tag_of(cast)]),
    ):  # fmt: skip
        with pytest.raises(Refused, match="done with"):
            do(cast["annotator"], act)
    end(cast["annotator"], round, first, "open")
    code(cast["annotator"], round, first, TESTS, "claim")
    kinds = list(Event.objects.filter(object_type="round").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["round.opened", "layer.done", "layer.done", "layer.reopened"]


def coded(cast: Cast) -> Round:
    """Both coders agree on one place, differ on the tags of another, and one of them found a third."""
    round = make_round(cast)
    first, second = round.documents.order_by("pk")
    for role, tags in (("annotator", (tag_of(cast),)), ("checker", ())):
        code(cast[role], round, first, BODY, "proposal")
        code(cast[role], round, first, TESTS, "claim", tags=tags)
    code(cast["checker"], round, second, TESTS, "claim")
    for role in ("annotator", "checker"):
        end(cast[role], round, first)
    end(cast["annotator"], round, second, "nothing")
    return round


def test_closing(cast: Cast) -> None:
    round = coded(cast)
    with pytest.raises(Refused, match="not finished"):
        do(cast["editor"], lambda op: rounds.close(op, round))
    second = round.documents.order_by("pk")[1]
    assert [(row.document, row.layer.member) for row in rounds.waiting(round)] == [(second, cast["checker"])]
    end(cast["checker"], round, second)
    do(cast["editor"], lambda op: rounds.close(op, round))
    every, claim, proposal, *tags = round.report
    assert every["counts"] == {str(cast["annotator"].pk): 2, str(cast["checker"].pk): 3}
    assert every["exact"] == pytest.approx(4 / 5) and claim["exact"] == pytest.approx(2 / 3) and proposal["exact"] == 1
    assert proposal["alpha"] == pytest.approx(1) and claim["unit"] is not None and claim["unit"] < 1
    assert len(tags) == len(round.codebook)
    with pytest.raises(Refused, match="closed"):
        code(cast["checker"], round, second, BODY, "claim")
    with pytest.raises(Refused, match="closed"):
        end(cast["checker"], round, second, "open")
    with pytest.raises(Refused, match="closed already"):
        do(cast["editor"], lambda op: rounds.close(op, round))


def test_closing_without_those_who_are_not_done(cast: Cast) -> None:
    round = coded(cast)
    do(cast["editor"], lambda op: rounds.close(op, round, anyway=True))
    assert round.report[0]["counts"] == {str(cast["annotator"].pk): 2, str(cast["checker"].pk): 2}  # what was ended
    assert agreement.ended(round)[round.documents.order_by("pk")[1].pk][1] == (cast["annotator"].pk,)
    assert adjudication.of_document(round, 0) == []  # of a document that nobody ended there is nothing to settle


def closed(cast: Cast) -> Round:
    round = coded(cast)
    end(cast["checker"], round, round.documents.order_by("pk")[1])
    do(cast["editor"], lambda op: rounds.close(op, round))
    return round


def test_rows_for_other_programs(cast: Cast) -> None:
    round = closed(cast)
    found = list(agreement.rows(round))
    first = round.documents.order_by("pk")[0]
    assert first.current
    start = first.current.text.clean.index(BODY)
    names = {cast["annotator"].name, cast["checker"].name}
    same = {row[0] for row in found if row[1:] == ("proposal", start, start + len(BODY), first.pk)}
    assert same == names
    assert sum(1 for row in found if row[1] == round.codebook[0]["label"]) == 1


def test_settling(cast: Cast) -> None:
    round = closed(cast)
    first, second = round.documents.order_by("pk")
    here, there = adjudication.of_document(round, first.pk), adjudication.of_document(round, second.pk)
    assert [row.differences for row in here] == [(), ("tags",)]
    assert [row.differences for row in there] == [("missed",)]
    reviewer = cast["reviewer"]
    key = do(reviewer, lambda op: adjudication.accept_agreed(op, round))
    made = Statement.objects.get(removed_at=None)
    assert (made.kind, made.text) == ("proposal", BODY)
    found = Annotation.objects.get(layer=None, removed_at=None)
    assert found.created_by == reviewer and found.anchors.get().quote == BODY
    assert adjudication.agreed(adjudication.of_round(round)) == []
    do(reviewer, lambda op: undo.undo(op, key))
    assert (
        not Statement.objects.filter(removed_at=None).exists()
        and len(adjudication.agreed(adjudication.of_round(round))) == 1
    )
    do(reviewer, lambda op: undo.redo(op, key))
    assert Ruling.objects.get(removed_at=None).made == found

    place = here[1].place
    tagged = next(mark for mark in place.marks if mark.tags)
    do(reviewer, lambda op: adjudication.settle(op, round, first, place.start, place.end, tagged, ""))
    last = Annotation.objects.filter(layer=None, removed_at=None).order_by("-pk")[0]
    assert list(last.tag_rows.values_list("tag_id", flat=True)) == [tag_of(cast)]
    with pytest.raises(Refused, match="settled"):
        do(reviewer, lambda op: adjudication.settle(op, round, first, place.start, place.end, tagged, ""))

    place = there[0].place
    with pytest.raises(Invalid, match="Say why"):
        do(reviewer, lambda op: adjudication.settle(op, round, second, place.start, place.end, None, " "))
    do(reviewer, lambda op: adjudication.settle(op, round, second, place.start, place.end, None, "no claim"))
    assert adjudication.of_document(round, second.pk)[0].ruling is not None
    assert Document.objects.get(pk=second.pk).annotation_count == 0


def test_who_settles_and_when(cast: Cast) -> None:
    round = coded(cast)
    with pytest.raises(Refused, match="once it is closed"):
        document = round.documents.order_by("pk")[0]
        do(cast["reviewer"], lambda op: adjudication.settle(op, round, document, 0, 5, None, "why"))
    with pytest.raises(Forbidden):
        do(cast["checker"], lambda op: adjudication.accept_agreed(op, round))
    round = closed(cast)
    document = round.documents.order_by("pk")[0]
    with pytest.raises(Missing):
        adjudication.place_at(round, document.pk, 0, 1)
    standing = adjudication.of_document(round, document.pk)[0]
    with pytest.raises(Missing):
        adjudication.choose(standing, 0)

"""Possible duplicates: what is proposed and what never is, what people make of a pair, and that it stays so."""

from __future__ import annotations

import pytest

from annotations.models import Due, Lookalike, Occurrence, Statement
from annotations.rules.errors import Problem
from annotations.services import (
    documents,
    due,
    duplicates,
    merging,
    occurrences,
    recurrence,
    relations,
    statements,
    undo,
)
from annotations.services.duplicates import Wanted
from annotations.services.occurrences import Wanted as Link
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
SAID = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"
TRADITIONAL = "2024年，全球人工智慧相關事故飆升至233起，同比激增56.4%。"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def make(cast: Cast, *texts: str, kind: str = "claim") -> list[Statement]:
    with writing(by=cast["annotator"]) as op:
        return [statements.create(op, kind, text) for text in texts]


def look(cast: Cast) -> None:
    assert recurrence.catch_up(cast.corpus.pk, 60.0)


def seen(cast: Cast, state: str = "open", **wanted: object) -> list[tuple[str, str, str, str]]:
    rows = duplicates.pairs(cast["viewer"], state, Wanted(**wanted))  # type: ignore[arg-type]
    return [(row.one.label, row.other.label, row.fit, row.difference) for row in rows]


def test_the_same_in_either_script_and_what_is_a_variant(cast: Cast) -> None:
    make(
        cast, SAID, TRADITIONAL, SAID.replace("56.4", "54"), "各国应当建立统一的事故通报制度",
        "各国不应当建立统一的事故通报制度", "会议在日内瓦举行，有许多人参加",
    )  # fmt: skip
    make(cast, SAID, kind="proposal")  # another kind stays another thing
    look(cast)
    assert seen(cast) == [
        ("C-1", "C-2", "same", ""), ("C-4", "C-5", "variant", "negation"), ("C-1", "C-3", "variant", "number"),
        ("C-2", "C-3", "variant", "number"),
    ]  # fmt: skip
    assert seen(cast, fit="same") == [("C-1", "C-2", "same", "")]
    assert seen(cast, difference="negation") == [("C-4", "C-5", "variant", "negation")]
    assert len(seen(cast, words="通報制度")) == 1 and seen(cast, kind="proposal") == []
    assert duplicates.counts(cast["viewer"]) == {"open": 4, "related": 0, "not": 0}
    with pytest.raises(Problem):
        duplicates.pairs(cast["viewer"], "all")


def test_english_meets_the_gloss_of_what_was_said_in_chinese(cast: Cast) -> None:
    with writing(by=cast["annotator"]) as op:
        first = statements.create(op, "claim", "联合国应当设立独立的国际人工智能科学小组")
        statements.update(op, first, gloss_en="The United Nations should set up an independent scientific panel on AI")
        statements.create(
            op, "claim", "The United Nations should set up an independent international scientific panel on AI"
        )
    look(cast)
    row = Lookalike.objects.get()
    assert row.one_words.startswith("The United") and row.other_words.startswith("The United")


def test_passages_are_compared_too_and_one_that_expresses_both_tells_nothing(cast: Cast) -> None:
    document = make_document(cast["annotator"], f"序言\n\n{SAID}。\n")
    again = make_document(cast["annotator"], f"報導\n\n{TRADITIONAL}\n")
    first, second = (
        mark(cast["annotator"], document, SAID, "claim"),
        mark(cast["annotator"], again, TRADITIONAL, "claim"),
    )
    with writing(by=cast["annotator"]) as op:
        for row, text in ((first, "事故总数创下新高"), (second, "一年之内翻了半倍的是事故")):
            statement = row.occurrences.get().statement
            statements.update(op, statement, text=text)
    look(cast)
    assert seen(cast) == [("C-1", "C-2", "same", "")]
    with writing(by=cast["annotator"]) as op:  # somebody split one passage into two statements
        anchor = first.anchors.get()
        occurrences.express(op, first, anchor, Link(statement_id=second.occurrences.get().statement_id))
    look(cast)
    assert seen(cast) == []


def test_what_was_turned_down_never_returns_until_it_is_undone(cast: Cast) -> None:
    one, other, _ = make(cast, SAID, TRADITIONAL, SAID.replace("56.4", "54"))
    look(cast)
    with writing(by=cast["checker"], key="apart") as op:
        duplicates.decide(op, other, one, "not_same")
    assert ("C-1", "C-2", "same", "") not in seen(cast) and seen(cast, "not") == [("C-1", "C-2", "same", "")]
    assert duplicates.waiting(one, cast["viewer"]) == 1
    with writing(by=cast["annotator"]) as op:
        statements.update(op, one, text=f"据称，{SAID}")
    look(cast)
    assert seen(cast, "not", statement=one.pk) == [("C-1", "C-2", "variant", "")]  # 据称 may tell
    with writing(by=cast["checker"]) as op:
        undo.undo(op, "apart")
    assert seen(cast, statement=one.pk)[0] == ("C-1", "C-2", "variant", "") and seen(cast, "not") == []
    with writing(by=cast["checker"]) as op:
        undo.redo(op, "apart")
    assert seen(cast, "not") == [("C-1", "C-2", "variant", "")]


def test_what_is_related_waits_for_nobody(cast: Cast) -> None:
    one, other, third = make(cast, SAID, TRADITIONAL, SAID.replace("56.4", "54"))
    look(cast)
    with writing(by=cast["annotator"]) as op:
        duplicates.decide(op, one, other, "kept_apart")
        relations.relate(op, third, one, "attacks")
        relations.relate(op, third, other, "attacks", state="suggested")
    assert seen(cast) == [("C-2", "C-3", "variant", "number")]
    assert [pair[:2] for pair in seen(cast, "related")] == [("C-1", "C-2"), ("C-1", "C-3")]
    with writing(by=cast["annotator"]) as op, pytest.raises(Problem, match="decided already"):
        duplicates.decide(op, one, other, "kept_apart")
    with writing(by=cast["viewer"]) as op, pytest.raises(Problem):
        duplicates.decide(op, one, third, "not_same")


def test_a_merge_ends_the_pair_and_its_undoing_brings_it_back(cast: Cast) -> None:
    one, other, third = make(cast, SAID, TRADITIONAL, SAID.replace("56.4", "54"))
    look(cast)
    with writing(by=cast["checker"]) as op:
        duplicates.decide(op, other, third, "not_same")
    with writing(by=cast["checker"], key="merged") as op:
        merging.merge(op, other, one)
    look(cast)
    assert seen(cast) == [] and seen(cast, "not") == [("C-1", "C-3", "variant", "number")]  # it goes on from the winner
    with writing(by=cast["checker"]) as op:
        undo.undo(op, "merged")
    look(cast)
    assert ("C-1", "C-2", "same", "") in seen(cast)
    with writing(by=cast["annotator"]) as op, pytest.raises(Problem):
        duplicates.decide(op, one, one, "not_same")


def test_which_one_goes_and_what_cannot_be_merged(cast: Cast) -> None:
    one, other = (
        checks.approve(cast, checks.make_claim(cast, q)) for q in ("233 reported incidents", "tests are needed")
    )
    Statement.objects.update(published_version=1)
    one.refresh_from_db(), other.refresh_from_db()
    with writing(by=cast["annotator"]) as op:
        young = statements.create(op, "claim", "233 incidents were reported")
    row = Lookalike(corpus=cast.corpus, one=one, other=other)
    assert duplicates.merge_order(row)[2].endswith("both have published checks; relate them instead.")
    assert duplicates.merge_order(Lookalike(corpus=cast.corpus, one=one, other=young)) == (young, one, "")
    assert duplicates.merge_order(Lookalike(corpus=cast.corpus, one=young, other=one)) == (young, one, "")


def test_a_removed_document_takes_its_wordings_along(cast: Cast) -> None:
    document = make_document(cast["annotator"], f"序言\n\n{SAID}。\n")
    row = mark(cast["annotator"], document, SAID, "claim")
    with writing(by=cast["annotator"]) as op:
        statements.update(op, row.occurrences.get().statement, text="事故总数创下新高")
    make(cast, TRADITIONAL)
    look(cast)
    assert len(seen(cast)) == 1
    with writing(by=cast["editor"]) as op:
        documents.remove(op, document)
    look(cast)
    assert seen(cast) == [] and Occurrence.objects.count() == 1


def test_the_job_leaves_the_rest_for_its_next_turn(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make(cast, SAID, TRADITIONAL, SAID.replace("56.4", "54"))
    monkeypatch.setattr(due, "BATCH", 1)
    assert due.corpora() == [cast.corpus.pk]
    turns = 0
    while not recurrence.catch_up(cast.corpus.pk, 0.0):
        turns += 1
    assert turns > 3 and len(seen(cast)) == 3 and not Due.objects.exists() and due.corpora() == []


def test_what_changes_while_it_is_looked_at_is_looked_at_again(cast: Cast) -> None:
    """Two jobs at one corpus: what waits already waits anew, so that nothing is settled that was not seen."""
    (one,) = make(cast, SAID)
    due.add(cast.corpus.pk, due.ALIKE, [one.pk])
    taken = due.waiting(cast.corpus.pk, due.ALIKE, 9)
    due.add(cast.corpus.pk, due.ALIKE, [one.pk])
    due.settle(taken)
    assert list(due.waiting(cast.corpus.pk, due.ALIKE, 9)) == [one.pk] and Due.objects.count() == 1

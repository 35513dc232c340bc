"""The pages on which statements are merged and split, and the notice that takes it back; relations on their page."""

from __future__ import annotations

import json

import pytest

from annotations.models import Comment, Occurrence, Relation, Statement
from annotations.services import comments, merging, relations, statements
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, field_value, fields, words


@pytest.fixture
def two(people: People) -> tuple[Statement, Statement]:
    """C-1 on one passage, C-2 on another, of one document."""
    document = make_document(people.cast["annotator"])
    mark(people.cast["annotator"], document, "a global standards body", "claim")
    mark(people.cast["annotator"], document, "233 reported incidents", "claim")
    first, second = Statement.objects.filter(corpus=people.cast.corpus).order_by("id")
    return first, second


def live(statement: Statement) -> int:
    return statement.occurrences.filter(removed_at=None).count()


def test_the_other_one_is_found_by_number_and_words(people: People, two: tuple[Statement, Statement]) -> None:
    for query, found in (("?q=C-2", ["C-2"]), ("?q=incidents", ["C-2"]), ("?kind=same", ["C-2"]), ("?q=C-1", [])):
        answer = json.loads(people.get("viewer", "statement_others", "C-1", query=query))
        labels = [one["value"] for one in answer["results"]]
        assert labels == found or (query == "?q=C-1" and "C-1" not in labels), query


def test_a_merge_is_shown_then_done_then_taken_back(people: People, two: tuple[Statement, Statement]) -> None:
    winner, loser = two
    with writing(by=people.cast["checker"]) as op:
        statements.update(op, checks.fresh(loser), note="Look here.")
        third = statements.create(op, "claim", "A third one")
        relations.relate(op, checks.fresh(loser), third, "supports")
        said = comments.create(op, checks.fresh(loser), "Who counts?")
        statements.create(op, "claim", "233 reported incidents in 2024")
    assert "Most alike C-4 233 reported incidents in 2024 Differs in: Date" in words(
        people.get("checker", "statement_merge", "C-2")
    )
    page = people.get("checker", "statement_merge", "C-2", query="?into=C-1")
    shown = words(page)
    assert "1 passage" in shown and "Supports C-3" in shown and "C-2 goes on leading to C-1." in shown
    assert "Their words differ in: Number" in shown
    sent = fields(page, "seen")
    assert sent["field-note"] == "theirs" and sent["field-text"] == "ours"
    after = people.done("checker", "statement_merge", "C-2", **sent)
    assert "C-2 is merged into C-1." in words(after)
    assert checks.fresh(loser).redirect_to == winner and live(winner) == 2
    assert (checks.fresh(winner).note, checks.fresh(winner).text) == ("Look here.", winner.text)
    assert Comment.objects.get(pk=said.pk).statement == winner
    undoing = fields(after, "op")
    back = people.done("checker", "statement_undo", "C-1", **undoing)
    assert "Do it again" in words(back) and '<h1 class="statement-text" lang="en">233' in back
    assert checks.fresh(loser).redirect_to is None and live(loser) == 1 and checks.fresh(winner).note == ""
    assert Comment.objects.get(pk=said.pk).statement == loser
    people.done("checker", "statement_undo", "C-2", **fields(back, "op"), again="1")
    assert checks.fresh(loser).redirect_to == winner


def test_a_merge_of_what_was_not_seen(people: People, two: tuple[Statement, Statement]) -> None:
    sent = fields(people.get("checker", "statement_merge", "C-2", query="?into=C-1"), "seen")
    with writing(by=people.cast["editor"]) as op:
        statements.update(op, checks.fresh(two[0]), note="New.")
    shown = words(people.late("checker", "statement_merge", "C-2", **sent))
    assert "One of the two was changed since you saw this page." in shown
    assert checks.fresh(two[1]).redirect_to is None


def test_refusals_in_words(people: People, two: tuple[Statement, Statement]) -> None:
    page = people.get("checker", "statement_merge", "C-1", query="?into=C-1")
    assert "A statement cannot be merged into itself." in words(page)
    assert "There is no such statement" in words(people.get("checker", "statement_merge", "C-1", query="?into=C-77"))
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "tests are needed", "proposal")
    page = people.get("checker", "statement_merge", "C-1", query="?into=P-1")
    assert "A claim and a proposal stay two" in words(page) and "Merge C-1 into P-1</button>" not in page
    people.get("annotator", "statement_merge", "C-1", status=403)


def test_nobody_takes_back_what_another_did(people: People, two: tuple[Statement, Statement]) -> None:
    sent = fields(people.get("checker", "statement_merge", "C-2", query="?into=C-1"), "seen")
    answer = people.post("checker", "statement_merge", "C-2", **sent)
    key = answer.headers["Location"].partition("?done=")[2]
    assert 'id="done"' not in people.get("editor", "statement_detail", "C-1", query=f"?done={key}")
    assert people.post("editor", "statement_undo", "C-1", op=key).status_code == 404
    assert 'id="done"' in people.get("checker", "statement_detail", "C-1", query=f"?done={key}")


def test_passages_go_to_new_words_and_come_back(people: People, two: tuple[Statement, Statement]) -> None:
    first = two[0]
    sent = fields(people.get("annotator", "statement_split", "C-1"), "occurrences")
    assert sent["text"] == first.text and sent["occurrences"] == str(first.occurrences.get().pk)
    after = people.done("annotator", "statement_split", "C-1", **sent | {"text": "Half of it", "take": ""})
    made = Statement.objects.get(text="Half of it")
    assert live(made) == 1 and live(first) == 1
    people.done("annotator", "statement_undo", made.label, **fields(after, "op"))
    assert checks.fresh(made).removed_at is not None and live(first) == 1


def test_passages_go_to_a_statement_that_is_there(people: People, two: tuple[Statement, Statement]) -> None:
    first, second = two
    with writing(by=people.cast["annotator"]) as op:
        merging.hand_over(op, checks.fresh(first), checks.fresh(second), [first.occurrences.get().pk], take=False)
    sent = {
        "occurrences": [str(row.pk) for row in second.occurrences.filter(removed_at=None)],
        "text": "",
        "take": "on",
    }
    refused = words(people.kept("annotator", "statement_split", "C-2", **sent | {"into": "C-1"}))
    assert "C-2 would be left without a passage; merge it into C-1 instead." in refused
    one = Occurrence.objects.filter(statement=second, annotation=first.occurrences.get().annotation).get()
    people.done("annotator", "statement_split", "C-2", **sent | {"into": "C-1", "occurrences": [str(one.pk)]})
    assert live(first) == 1 and live(second) == 1
    rest = [str(second.occurrences.get(removed_at=None).pk)]
    unknown = people.kept("annotator", "statement_split", "C-2", **sent | {"into": "C-9", "occurrences": rest})
    assert "There is no such statement" in words(unknown)


def test_relating_from_either_end(people: People, two: tuple[Statement, Statement]) -> None:
    sent = {"action": "relate", "way": "back-attacks", "other": "c-2", "rationale": "It counts.", "suggested": "on"}
    page = people.done("annotator", "statement_detail", "C-1", **sent)
    row = Relation.objects.get()
    assert (row.source, row.target, row.type, row.state) == (two[1], two[0], "attacks", "suggested")
    assert "Contradicted by" in words(page) and "It counts." in words(page)
    assert "Contradicts" in words(people.get("viewer", "statement_detail", "C-2"))
    sent = fields(page, "seen", 0) if "relation" in fields(page, "seen", 0) else fields(page, "relation")
    people.done("checker", "statement_detail", "C-1", **sent, decision="confirmed")
    row.refresh_from_db()
    assert row.state == "confirmed"
    late = words(people.late("editor", "statement_detail", "C-1", **sent, decision="rejected"))
    assert "Somebody settled this relation meanwhile: Confirmed." in late
    sent = fields(people.get("editor", "statement_detail", "C-1"), "relation")
    people.done("editor", "statement_detail", "C-1", **sent, decision="rejected")
    assert "1 turned down" in words(people.get("viewer", "statement_detail", "C-1"))
    sent = fields(people.get("editor", "statement_detail", "C-1"), "relation")
    people.done("editor", "statement_detail", "C-1", **sent, decision="remove")
    assert Relation.objects.get().removed_at is not None


def test_a_refused_relation_keeps_what_was_typed(people: People, two: tuple[Statement, Statement]) -> None:
    sent = {"action": "relate", "way": "addresses", "other": "C-2", "rationale": "Because."}
    page = people.kept("annotator", "statement_detail", "C-1", **sent)
    assert "“Addresses” leads from a Proposal to a Claim." in words(page)
    assert field_value(page, "rationale") == "Because." and '<option value="C-2" selected>' in page

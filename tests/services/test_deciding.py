"""Deciding on what was found by asking: passages of a statement now, or turned down; many at once, undone as one."""

from __future__ import annotations

import pytest

from annotations.models import Annotation, Document, Occurrence, Statement, Suggestion
from annotations.rules.errors import Problem
from annotations.services import deciding, recurrence, suggested, undo
from annotations.services.deciding import Decided, Place
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
CLAIM = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"
SAME = "2024年全球人工智慧相關事故飆升至233起，同比激增56.4%"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    mark(cast["annotator"], make_document(cast["annotator"], f"序言\n\n{CLAIM}。\n"), CLAIM, "claim")
    for title in ("報導", "又一篇"):
        make_document(cast["annotator"], f"{title}\n\n另據報導，{SAME}，引發各界關注。\n")
    make_document(cast["annotator"], f"旧闻\n\n据统计，{CLAIM.replace('56.4', '54')}。\n")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    return cast


def found(cast: Cast) -> tuple[Statement, list[Place]]:
    statement = Statement.objects.get(number=1)
    rows = recurrence.like_statement(cast["viewer"], statement)
    return statement, [Place(one.document, one.version, one.start, one.end) for one in rows]


def say(cast: Cast, places: list[Place], decision: str, statement: Statement | None, key: str = "") -> Decided:
    with writing(by=cast["annotator"], key=key) as op:
        return deciding.decide(op, places, decision, statement)


def test_many_are_accepted_at_once_and_taken_back_at_once(cast: Cast) -> None:
    statement, places = found(cast)
    outcome = say(cast, places, "accept", statement, "all")
    assert (outcome.count, outcome.passed, len(outcome.made)) == (3, 1, 3)  # the first stands there already
    links = Occurrence.objects.filter(statement=statement, removed_at=None).order_by("id")
    assert list(links.values_list("fit", "difference")) == [("same", "")] * 3 + [("variant", "number")]
    assert not any(suggested.of_document(row, cast["viewer"]) for row in Document.objects.all())
    with pytest.raises(Problem, match="decided already"):
        say(cast, places, "accept", statement)
    with writing(by=cast["annotator"]) as op:
        undo.undo(op, "all")
    assert links.count() == 1 and Annotation.objects.filter(removed_at=None).count() == 1
    assert Suggestion.objects.filter(state="open").count() == 3  # the job had suggested them


def test_what_is_turned_down_stays_away_everywhere(cast: Cast) -> None:
    statement, places = found(cast)
    Suggestion.objects.all().delete()  # nobody had suggested it
    say(cast, places[1:2], "reject", statement, "no")
    row = Suggestion.objects.get()
    assert (row.state, row.suggester, row.statement) == ("rejected", "asked", statement)
    assert deciding.turned_down(statement, [CLAIM, SAME, row.quote, "别的"]) >= {row.quote}
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    with writing(by=cast["annotator"]) as op:
        undo.undo(op, "no")
    row.refresh_from_db()
    assert row.state == "gone" and row.decided_by is None and not deciding.turned_down(statement, [row.quote])


def test_another_kind_and_a_highlight(cast: Cast) -> None:
    statement, places = found(cast)
    made = say(cast, places[3:], "proposal", statement).made[0]
    assert made.occurrences.get().statement.label == "P-1"
    made = say(cast, places[1:2], "highlight", None).made[0]
    assert not made.occurrences.exists() and made.anchors.get().quote == SAME
    assert say(cast, places[2:3], "claim", None).made[0].occurrences.get().statement.label == "C-2"


def test_what_cannot_be_decided(cast: Cast) -> None:
    statement, places = found(cast)
    for decision in ("accept", "reject"):
        with pytest.raises(Problem, match="Choose the statement"):
            say(cast, places, decision, None)
    with pytest.raises(Problem):
        say(cast, places, "merge", statement)
    one = places[1]
    for stale in (
        Place(one.document, one.version + 99, one.start, one.end),
        Place(one.document, one.version, 5, 10**6),
    ):
        with pytest.raises(Problem, match="text has changed"):
            say(cast, [stale], "accept", statement)
    with writing(by=cast["viewer"]) as op, pytest.raises(Problem):
        deciding.decide(op, places, "accept", statement)
    elsewhere = make_cast("Elsewhere")
    with writing(by=elsewhere["annotator"]) as op, pytest.raises(Problem):
        deciding.decide(op, places, "highlight", None)

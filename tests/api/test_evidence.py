"""Evidence selected in a snapshot over HTTP: its place, its answer, what is refused, what others are told."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Source, Statement
from annotations.services import verifications
from annotations.services.op import writing
from tests import checks
from tests.api.driver import Api, ok, problem
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db

SAYS = "報告😀\n𠮷野家稱，共計 233 起。"
START = SAYS.index("𠮷")
PLACE = {"start": START, "end": START + 4, "quote": "𠮷野家稱"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    return checks.make_claim(cast)


@pytest.fixture
def source(cast: Cast) -> Source:
    return checks.make_source(cast, SAYS)


def body(source: Source, **more: Any) -> dict[str, Any]:
    return {"source": source.pk, "stance": "supports", **PLACE, **more}


def test_a_selection_by_code_points(cast: Cast, claim: Statement, source: Source) -> None:
    api, there = Api(cast.user("checker")), f"/api/statements/{claim.pk}/evidence/"
    made = api.made(there, body(source))
    assert (made["start"], made["end"], made["quote"], made["quote_found"]) == (START, START + 4, "𠮷野家稱", True)
    assert made["snapshot"] == source.snapshots.get().pk and made["answer"] is None
    wrong = problem(api.post(there, body(source, start=START + 1, end=START + 5)), 409, "other_words")
    assert "野家稱，" in wrong["detail"]
    outside = problem(api.post(there, body(source, end=999)), 400, "span_outside")
    assert "999" in outside["detail"] and outside["errors"][0]["field"] == "start"
    problem(api.post(there, {**body(source), "end": None}), 400, "place_incomplete")
    changed = ok(api.patch(f"/api/evidence/{made['id']}/", {"quote": "233 起"}))
    assert (changed["start"], changed["end"], changed["quote_found"]) == (None, None, True)


def test_under_an_answer_at_once_and_back_again(cast: Cast, claim: Statement, source: Source) -> None:
    check = checks.begin(cast, claim)
    with writing(by=cast["checker"]) as op:
        question = verifications.ask(op, check, "How many?")
        answer = verifications.reply(op, question, text="233", type="extractive")
    checker, there = Api(cast.user("checker")), f"/api/statements/{claim.pk}/evidence/"
    response = checker.post(there, body(source, answer=answer.pk), key="here-1")
    made = ok(response, 201)
    assert made["answer"] == answer.pk
    again = ok(checker.post(there, body(source, answer=answer.pk), key="here-1"))
    assert again["id"] == made["id"] and claim.evidence.count() == 1
    problem(Api(cast.user("reviewer")).post(there, body(source, answer=answer.pk)), 403, "not_your_check")
    problem(checker.post(there, body(source, answer=answer.pk + 99)), 404, "answer_unknown")
    assert claim.evidence.count() == 1
    ok(checker.post(f"/api/corpora/{cast.corpus.pk}/undo/", {"op": response["X-Op"]}))
    assert checker.read(there)["count"] == 0


def test_the_place_is_no_secret_and_the_stance_is(cast: Cast, claim: Statement, source: Source) -> None:
    checks.begin(cast, claim)
    there = f"/api/statements/{claim.pk}/evidence/"
    Api(cast.user("checker")).made(there, body(source))
    for role, stance in (("checker", "supports"), ("annotator", None), ("reviewer", None), ("admin", None)):
        row = Api(cast.user(role)).read(there)["results"][0]
        assert (row["start"], row["stance"]) == (START, stance), role

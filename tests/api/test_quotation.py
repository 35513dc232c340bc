"""Quotations beside their originals over HTTP: what is told, to whom, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.models import Statement
from annotations.services import quotation, sources, statements
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db
WORDS = "In 2024 there were 233 reported incidents"
ORIGINAL = "The minister spoke first. In 2024 there were, by our count, 233 reported incidents. He thanked everybody."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    statement = checks.make_claim(cast)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, statement, type="quotation")
    with writing(by=cast["checker"]) as op:
        source = sources.create(op, title="Speech", type="primary_document", text=ORIGINAL)
        sources.add_evidence(op, statement, source, stance="refutes", note="Read it.")
    return checks.fresh(statement)


def get(cast: Cast, role: str, claim: Statement, query: str = "", status: int = 200) -> Any:
    client = Client()
    client.force_login(cast.stranger if role == "stranger" else cast.user(role))
    response: Any = client.get(f"/api/statements/{claim.pk}/quotation/{query}")
    assert response.status_code == status
    return response.json()


def test_where_the_words_stand_and_what_differs(cast: Cast, claim: Statement) -> None:
    found = get(cast, "viewer", claim)
    (one,) = found["quotations"]
    assert one["words"] == WORDS and one["annotations"] == [claim.occurrences.get().annotation_id]
    (held,) = one["comparisons"]
    assert (held["kind"], held["marked"]) == ("elided", False) and 0 < held["similarity"] < 1
    assert ORIGINAL[held["start"] : held["end"]] == "In 2024 there were, by our count, 233 reported incidents"
    assert [piece["original"] for piece in held["pieces"] if piece["kind"] == "del"] == ["by our count, "]
    assert "".join(piece["claimed"] for piece in held["pieces"]) == WORDS
    assert (held["before"], held["after"]) == ("The minister spoke first. ", ". He thanked everybody.")


def test_a_snapshot_in_which_nothing_stands(cast: Cast, claim: Statement) -> None:
    with writing(by=cast["checker"]) as op:
        other = sources.create(op, title="Agenda", type="news", text="The hall opens at nine.")
    shot = other.snapshots.get().pk
    found = get(cast, "viewer", claim, f"?snapshot={shot}")["quotations"][0]["comparisons"]
    assert [one["kind"] for one in found] == ["elided", "not_found"]
    assert (found[1]["snapshot"], found[1]["start"], found[1]["end"]) == (shot, None, None)


def test_other_claims_have_none(cast: Cast) -> None:
    found = get(cast, "viewer", checks.make_claim(cast))
    assert (found["type"], found["quotations"], found["flags"]) == ("quantity", [], None)


def test_the_judgement_is_private_until_the_check_is_approved(cast: Cast, claim: Statement) -> None:
    check = checks.begin(cast, claim)
    with writing(by=cast["checker"]) as op:
        quotation.record(op, check, "altered_quote", True)
    assert get(cast, "checker", claim)["flags"] == ["altered_quote"]
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        found = get(cast, role, claim)
        assert found["flags"] is None and "altered_quote" not in str(found) and "refutes" not in str(found)
    checks.fill(cast, check)
    with writing(by=cast["checker"]) as op:
        quotation.record(op, check, "altered_quote", True)
    checks.move(cast, "checker", claim, "in_review")
    check.refresh_from_db()
    checks.record(cast, check)
    checks.move(cast, "reviewer", claim, "approved")
    assert "altered_quote" in get(cast, "viewer", claim)["flags"]


def test_what_is_refused(cast: Cast, claim: Statement) -> None:
    get(cast, "stranger", claim, status=404)
    get(cast, "viewer", claim, "?snapshot=987654", status=404)
    assert get(cast, "viewer", claim, "?snapshot=x", status=400)["code"] == "not_a_number"
    assert get(cast, "viewer", claim, "?source=1", status=400)["code"] == "filter_unknown"
